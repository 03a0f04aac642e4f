"""What was reported, and when, stays: a late report is late for ever. The database refuses to change or remove it."""

from django.db import migrations

KEEP = """
CREATE FUNCTION major_keep_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a report on a major issue is never changed or removed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER keeps_reports BEFORE UPDATE OR DELETE ON major_issuereport
    FOR EACH ROW EXECUTE FUNCTION major_keep_report();
"""
LET_GO = """
DROP TRIGGER keeps_reports ON major_issuereport;
DROP FUNCTION major_keep_report();
"""


class Migration(migrations.Migration):
    dependencies = [("major", "0001_major_issues_and_interviews")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
