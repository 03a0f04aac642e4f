import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0002_duties_of_the_laboratory"),
    ]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="duties",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("read", "read findings and claims"),
                        ("intake", "take in batches of claims"),
                        ("monitor", "start monitoring runs"),
                        ("knowledge", "load knowledge"),
                        ("connect", "connect the hospital's systems and answer reminders"),
                        ("write_rules", "write versions of rules"),
                        ("check_rules", "check versions of rules"),
                        ("release", "publish rules and take them back"),
                        ("administer", "manage accounts and reference data"),
                    ],
                    max_length=12,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="duties",
            ),
        ),
    ]
