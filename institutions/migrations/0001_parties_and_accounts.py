import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),  # for the exclusion constraints, here and in the apps above
        migrations.CreateModel(
            name="Practitioner",
            fields=[
                (
                    "code",
                    models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name="national code"),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("physician", "physician"),
                            ("pharmacist", "pharmacist"),
                            ("nurse", "nurse"),
                            ("technician", "technician"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=40, verbose_name="professional title")),
            ],
            options={
                "verbose_name": "practitioner",
                "verbose_name_plural": "practitioners",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Division",
            fields=[
                ("code", models.CharField(max_length=6, primary_key=True, serialize=False, verbose_name="code")),
                ("name_zh", models.CharField(max_length=60, verbose_name="Chinese name")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="English name")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "nation"), (1, "province"), (2, "prefecture"), (3, "county")], verbose_name="level"
                    ),
                ),
                (
                    "invented",
                    models.BooleanField(
                        default=False,
                        help_text="Made up for demonstrations: nobody real lives there.",
                        verbose_name="invented",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="institutions.division",
                        verbose_name="parent",
                    ),
                ),
            ],
            options={
                "verbose_name": "division",
                "verbose_name_plural": "divisions",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_zh", models.CharField(max_length=200, verbose_name="Chinese name")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("authority", "medical security department"),
                            ("handling", "handling agency"),
                            ("institution", "designated institution"),
                            ("industry", "department in charge of an industry"),
                            ("government", "local government"),
                        ],
                        max_length=12,
                        verbose_name="responsible party",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departments",
                        to="institutions.division",
                        verbose_name="division",
                    ),
                ),
            ],
            options={
                "verbose_name": "department",
                "verbose_name_plural": "departments",
                "ordering": ["division", "party"],
                "constraints": [
                    models.UniqueConstraint(fields=("division", "party", "name_zh"), name="one_department_a_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Institution",
            fields=[
                ("name_zh", models.CharField(max_length=200, verbose_name="Chinese name")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                (
                    "code",
                    models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name="national code"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("hospital", "hospital"), ("clinic", "clinic"), ("pharmacy", "retail pharmacy")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "no level"), (1, "level 1"), (2, "level 2"), (3, "level 3")],
                        default=0,
                        verbose_name="level",
                    ),
                ),
                ("beds", models.PositiveIntegerField(default=0, verbose_name="beds")),
                ("specialty", models.CharField(blank=True, max_length=40, verbose_name="specialty")),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="institutions",
                        to="institutions.division",
                        verbose_name="division",
                    ),
                ),
            ],
            options={
                "verbose_name": "institution",
                "verbose_name_plural": "institutions",
                "ordering": ["code"],
                "indexes": [
                    models.Index(fields=["name_zh", "code"], name="institution_name_zh_3bbfb7_idx"),
                    models.Index(fields=["name_en", "code"], name="institution_name_en_8482b7_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Insurer",
            fields=[
                ("name_zh", models.CharField(max_length=200, verbose_name="Chinese name")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                ("code", models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name="code")),
                (
                    "pooling_area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="insurers",
                        to="institutions.division",
                        verbose_name="pooling area",
                    ),
                ),
            ],
            options={
                "verbose_name": "insurer",
                "verbose_name_plural": "insurers",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="number")),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="institutions.institution",
                        verbose_name="institution",
                    ),
                ),
                (
                    "insurer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="institutions.insurer",
                        verbose_name="insurer",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["institution", "period"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("institution", "="), ("insurer", "="), ("period", "&&")],
                        name="one_agreement_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "username",
                    models.CharField(
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="user name",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Accounts are stopped, never deleted: their acts stay.",
                        verbose_name="active",
                    ),
                ),
                (
                    "joined_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="since"),
                ),
                (
                    "duties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("read", "read findings and claims"),
                                ("intake", "take in batches of claims"),
                                ("monitor", "start monitoring runs"),
                                ("knowledge", "load knowledge"),
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
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="institutions.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="institutions.division",
                        verbose_name="territory",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="institutions.institution",
                        verbose_name="institution",
                    ),
                ),
                (
                    "insurer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="institutions.insurer",
                        verbose_name="insurer",
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "ordering": ["username"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("territory__isnull", True), ("institution__isnull", True), _connector="OR"),
                        name="territory_or_institution",
                        violation_error_message="An account is of a territory or of an institution, not of both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("institution__isnull", True),
                            models.Q(("duties__contains", ["administer"]), _negated=True),
                            _connector="OR",
                        ),
                        name="institutions_do_not_administer",
                        violation_error_message="Nobody of an institution may manage accounts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("department", models.CharField(blank=True, max_length=40, verbose_name="clinical department")),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="institutions.institution",
                        verbose_name="institution",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="institutions.practitioner",
                        verbose_name="practitioner",
                    ),
                ),
            ],
            options={
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practitioner", "institution", "since"), name="one_registration_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="registration_in_order",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="practitioner",
            name="institutions",
            field=models.ManyToManyField(
                related_name="practitioners", through="institutions.Registration", to="institutions.institution"
            ),
        ),
    ]
