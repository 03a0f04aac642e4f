"""Rows that people decide about keep what they were before: by whom, when, and however they were changed."""

import threading

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client

from institutions.models import Account, Division, Duty, SecondFactor
from supervision.audit import keeping, verifying, watching
from supervision.audit.acting import acting
from supervision.audit.models import RowChange
from supervision.monitoring.models import Finding
from supervision.services.owner import as_owner
from tests.builders import make_account, make_division, make_finding, make_institution
from tests.institutions.authenticators import enrol

pytestmark = pytest.mark.django_db


def changes(table: str) -> list[RowChange]:
    return list(RowChange.objects.filter(table=table).order_by("number"))


def test_f1_every_table_keeps_its_former_rows_or_it_is_said_why_not() -> None:
    neither = [model._meta.label for model in apps.get_models(include_auto_created=True)
               if not watching.is_watched(model) and not watching.is_left_out(model)]  # fmt: skip
    assert neither == []
    known = {model._meta.label for model in apps.get_models()} | {config.label for config in apps.get_app_configs()}
    named = {*watching.MODELS, *watching.APPS, *watching.LEFT_OUT, *watching.ONLY_WHERE, *watching.KEPT_AS_HASH}
    assert named - known == set()


def test_f1_every_watched_table_has_its_triggers() -> None:
    assert watching.unwatched() == []


def test_f1_a_changed_row_is_kept_as_it_was() -> None:
    division = make_division("990101")
    division.name_zh = "新名"
    division.save()
    (change,) = changes("institutions_division")
    assert (change.row, change.operation) == ("990101", "UPDATE")
    assert (change.before["name_zh"], change.role) == ("澜岸区", "fund_app")


def test_f1_changes_of_many_and_raw_sql_are_seen() -> None:
    for code in ("990101", "990102"):
        make_division(code)
    Division.objects.filter(level=3).update(invented=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE institutions_division SET name_en = 'Another' WHERE code = '990102'")
        cursor.execute("DELETE FROM institutions_division WHERE code = '990102'")
    kept = [(one.row, one.operation, one.before["name_en"]) for one in changes("institutions_division")]
    assert kept == [
        ("990101", "UPDATE", "Lan'an"), ("990102", "UPDATE", "East Lake"), ("990102", "UPDATE", "East Lake"),
        ("990102", "DELETE", "Another"),
    ]  # fmt: skip


def test_what_stays_the_same_is_not_kept_again() -> None:
    make_division("990101").save()
    assert changes("institutions_division") == []


def test_f1_a_request_is_named_with_who_made_it(client: Client) -> None:
    admin = make_account("admin", None, duties=[Duty.ADMINISTER])
    make_division("990101")
    client.force_login(admin)
    post = {"code": "990101", "name_zh": "新名", "name_en": "", "level": 3, "parent": "990100"}
    client.post("/admin/institutions/division/990101/change/", post)
    (change,) = changes("institutions_division")
    assert (change.account, change.during) == (admin.pk, "POST /admin/institutions/division/990101/change/")


def test_f1_what_nobody_signed_in_for_names_nobody(transactional_db: None) -> None:
    with acting("task supervision.x"):
        make_division("990101")
        Division.objects.filter(pk="990101").update(name_zh="新名")
    Division.objects.filter(pk="990101").update(name_zh="更新")
    assert [(one.account, one.during) for one in changes("institutions_division")] == [
        (None, "task supervision.x"),
        (None, ""),
    ]


@pytest.mark.parametrize("during", ["POST /x'; DROP TABLE y; --/", "GET /机构/%s/%(a)s", "x" * 500, "\x00\\'"])
def test_no_address_can_break_out_of_its_note(during: str) -> None:
    make_division("990101")
    with acting(during, lambda: 7):
        Division.objects.filter(pk="990101", level__in=[3]).update(name_zh="新%名")
    (change,) = changes("institutions_division")
    assert change.account == 7
    assert len(change.during) <= 200


def test_f1_what_was_taken_back_leaves_no_history() -> None:
    make_division("990101")
    with transaction.atomic():
        Division.objects.filter(pk="990101").update(name_zh="新名")
        transaction.set_rollback(True)
    assert changes("institutions_division") == []


def test_f1_passwords_and_secrets_are_kept_as_hashes_and_sign_ins_not_at_all() -> None:
    account = make_account("li")
    former = account.password
    account.set_password("quite another passphrase")
    account.save()
    Account.objects.update(last_login=account.joined_at)
    enrol(account)
    sealed = SecondFactor.objects.get().sealed
    SecondFactor.objects.all().delete()
    kept = str(list(RowChange.objects.values()))
    assert former not in kept
    assert sealed not in kept
    assert changes("institutions_account")[0].before["password"].startswith("sha256:")
    assert len(changes("institutions_account")) == 2  # the password, and since when the factor counts


def test_f1_a_finding_has_a_history_once_somebody_has_acted_on_it() -> None:
    finding = make_finding(make_institution(), at_stake="100.50")
    Finding.objects.filter(pk=finding.pk).update(severity=2)
    assert changes("monitoring_finding") == []
    Finding.objects.filter(pk=finding.pk).update(acted_on=True)
    Finding.objects.filter(pk=finding.pk).update(severity=3)
    kept = [(one.before["acted_on"], one.before["severity"]) for one in changes("monitoring_finding")]
    assert kept == [("false", "2"), ("true", "2")]
    assert changes("monitoring_finding")[0].before["at_stake"] == "100.50"


FORGERIES = [
    """INSERT INTO audit_rowchange (at, "table", "row", operation, before, during, role)
    VALUES ('', 'x', '1', 'UPDATE', '{}', '', 'x')""",
    "UPDATE audit_rowchange SET role = 'x'",
    "DELETE FROM audit_rowchange",
    "TRUNCATE audit_rowchange",
    "ALTER TABLE institutions_division DISABLE TRIGGER ALL",
    "DROP TRIGGER keeps_former_rows_update ON institutions_division",
    "SET session_replication_role = replica",
    """CREATE TEMP TABLE mine (code text);
    CREATE TRIGGER forged AFTER UPDATE ON mine FOR EACH ROW EXECUTE FUNCTION audit_keep_row('code', '', '')""",
    "CREATE OR REPLACE FUNCTION audit_keep_row() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
    "SELECT nextval('audit_rowchange_number_seq')",
]


@pytest.mark.parametrize("forgery", FORGERIES)
def test_f1_the_apps_role_can_neither_write_nor_alter_nor_stop_history(forgery: str) -> None:
    make_division("990101")
    Division.objects.update(invented=True)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forgery)


