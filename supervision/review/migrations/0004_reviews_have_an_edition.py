import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0003_editions_of_reviews")]

    operations = [
        migrations.AlterField(
            model_name="review",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="review.edition"
            ),
        ),
        migrations.RemoveField(model_name="review", name="knowledge_version"),
        migrations.RemoveField(model_name="review", name="rules"),
    ]
