from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hearing", "0003_measures_and_bulk_wishes")]

    operations = [
        migrations.AddField(
            "hearing", "fund_suspected", models.DecimalField(decimal_places=2, default=0, max_digits=18)
        ),
        migrations.AddField(
            "hearing", "fund_confirmed", models.DecimalField(decimal_places=2, default=0, max_digits=18)
        ),
        migrations.AddField(
            "hearingline", "fund_suspected", models.DecimalField(decimal_places=2, default=0, max_digits=18)
        ),
        migrations.AddField(
            "hearingline", "fund_confirmed", models.DecimalField(decimal_places=2, default=0, max_digits=18)
        ),
        migrations.AddField(
            "hearingline",
            "fund_method",
            models.CharField(
                choices=[
                    ("line_ratio", "share of the fund in the line"),
                    ("whole", "what the fund paid for the whole claim"),
                    ("group", "paid by disease group: the line by itself changes nothing for the fund"),
                    ("recomputed_group", "disease group worked out anew"),
                    ("agreed", "agreed with the institution"),
                    ("appraisal", "appraisal"),
                ],
                default="line_ratio",
                max_length=16,
            ),
        ),
        migrations.AddField("hearingline", "fund_reason", models.TextField(blank=True, default="")),
        migrations.AlterField(
            "hearing",
            "measure",
            models.CharField(
                blank=True,
                choices=[
                    ("refuse", "payment refused"),
                    ("recover", "recovery"),
                    ("record", "kept on record: the fund lost nothing by it"),
                    ("breach", "breach of the agreement"),
                    ("case", "a case"),
                ],
                max_length=7,
            ),
        ),
        migrations.AddConstraint(
            "hearing",
            models.CheckConstraint(
                condition=models.Q(fund_suspected__gte=0, fund_suspected__lte=models.F("suspected"))
                & models.Q(fund_confirmed__gte=0, fund_confirmed__lte=models.F("confirmed")),
                name="fund_within_its_charge",
            ),
        ),
        migrations.AddConstraint(
            "hearingline",
            models.CheckConstraint(
                condition=models.Q(fund_suspected__gte=0, fund_suspected__lte=models.F("suspected"))
                & models.Q(fund_confirmed__gte=0, fund_confirmed__lte=models.F("confirmed")),
                name="line_fund_within_its_charge",
            ),
        ),
        migrations.AddConstraint(
            "hearingline",
            models.CheckConstraint(
                condition=~models.Q(fund_method__in=["recomputed_group", "agreed", "appraisal"])
                | ~models.Q(fund_reason=""),
                name="a_loss_put_by_people_gives_its_reason",
            ),
        ),
    ]
