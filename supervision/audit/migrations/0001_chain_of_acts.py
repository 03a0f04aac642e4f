from django.db import migrations, models

# Where the app has a role of its own. Where it has not, the hashes alone show what was changed.
ONLY_ADDED_TO = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        REVOKE ALL ON audit_entry FROM fund_app;
        GRANT SELECT, INSERT ON audit_entry TO fund_app;
    END IF;
END
$$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="number")),
                ("at", models.CharField(max_length=40, verbose_name="moment")),
                ("account", models.CharField(blank=True, max_length=150, verbose_name="account")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("sign_in", "signed in"),
                            ("sign_in_refused", "sign-in refused"),
                            ("lock_out", "locked out"),
                            ("sign_out", "signed out"),
                            ("password", "changed a password"),
                            ("account", "changed an account"),
                            ("reference", "changed reference data"),
                            ("denial", "was denied an act"),
                            ("read", "read a person's claims"),
                            ("export", "exported a list"),
                            ("upload", "uploaded a batch"),
                            ("run", "started a monitoring run"),
                        ],
                        max_length=40,
                        verbose_name="act",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="about")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                ("before", models.CharField(blank=True, max_length=64, verbose_name="hash before")),
                ("hash", models.CharField(max_length=64, unique=True, verbose_name="hash")),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit entries",
                "ordering": ["-number"],
            },
        ),
        migrations.RunSQL(ONLY_ADDED_TO, migrations.RunSQL.noop),
    ]
