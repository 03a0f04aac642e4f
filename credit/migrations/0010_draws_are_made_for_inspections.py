from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("credit", "0009_enterprises_object")]

    operations = [migrations.DeleteModel(name="DrawLine"), migrations.DeleteModel(name="Draw")]
