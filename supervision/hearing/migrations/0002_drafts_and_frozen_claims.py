import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What a finding stood on when it was sent is read years later: nothing of it is changed or taken away.
ONLY_ADDED_TO = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        REVOKE ALL ON hearing_frozenclaim, hearing_standson FROM fund_app;
        GRANT SELECT, INSERT ON hearing_frozenclaim, hearing_standson TO fund_app;
    END IF;
END
$$
"""
CHANGEABLE = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        GRANT UPDATE, DELETE ON hearing_frozenclaim, hearing_standson TO fund_app;
    END IF;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hearing", "0001_hearings"),
        ("monitoring", "0006_measures_of_reminders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StandsOn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_on",
                        to="monitoring.finding",
                    ),
                ),
                (
                    "frozen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stood_on",
                        to="hearing.frozenclaim",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("finding", "frozen"), name="a_finding_stands_on_a_claim_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answer", models.CharField(blank=True, max_length=8)),
                ("grounds", models.TextField(blank=True)),
                ("turn", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="hearing.hearingline",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["line"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["", "accepted", "appealed"])),
                        name="draft_answer_is_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(ONLY_ADDED_TO, CHANGEABLE),
    ]
