import pytest
from django.db import DatabaseError, connection, transaction


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_pages_and_tasks_work_as_the_app_and_not_as_the_owner() -> None:
    assert role() == "fund_app"


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["TRUNCATE django_session", "DROP TABLE django_session", "CREATE TABLE mine ()"])
def test_the_app_can_neither_make_nor_empty_tables(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_can_still_be_cleaned_up() -> None:
    assert role() == "fund_app"
