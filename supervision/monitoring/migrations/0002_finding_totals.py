"""Triggers that keep FindingTotal equal to the findings, statement by statement."""

from django.db import migrations

KIND = "status, rule, month, institution_id, insured_area, certainty"


def function(name: str, changed: str) -> str:
    """The rows are taken in one order, so that two transactions never wait for each other in a ring."""
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO monitoring_findingtotal AS kept ({KIND}, findings, owned)
    SELECT {KIND}, sum(findings), sum(owned)
    FROM ({changed}) AS changed
    GROUP BY {KIND}
    HAVING sum(findings) <> 0 OR sum(owned) <> 0
    ORDER BY {KIND}
    ON CONFLICT ({KIND}) DO UPDATE
        SET findings = kept.findings + excluded.findings, owned = kept.owned + excluded.owned;
    RETURN NULL;
END
$body$;
"""


def trigger(name: str, event: str, tables: str) -> str:
    return f"""
CREATE TRIGGER {name} AFTER {event} ON monitoring_finding REFERENCING {tables}
FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


ADDED = f"SELECT {KIND}, 1 AS findings, owned FROM added"
GONE = f"SELECT {KIND}, -1 AS findings, -owned AS owned FROM gone"

CREATE = (
    function("monitoring_finding_added", ADDED)
    + function("monitoring_finding_changed", f"{ADDED} UNION ALL {GONE}")
    + function("monitoring_finding_gone", GONE)
    + trigger("monitoring_finding_added", "INSERT", "NEW TABLE AS added")
    + trigger("monitoring_finding_changed", "UPDATE", "NEW TABLE AS added OLD TABLE AS gone")
    + trigger("monitoring_finding_gone", "DELETE", "OLD TABLE AS gone")
)

DROP = "".join(
    f"DROP TRIGGER {name} ON monitoring_finding; DROP FUNCTION {name}();"
    for name in ("monitoring_finding_added", "monitoring_finding_changed", "monitoring_finding_gone")
)


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_runs_and_findings")]

    operations = [migrations.RunSQL(CREATE, DROP)]
