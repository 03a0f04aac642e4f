from django.db import migrations, models


class Migration(migrations.Migration):
    """Since when an account's password is one that somebody else drew; null for all passwords of people's own."""

    dependencies = [
        ("institutions", "0018_promises_grievances_and_discretion"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="first_password_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="first password since"),
        ),
    ]
