from django.db import migrations

# The site's role writes sealed texts and never reads them; where a subject lies it may say anew. Readings it only sees.
# The vault's role reads sealed texts and seals them anew, reads as much of openings and accounts as it must to decide
# for itself, and adds to the chain of acts.
GRANTS = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        REVOKE ALL ON vault_identity, vault_reading FROM fund_app;
        GRANT SELECT (id, subject, kind, version, place_id, key, kept_on), INSERT, DELETE ON vault_identity TO fund_app;
        GRANT UPDATE (place_id) ON vault_identity TO fund_app;
        GRANT SELECT ON vault_reading TO fund_app;
        REVOKE ALL ON SEQUENCE vault_reading_id_seq FROM fund_app;
        REVOKE DELETE ON vault_opening FROM fund_app;
        REVOKE UPDATE, DELETE ON vault_openingevent FROM fund_app;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_vault') THEN
        GRANT SELECT, UPDATE (sealed, key) ON vault_identity TO fund_vault;
        GRANT SELECT ON vault_opening TO fund_vault;
        GRANT SELECT, INSERT ON vault_reading TO fund_vault;
        GRANT USAGE ON SEQUENCE vault_reading_id_seq TO fund_vault;
        GRANT SELECT (id, username, is_active, duties, territory_id, institution_id)
            ON institutions_account TO fund_vault;
        GRANT SELECT (code, level) ON institutions_division TO fund_vault;
        GRANT SELECT, INSERT ON audit_entry TO fund_vault;
    END IF;
END
$$
"""
NO_GRANTS = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_vault') THEN
        REVOKE ALL ON audit_entry, institutions_account, institutions_division FROM fund_vault;
        REVOKE SELECT (id, username, is_active, duties, territory_id, institution_id)
            ON institutions_account FROM fund_vault;
        REVOKE SELECT (code, level) ON institutions_division FROM fund_vault;
    END IF;
END
$$
"""
# What was asked for stays as it was asked for: whoever approves and whoever reads rely on it.
STAYS = """
CREATE FUNCTION vault_opening_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.subject, NEW.kind, NEW.place_id, NEW.purpose, NEW.reason, NEW.hours, NEW.asked_by_id, NEW.asked_at)
        IS DISTINCT FROM
       (OLD.id, OLD.subject, OLD.kind, OLD.place_id, OLD.purpose, OLD.reason, OLD.hours, OLD.asked_by_id, OLD.asked_at)
        OR (OLD.decided_by_id IS NOT NULL AND NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id)
        OR (OLD.state <> 'asked' AND NEW.until IS DISTINCT FROM OLD.until)
        OR (OLD.state IN ('ended', 'refused', 'lapsed') AND NEW.state <> OLD.state)
    THEN
        RAISE EXCEPTION 'an opening is decided as it was asked for' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER vault_opening_stays BEFORE UPDATE ON vault_opening
    FOR EACH ROW EXECUTE FUNCTION vault_opening_stays();
"""
GOES = """
DROP TRIGGER vault_opening_stays ON vault_opening;
DROP FUNCTION vault_opening_stays();
"""
# The vault looks for two entries among all that were ever written, with a reader waiting.
FOUND = "CREATE INDEX vault_acts ON audit_entry (subject) WHERE act = 'identity'"
NOT_FOUND = "DROP INDEX vault_acts"


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0010_acts_of_complaints"),
        ("institutions", "0011_duties_of_complaints"),
        ("vault", "0001_identities_and_openings"),
    ]

    operations = [
        migrations.RunSQL(GRANTS, NO_GRANTS),
        migrations.RunSQL(STAYS, GOES),
        migrations.RunSQL(FOUND, NOT_FOUND),
    ]
