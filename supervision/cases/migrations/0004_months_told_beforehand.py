from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_violations_measures_and_referrals")]

    operations = [
        migrations.AddField(
            model_name="penalty",
            name="noticed_months",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="months of suspension told beforehand"),
        )
    ]
