"""Half of each page stays free for the settled row: PostgreSQL then keeps it in place and touches no index."""

from django.db import migrations

TABLES = ("monitoring_finding", "monitoring_findingline")


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0002_finding_totals")]

    operations = [
        migrations.RunSQL(f"ALTER TABLE {table} SET (fillfactor = 50)", f"ALTER TABLE {table} RESET (fillfactor)")
        for table in TABLES
    ]
