import hashlib
import json
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _models(apps: Apps) -> tuple[Any, Any]:
    return apps.get_model("review", "Edition"), apps.get_model("review", "Review")


def keep_editions(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Each review named its rules itself; they are kept once now."""
    edition, review = _models(apps)
    for number, version, rules in review.objects.values_list("pk", "knowledge_version", "rules").iterator():
        told = json.dumps([version, rules], sort_keys=True)
        kept, _new = edition.objects.get_or_create(
            digest=hashlib.sha256(told.encode()).hexdigest(),
            defaults={"rules": rules, "knowledge_version": version},
        )
        review.objects.filter(pk=number).update(edition=kept)


def forget_editions(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    edition, review = _models(apps)
    for number, rules, version in edition.objects.values_list("pk", "rules", "knowledge_version"):
        review.objects.filter(edition=number).update(rules=rules, knowledge_version=version)


class Migration(migrations.Migration):
    dependencies = [("review", "0002_encounters_connections_and_editions")]

    operations = [migrations.RunPython(keep_editions, forget_editions)]
