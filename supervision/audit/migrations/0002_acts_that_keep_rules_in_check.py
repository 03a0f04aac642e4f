from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_chain_of_acts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="act",
            field=models.CharField(
                choices=[
                    ("sign_in", "signed in"),
                    ("sign_in_refused", "sign-in refused"),
                    ("lock_out", "locked out"),
                    ("sign_out", "signed out"),
                    ("password", "changed a password"),
                    ("account", "changed an account"),
                    ("reference", "changed reference data"),
                    ("denial", "was denied an act"),
                    ("read", "read a person's claims"),
                    ("export", "exported a list"),
                    ("upload", "uploaded a batch"),
                    ("run", "started a monitoring run"),
                    ("hold", "held findings back, or decided on them"),
                    ("exemption", "asked for, approved or ended an exemption"),
                    ("review", "reviewed a finding"),
                    ("demotion", "demoted a rule"),
                ],
                max_length=40,
                verbose_name="act",
            ),
        ),
    ]
