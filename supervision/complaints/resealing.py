"""Seals words anew under another key, while others read and write: each row is changed only if nobody else has."""

from collections.abc import Iterator
from typing import cast

from django.apps import apps
from django.db import models

from supervision import sealing
from supervision.words import HasPlace, Sealed, ring

AT_ONCE = 200


def columns() -> Iterator[tuple[type[models.Model], Sealed]]:
    """Every sealed column of every app: what an app adds is found by itself."""
    for model in apps.get_models():
        yield from ((model, column) for column in vars(model).values() if isinstance(column, Sealed))


def reseal() -> int:
    """Everything that lies under a former key; how much that was. Killed half-way, it goes on where it stopped."""
    newest = ring()
    return sum(reseal_column(model, column, newest) for model, column in columns())


def reseal_column(model: type[models.Model], column: Sealed, newest: sealing.Ring) -> int:
    done, last = 0, 0
    while rows := list(former(model, column, newest).filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        done += sum(reseal_row(row, column, newest) for row in rows)
        last = rows[-1].pk
    return done


def reseal_row(row: models.Model, column: Sealed, newest: sealing.Ring) -> int:
    """Changed only where it still says what was read: whoever wrote meanwhile has sealed it under the new key."""
    before = getattr(row, column.column)
    about = column.about(cast("HasPlace", row))
    after = newest.seal(newest.open(before, about=about), about=about)
    rows = type(row)._default_manager.filter(pk=row.pk, **{column.column: before})
    return rows.update(**{column.column: after})


def former(model: type[models.Model], column: Sealed, newest: sealing.Ring) -> "models.QuerySet[models.Model]":
    """Rows whose text lies under another key than the newest."""
    rows: models.QuerySet[models.Model] = model._default_manager.exclude(**{column.column: ""})
    return rows.exclude(**{f"{column.column}__startswith": f"{sealing.SUITE}.{newest.newest}."})


def left() -> int:
    """How many texts still need a former key."""
    newest = ring()
    return sum(former(model, column, newest).count() for model, column in columns())
