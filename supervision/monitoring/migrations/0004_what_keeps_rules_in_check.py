"""Thresholds, holds, exemptions, reviews and demotions; the kept totals know what is at stake as well."""

import importlib

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

first = importlib.import_module("supervision.monitoring.migrations.0002_finding_totals")
KIND = first.KIND


def function(name: str, changed: str) -> str:
    """As in 0002, with what is at stake."""
    return f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO monitoring_findingtotal AS kept ({KIND}, findings, owned, at_stake)
    SELECT {KIND}, sum(findings), sum(owned), sum(at_stake)
    FROM ({changed}) AS changed
    GROUP BY {KIND}
    HAVING sum(findings) <> 0 OR sum(owned) <> 0 OR sum(at_stake) <> 0
    ORDER BY {KIND}
    ON CONFLICT ({KIND}) DO UPDATE SET findings = kept.findings + excluded.findings,
        owned = kept.owned + excluded.owned, at_stake = kept.at_stake + excluded.at_stake;
    RETURN NULL;
END
$body$;
"""


ADDED = f"SELECT {KIND}, 1 AS findings, owned, at_stake FROM added"
GONE = f"SELECT {KIND}, -1 AS findings, -owned AS owned, -at_stake AS at_stake FROM gone"
COUNT = (
    function("monitoring_finding_added", ADDED)
    + function("monitoring_finding_changed", f"{ADDED} UNION ALL {GONE}")
    + function("monitoring_finding_gone", GONE)
)
COUNT_AS_BEFORE = (
    first.function("monitoring_finding_added", first.ADDED)
    + first.function("monitoring_finding_changed", f"{first.ADDED} UNION ALL {first.GONE}")
    + first.function("monitoring_finding_gone", first.GONE)
).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
FILL = f"""
UPDATE monitoring_findingtotal AS kept SET at_stake = found.at_stake
FROM (SELECT {KIND}, sum(at_stake) AS at_stake FROM monitoring_finding GROUP BY {KIND}) AS found
WHERE ({", ".join(f"kept.{name.strip()}" for name in KIND.split(","))})
    IS NOT DISTINCT FROM ({", ".join(f"found.{name.strip()}" for name in KIND.split(","))});
