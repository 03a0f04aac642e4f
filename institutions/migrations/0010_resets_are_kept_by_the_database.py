from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("institutions", "0009_resets_say_what_became_of_them")]

    operations = [
        migrations.AddConstraint(
            model_name="factorreset",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="factorreset_gives_its_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="factorreset",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["", "approved", "refused", "expired"])),
                name="factorreset_outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="factorreset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "approved"), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False),
                        models.Q(("decided_by", models.F("asked_by")), _negated=True),
                        models.Q(("decided_by", models.F("account")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="factorreset_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="factorreset",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_by", models.F("account")), _negated=True),
                name="factorreset_asked_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="factorreset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "")), fields=("account",), name="one_open_factorreset_an_account"
            ),
        ),
    ]
