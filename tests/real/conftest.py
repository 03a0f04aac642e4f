"""What the tests of real claims stand on: a place of their own, with the lists that ship loaded."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from supervision.knowledge import loading
from tests.builders import make_division


class Country(Protocol):
    """Opens an empty installation for a source; the folder it answers is the source's to fill."""

    def __call__(self, name: str) -> AbstractContextManager[Path]: ...


@pytest.fixture(scope="module")
def country(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Country:
    """One intake and one run serve all tests of a module, so the transaction that ends in nothing is the module's."""

    @contextmanager
    def opened(name: str) -> Iterator[Path]:
        folder = tmp_path_factory.mktemp(name)
        places = override_settings(FUND_HOME=folder / "home", WAREHOUSE=str(folder / "home" / "warehouse"))
        with places, django_db_blocker.unblock(), transaction.atomic():
            (folder / "home").mkdir()
            make_division("990101")  # stands for wherever the source lies
            loading.load(loading.SHIPPED)
            yield folder
            transaction.set_rollback(True)

    return opened
