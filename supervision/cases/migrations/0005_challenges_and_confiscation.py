import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_months_told_beforehand"),
        ("clocks", "0002_pauses_resumed_and_overdue_noticed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="penalty",
            name="changed_fine",
            field=models.DecimalField(
                decimal_places=2, max_digits=18, null=True, verbose_name="fine after a challenge"
            ),
        ),
        migrations.AddField(
            model_name="penalty",
            name="confiscated",
            field=models.DecimalField(decimal_places=2, default=0, max_digits=18, verbose_name="confiscated"),
        ),
        migrations.AddField(
            model_name="penalty",
            name="hearing_told_on",
            field=models.DateField(null=True, verbose_name="notice of the hearing received on"),
        ),
        migrations.AddField(
            model_name="penalty",
            name="noticed_confiscation",
            field=models.DecimalField(
                decimal_places=2, max_digits=18, null=True, verbose_name="confiscation told beforehand"
            ),
        ),
        migrations.AddField(
            model_name="penalty",
            name="publication_clock",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clocks.clock"
            ),
        ),
        migrations.AddField(
            model_name="penalty",
            name="reminder_clock",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clocks.clock"
            ),
        ),
        migrations.AddField(
            model_name="violation",
            name="confiscated",
            field=models.DecimalField(decimal_places=2, default=0, max_digits=18, verbose_name="illegal income"),
        ),
        migrations.AddField(
            model_name="violation",
            name="confiscation_reason",
            field=models.TextField(blank=True, verbose_name="how the illegal income was found"),
        ),
        migrations.AddField(
            model_name="violation",
            name="correct_by",
            field=models.DateField(null=True, verbose_name="ordered to correct by"),
        ),
        migrations.AddField(
            model_name="violationtype",
            name="confiscates",
            field=models.BooleanField(default=False, verbose_name="illegal income is confiscated"),
        ),
        migrations.AddConstraint(
            model_name="penalty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("changed_fine", None),
                    models.Q(("changed_fine__gte", 0), ("changed_fine__lte", models.F("fine"))),
                    _connector="OR",
                ),
                name="a_challenge_never_raises_the_fine",
            ),
        ),
        migrations.AddConstraint(
            model_name="violation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confiscated", 0),
                    models.Q(("confiscated__gt", 0), models.Q(("confiscation_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="confiscated_for_a_reason",
            ),
        ),
    ]
