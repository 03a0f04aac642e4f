from typing import Any

from django.db import migrations, models

from institutions.romanizing import findable

PART = 1000


def spell(apps: Any, _schema: Any) -> None:
    """Those that are there already."""
    rows = apps.get_model("institutions", "Institution")._default_manager
    part = []
    for one in rows.only("pk", "name_zh").iterator(PART):
        one.pinyin = findable(one.name_zh)
        part.append(one)
        if len(part) == PART:
            rows.bulk_update(part, ["pinyin"])
            part = []
    rows.bulk_update(part, ["pinyin"])


class Migration(migrations.Migration):
    dependencies = [("institutions", "0011_duties_of_complaints")]

    operations = [
        migrations.AddField(
            "institution",
            "pinyin",
            models.CharField(blank=True, editable=False, max_length=1500, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(spell, migrations.RunPython.noop),
    ]
