"""What stands on an issued list stays as it is: the database refuses to change or remove it."""

from django.db import migrations

KEEP = """
CREATE FUNCTION selfchecks_keep_problem() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM selfchecks_campaign WHERE id = OLD.campaign_id) <> 'draft' THEN
        RAISE EXCEPTION 'a problem of an issued list is never changed or removed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keeps_problems BEFORE UPDATE OR DELETE ON selfchecks_problem
    FOR EACH ROW EXECUTE FUNCTION selfchecks_keep_problem();
"""
LET_GO = """
DROP TRIGGER keeps_problems ON selfchecks_problem;
DROP FUNCTION selfchecks_keep_problem();
"""


class Migration(migrations.Migration):
    dependencies = [("selfchecks", "0001_self_corrections")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
