from django.db import migrations

KEEP = """
CREATE FUNCTION credit_never_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE 'credit records are only added to' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER credit_never_edited BEFORE UPDATE OR DELETE ON credit_creditevent
    FOR EACH ROW EXECUTE FUNCTION credit_never_edited();
CREATE TRIGGER credit_never_edited BEFORE UPDATE OR DELETE ON credit_creditending
    FOR EACH ROW EXECUTE FUNCTION credit_never_edited();
"""
LEAVE = """
DROP TRIGGER credit_never_edited ON credit_creditending;
DROP TRIGGER credit_never_edited ON credit_creditevent;
DROP FUNCTION credit_never_edited();
"""


class Migration(migrations.Migration):
    dependencies = [("credit", "0001_credit")]

    operations = [migrations.RunSQL(KEEP, LEAVE)]
