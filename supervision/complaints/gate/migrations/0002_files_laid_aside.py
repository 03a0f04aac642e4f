from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gate", "0001_uploads_and_spent_proofs")]

    operations = [
        migrations.AlterField(
            model_name="upload",
            name="state",
            field=models.CharField(
                choices=[
                    ("coming", "coming in"),
                    ("came", "has come in, and is being made anew"),
                    ("kept", "kept"),
                    ("waiting", "waits for the virus scanner"),
                    ("infected", "held back: the virus scanner found something in it"),
                    ("damaged", "could not be read, and was not kept"),
                ],
                default="coming",
                max_length=10,
            ),
        ),
    ]
