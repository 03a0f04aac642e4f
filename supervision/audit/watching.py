"""Which tables keep the former state of their rows, and which do not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

# All that people decide lies in these apps, with every table that is added to them.
APPS = (
    "institutions", "clocks", "documents", "ledger", "hearing", "cases", "complaints", "rewards", "exposure",
    "supervisors", "vault", "payments", "selfchecks", "points", "designation", "credit", "commitments",
    "major", "assistance",
    "supervisors", "vault", "payments", "selfchecks", "inspections", "points", "designation", "credit", "commitments",
    "onsite",
    "coordination",
)  # fmt: skip
# Of other apps: what people decide there.
MODELS = (
    "knowledge.KnowledgeBatch", "knowledge.List",
    "laboratory.Version", "laboratory.VersionEvent",
    "monitoring.Demotion", "monitoring.Exemption", "monitoring.Finding", "monitoring.Hold", "monitoring.Review",
    "monitoring.Standing", "monitoring.Threshold",
    "review.Connection", "review.Handling", "review.Key",
)  # fmt: skip
LEFT_OUT = {
    "institutions.WrongCode": "counts guesses; the chain of acts has each",
    "payments.Indicator": "counted by night from claims and findings, worked out anew at any time",
    "payments.Hospitalization": "counted by night from claims and the register, worked out anew at any time",
    "exposure.Figure": "counts for the public page, worked out anew at any time",
    "hearing.Draft": "what is being typed; what is sent is kept",
    "ledger.Balance": "sums of postings, worked out anew at any time",
    "vault.Identity": "sealed texts: history would keep what was erased, and the hour at which somebody gave a name",
    "vault.Reading": "written by the vault alone and only ever added to",
    "claims": "written a million rows at a time; the warehouse keeps every version, batches are never changed",
    "knowledge": "points come in batches that stay; what is in force follows from them",
    "laboratory": "results of back-tests, worked out anew at any time",
    "monitoring": "written a million rows at a time by runs, which can be repeated to the row",
    "review": "written for each message of a hospital, which is kept as it came",
    "gate": "strangers' uploads: a former row would tell the second at which somebody sent something",
    "audit": "only ever added to, and no trigger watches its own notes",
    "admin": "Django's own log of its pages; the chain of acts is ours",
    "auth": "not used: duties take its place",
    "axes": "counts guesses; the chain of acts has each",
    "contenttypes": "names of tables",
    "sessions": "sign-ins and outs stand in the chain of acts",
}
# A million findings are rewritten by each run. Their history begins when somebody has acted on one.
ONLY_WHERE = {"monitoring.Finding": "acted_on"}
NOT_KEPT = {"institutions.Account": ["last_login"], "institutions.SecondFactor": ["last_step"]}
# A former row may hold what was erased since: of words that citizens or the desk wrote, history keeps the hash alone.
KEPT_AS_HASH = {
    "institutions.Account": ["password"], "institutions.SecondFactor": ["sealed"],
    "complaints.Complaint": ["named_as_sealed", "facts_sealed", "when_sealed"],
    "complaints.ComplaintEvent": ["words_sealed", "facts"], "complaints.Message": ["words_sealed"],
    "complaints.Forgetting": ["why_sealed"], "rewards.RewardEvent": ["words_sealed"],
    "designation.Objection": ["words_sealed", "name_sealed", "contact_sealed"],
}  # fmt: skip
TRIGGER = "keeps_former_rows"


@dataclass(frozen=True)
class Watched:
    """A table whose rows' former states are kept."""

    label: str
    table: str
    key: str
    only_where: str = ""

    def triggers(self) -> Iterator[tuple[str, str]]:
        """Each by its name: what was only now acted on shows in the new row alone, and a deletion has no new row."""
        arguments = ", ".join(f"'{','.join(names)}'" for names in ([self.key], self.not_kept, self.as_hash))
        conditions = {"UPDATE": "(OLD.{0} OR NEW.{0})", "DELETE": "(OLD.{0})"}
        for operation, condition in conditions.items():
            name = f"{TRIGGER}_{operation.lower()}"
            when = f"WHEN {condition.format(self.only_where)} " if self.only_where else ""
            statement = (
                f'CREATE OR REPLACE TRIGGER {name} AFTER {operation} ON "{self.table}" '
                f"FOR EACH ROW {when}EXECUTE FUNCTION audit_keep_row({arguments})"
            )
            yield name, statement

    @property
    def not_kept(self) -> list[str]:
        return NOT_KEPT.get(self.label, [])

    @property
    def as_hash(self) -> list[str]:
        return KEPT_AS_HASH.get(self.label, [])


def is_watched(model: type[models.Model]) -> bool:
    label, app = model._meta.label, model._meta.app_label
    return label not in LEFT_OUT and (label in MODELS or app in APPS)


def is_left_out(model: type[models.Model]) -> bool:
    return model._meta.label in LEFT_OUT or model._meta.app_label in LEFT_OUT


def watched() -> list[Watched]:
    found = []
    for model in apps.get_models(include_auto_created=True):
        if is_watched(model) and model._meta.managed and not model._meta.proxy:
            label, key = model._meta.label, str(model._meta.pk.column)
            found.append(Watched(label, model._meta.db_table, key, ONLY_WHERE.get(label, "")))
    return found


def watch() -> list[Watched]:
    """Put the triggers on every watched table that there is. Those that stand already need no lock and get none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('audit_keep_row') IS NOT NULL")
        (ready,) = cursor.fetchone()
        tables = set(connection.introspection.table_names(cursor)) if ready else set()
        here = [one for one in watched() if one.table in tables]
        standing = definitions()
        for one in here:
            for name, statement in one.triggers():
                if standing.get((one.table, name)) != statement:
                    cursor.execute(statement)
                    cursor.execute(f'COMMENT ON TRIGGER {name} ON "{one.table}" IS %s', [statement])
    return here


def definitions() -> dict[tuple[str, str], str]:
    """The statement that each of our triggers was made with, of those that are switched on."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, tgname, coalesce(obj_description(pg_trigger.oid, 'pg_trigger'), '')
            FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
            WHERE tgname LIKE %s AND tgenabled IN ('O', 'A')
            """,
            [f"{TRIGGER}%"],
        )
        return {(table, name): statement for table, name, statement in cursor.fetchall()}


def unwatched() -> list[str]:
    """Tables that should have their triggers and have not, or have others, or have them switched off."""
    standing = definitions()
    return sorted({
        one.table for one in watched() for name, statement in one.triggers()
        if standing.get((one.table, name)) != statement
    })  # fmt: skip
