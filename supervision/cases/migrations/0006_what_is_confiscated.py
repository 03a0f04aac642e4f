from typing import Any

from django.db import migrations

CONFISCATING = ("V42", "V44")  # Regulation, arts. 42 and 44


def tell(apps: Any, _schema: Any) -> None:
    apps.get_model("cases", "ViolationType").objects.filter(code__in=CONFISCATING).update(confiscates=True)


def forget(apps: Any, _schema: Any) -> None:
    apps.get_model("cases", "ViolationType").objects.filter(code__in=CONFISCATING).update(confiscates=False)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_challenges_and_confiscation")]

    operations = [migrations.RunPython(tell, forget)]