@pytest.mark.parametrize("table", ["audit_rowchange", "audit_entry"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET number = number", "DELETE FROM {}"])
def test_f1_not_even_the_owner_changes_it_by_mistake(transactional_db: None, table: str, statement: str) -> None:
    with as_owner(), pytest.raises(DatabaseError, match="only ever added to"), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def make_history(number: int) -> None:
    make_division("990101")
    for place in range(number):
        Division.objects.filter(pk="990101").update(name_zh=f"名{place}")


def without_triggers(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_rowchange DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_rowchange ENABLE TRIGGER USER")


TAMPERINGS = {
    "changed": ("UPDATE audit_rowchange SET account = 7 WHERE number = {}", "was changed"),
    "rewritten": ("UPDATE audit_rowchange SET before = '{{}}' WHERE number = {}", "was changed"),
    "deleted": ("DELETE FROM audit_rowchange WHERE number = {}", "is missing"),
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_f1_tampered_history_is_found_by_its_number(transactional_db: None, how: str) -> None:
    statement, _said = TAMPERINGS[how]
    make_history(5)
    assert keeping.take_in() == 5
    assert keeping.take_in() == 0
    assert verifying.rows().breaks == []
    third = changes("institutions_division")[2].number
    without_triggers(statement.format(third))
    assert [place.number for place in verifying.rows().breaks] == [third]


def test_f1_history_that_was_made_up_afterwards_is_found(transactional_db: None) -> None:
    make_history(3)
    second = changes("institutions_division")[1].number
    without_triggers(f"DELETE FROM audit_rowchange WHERE number = {second}")
    keeping.take_in()
    without_triggers(
        'INSERT INTO audit_rowchange (number, at, "table", "row", operation, before, during, role) '
        f"VALUES ({second}, '', 'institutions_division', '990101', 'UPDATE', '{{}}', '', 'fund_app')"
    )
    assert [place.number for place in verifying.rows().breaks] == [second]


def test_f1_a_trigger_that_was_switched_off_is_told(transactional_db: None) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE institutions_division DISABLE TRIGGER keeps_former_rows_update")
    try:
        assert watching.unwatched() == ["institutions_division"]
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE institutions_division ENABLE TRIGGER keeps_former_rows_update")


def test_f1_history_waits_while_somebody_writes_it(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PAUSE", 0)
    make_history(2)
    writing, written = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            Division.objects.filter(pk="990101").update(name_zh="新名")
            writing.set()
            written.wait(30)
        connection.close()

    somebody = threading.Thread(target=write)
    somebody.start()
    writing.wait(30)
    assert keeping.take_in() == 0
    written.set()
    somebody.join()
    assert keeping.take_in() == 3
    assert verifying.rows().breaks == []
