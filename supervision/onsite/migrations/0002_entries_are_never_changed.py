"""What came home from a visit stays as it is: the database refuses to change or remove it."""

from django.db import migrations

KEEP = """
CREATE FUNCTION onsite_keep_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry of a visit is never changed or removed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER keeps_entries BEFORE UPDATE OR DELETE ON onsite_entry
    FOR EACH ROW EXECUTE FUNCTION onsite_keep_entry();
CREATE TRIGGER keeps_pictures BEFORE UPDATE OR DELETE ON onsite_picture
    FOR EACH ROW EXECUTE FUNCTION onsite_keep_entry();
"""
LET_GO = """
DROP TRIGGER keeps_entries ON onsite_entry;
DROP TRIGGER keeps_pictures ON onsite_picture;
DROP FUNCTION onsite_keep_entry();
"""


class Migration(migrations.Migration):
    dependencies = [("onsite", "0001_visits_and_samples")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
