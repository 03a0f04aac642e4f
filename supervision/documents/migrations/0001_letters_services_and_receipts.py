import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# What was issued, served and received stays as it is: the app may add to it and read it.
ONLY_ADDED_TO = """
DO $$
DECLARE kept text;
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        FOREACH kept IN ARRAY ARRAY['documents_document', 'documents_service', 'documents_receipt'] LOOP
            EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM fund_app', kept);
        END LOOP;
    END IF;
END
$$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clocks", "0001_calendar_limits_and_clocks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letterhead",
            fields=[
                ("place", models.CharField(max_length=6, primary_key=True, serialize=False, verbose_name="place")),
                ("place_zh", models.CharField(max_length=60, verbose_name="place in Chinese")),
                ("office_zh", models.CharField(max_length=120, verbose_name="office in Chinese")),
                ("office_en", models.CharField(max_length=200, verbose_name="office in English")),
                ("sign", models.CharField(max_length=20, unique=True, verbose_name="office's sign")),
            ],
            options={
                "verbose_name": "letterhead",
                "verbose_name_plural": "letterheads",
                "ordering": ["place"],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30, verbose_name="kind")),
                ("place", models.CharField(max_length=6, verbose_name="place")),
                ("place_name", models.CharField(max_length=60)),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("reference", models.CharField(max_length=60, unique=True, verbose_name="reference")),
                ("about", models.CharField(max_length=120, verbose_name="about")),
                ("address", models.CharField(blank=True, max_length=200)),
                ("facts", models.JSONField()),
                ("text_zh", models.TextField()),
                ("text_en", models.TextField()),
                ("template_hash", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=19, unique=True, verbose_name="verification code")),
                ("pdf", models.FileField(max_length=200, upload_to="")),
                ("pdf_digest", models.CharField(max_length=64)),
                ("docx", models.FileField(max_length=200, upload_to="")),
                ("docx_digest", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="issued")),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["about"], name="documents_d_about_a4ec45_idx"),
                    models.Index(fields=["place", "-id"], name="documents_d_place_31282c_idx"),
                    models.Index(fields=["kind", "-id"], name="documents_d_kind_52c652_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "kind", "year", "number"), name="a_number_is_given_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=6)),
                ("kind", models.CharField(max_length=30)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("place", "kind", "year"), name="one_series_a_place_kind_and_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.CharField(max_length=200, verbose_name="to")),
                ("institution", models.CharField(blank=True, max_length=30, verbose_name="institution")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("direct", "handed over in person"),
                            ("left", "left behind before witnesses"),
                            ("post", "by post"),
                            ("electronic", "electronically"),
                            ("public", "by public notice"),
                        ],
                        max_length=10,
                        verbose_name="way",
                    ),
                ),
                ("served_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("note", models.TextField(blank=True)),
                (
                    "clock",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clocks.clock"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="services", to="documents.document"
                    ),
                ),
                (
                    "served_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "service of a letter",
                "verbose_name_plural": "services of letters",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["direct", "left", "post", "electronic", "public"])),
                        name="way_of_service_is_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("to", ""), _negated=True), name="service_names_to_whom"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_name", models.CharField(max_length=120, verbose_name="received by")),
                ("on", models.DateTimeField(verbose_name="received on")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipt", to="documents.service"
                    ),
                ),
            ],
            options={
                "verbose_name": "receipt",
                "verbose_name_plural": "receipts",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by_name", ""), _negated=True), name="receipt_names_who"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__gte", models.F("on"))),
                        name="received_before_it_is_written_down",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ONLY_ADDED_TO, migrations.RunSQL.noop),
    ]
