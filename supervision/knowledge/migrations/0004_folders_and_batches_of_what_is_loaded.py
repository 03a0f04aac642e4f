"""What was loaded before batches had a life: each point knows its folder, each loading is a batch in force."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def tell(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    batches = apps.get_model("knowledge", "KnowledgeBatch")
    folder = Subquery(batches.objects.filter(pk=OuterRef("batch")).values("folder"))
    for model in ("Point", "Range"):
        apps.get_model("knowledge", model).objects.update(folder=folder)
    proposals = apps.get_model("knowledge", "Proposal")
    before = 0
    for batch in batches.objects.order_by("number"):
        made = proposals.objects.create(
            kind="folder", name=batch.folder, digest=batch.digest, place="000000", status="in_force", base=before,
            decided_at=batch.loaded_at, version=batch,
        )  # fmt: skip
        proposals.objects.filter(pk=made.pk).update(prepared_at=batch.loaded_at)
        before = batch.number


def forget(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("knowledge", "Proposal").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0003_proposals_and_published_points")]

    operations = [migrations.RunPython(tell, forget)]