UPDATE monitoring_finding SET withdrawn_because = 'gone' WHERE status = 'withdrawn';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0001_parties_and_accounts"),
        ("monitoring", "0003_room_for_settling"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=60)),
                ("page_hash", models.CharField(max_length=64)),
                ("outcome", models.CharField(choices=[("upheld", "upheld"), ("withdrawn", "withdrawn")], max_length=9)),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("data_error", "data error"),
                            ("knowledge", "knowledge wrong"),
                            ("exemption", "exemption"),
                            ("documented", "documented"),
                            ("duplicate", "duplicate"),
                            ("other", "other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField()),
                ("stands", models.BooleanField(default=True)),
                ("reviewed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["rule", "reviewed_at"], name="monitoring__rule_b04e4b_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "upheld"), ("cause", "")),
                            models.Q(("outcome", "withdrawn"), models.Q(("cause", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="withdrawn_for_a_cause",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Threshold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("month_share", "newly accused of 10,000 charges of a month, at most"),
                            (
                                "institution_share",
                                "newly accused of 10,000 charges of one institution and month, at most",
                            ),
                            (
                                "jump",
                                "findings for 10,000 charges: above those of earlier runs by so many sigma, at most",
                            ),
                            ("jump_months", "months of earlier runs that a jump is told from, at least"),
                            ("least", "newly accused findings that can stop a rule, at least"),
                            ("exemption_days", "days of an exemption, at most"),
                            ("exemption_notice", "days before its end that an exemption is shown as ending"),
                            ("demote_below", "a rule whose precision is surely below this is demoted by one level"),
                            ("off_below", "a rule whose precision is surely below this is switched off"),
                            ("unfair_above", "a group's precision may differ from the overall one, at most"),
                            ("unfair_reviews", "reviews in a group before its precision is compared, at least"),
                            ("precision_months", "months over which reviews count"),
                        ],
                        max_length=20,
                        verbose_name="measure",
                    ),
                ),
                (
                    "rule",
                    models.CharField(blank=True, help_text="Empty: every rule.", max_length=60, verbose_name="rule"),
                ),
                ("value", models.DecimalField(decimal_places=4, max_digits=12, verbose_name="value")),
                ("source", models.TextField(verbose_name="source")),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="valid")),
            ],
            options={
                "verbose_name": "threshold",
                "verbose_name_plural": "thresholds",
                "ordering": ["measure", "rule", "valid"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("value__gt", 0)), name="threshold_above_zero"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("measure", "="), ("rule", "="), ("valid", "&&")],
                        name="one_threshold_a_day",
                        violation_error_message="Another value of this measure holds on some of these days.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="finding",
            name="relabelled",
            field=models.CharField(
                blank=True, choices=[("knowledge", "knowledge changed"), ("claims", "claims changed")], max_length=9
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="withdrawn_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("gone", "no longer found"),
                    ("exempted", "exempted"),
                    ("reviewed", "withdrawn after review"),
                    ("rejected", "held back, then rejected"),
                    ("rule_ended", "its rule is no longer in force"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="findingtotal",
            name="at_stake",
            field=models.DecimalField(decimal_places=2, default=0, max_digits=18),
        ),
        migrations.AddField(
            model_name="step",
            name="grounds",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="finding",
            name="status",
            field=models.CharField(
                choices=[("open", "open"), ("held", "held back"), ("withdrawn", "withdrawn")],
                default="open",
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="findingtotal",
            name="status",
            field=models.CharField(
                choices=[("open", "open"), ("held", "held back"), ("withdrawn", "withdrawn")], max_length=9
            ),
        ),
        migrations.CreateModel(
            name="Demotion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=60)),
                ("page_hash", models.CharField(max_length=64)),
                ("certainty", models.CharField(blank=True, max_length=10)),
                ("upheld", models.PositiveIntegerField()),
                ("withdrawn", models.PositiveIntegerField()),
                ("upper", models.DecimalField(decimal_places=4, max_digits=6)),
                ("limit", models.DecimalField(decimal_places=4, max_digits=6)),
                ("demoted_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["rule", "page_hash"], name="monitoring__rule_851019_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("rule", "page_hash", "certainty"), name="demoted_to_a_level_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Exemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(blank=True, max_length=60)),
                ("member", models.CharField(blank=True, max_length=60)),
                ("prefix", models.CharField(blank=True, max_length=6)),
                ("reason", models.TextField()),
                ("evidence", models.TextField(blank=True)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("approved_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to="institutions.institution",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="institutions.division",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="institutions.division"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="exemption_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("institution__isnull", False), ("member", ""), ("place__isnull", True)),
                            models.Q(
                                ("institution__isnull", True),
                                ("place__isnull", True),
                                models.Q(("member", ""), _negated=True),
                            ),
                            models.Q(
                                ("institution__isnull", True),
                                ("member", ""),
                                ("place__isnull", False),
                                models.Q(("rule", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="exempts_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="approved_by_another",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="finding",
            name="exemption",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exempted",
                to="monitoring.exemption",
            ),
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=60)),
                ("month", models.CharField(max_length=7)),
                ("grounds", models.CharField(max_length=64)),
                ("area", models.CharField(blank=True, max_length=6)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("month_share", "too many of the month's charges"),
                            ("institution_share", "too many of one institution's charges"),
                            ("jump", "a jump against earlier runs"),
                            ("rejected", "rejected before, on the same grounds"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.DecimalField(decimal_places=2, max_digits=14)),
                ("limit", models.DecimalField(decimal_places=2, max_digits=14)),
                ("findings", models.PositiveIntegerField()),
                ("at_stake", models.DecimalField(decimal_places=2, max_digits=18)),
                ("held_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("released", "released"),
                            ("rejected", "rejected"),
                            ("outdated", "judged anew by a later run"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="institutions.institution",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="monitoring.step"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["rule", "month"], name="monitoring__rule_2cdfe9_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("step", "institution"), name="one_hold_each", nulls_distinct=False),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision__in", ["released", "rejected"]), _negated=True),
                            models.Q(models.Q(("reason", ""), _negated=True), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="hold_decided_by_somebody_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="finding",
            name="hold",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="held",
                to="monitoring.hold",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(condition=models.Q(("hold__isnull", False)), fields=["hold"], name="finding_hold"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=models.Q(("exemption__isnull", False)), fields=["exemption"], name="finding_exemption"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "open"), ("owned", 0), _connector="OR"), name="only_the_open_own"
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="finding",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="monitoring.finding"
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="reviewed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stands", True)), fields=("finding",), name="one_standing_review"
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="institution",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="institutions.institution"
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="insured_area",
            field=models.CharField(blank=True, max_length=6),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=models.Q(("acted_on", True)), fields=["rule", "month"], name="finding_acted_on"
            ),
        ),
        migrations.RunSQL(COUNT, COUNT_AS_BEFORE),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
