from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def those_decided_were_approved(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Until now a reset could only be approved, or wait."""
    apps.get_model("institutions", "FactorReset").objects.exclude(decided_at=None).update(outcome="approved")


class Migration(migrations.Migration):
    dependencies = [("institutions", "0008_two_administrators")]

    operations = [migrations.RunPython(those_decided_were_approved, migrations.RunPython.noop)]
