from django.db import migrations

# Runs as the tables' owner, whoever changes a row: the app's role need not, and cannot, write history itself. The lock
# is shared among writers; taking the history into the chain (keeping.py) asks for it alone, so that no earlier number
# follows.
KEEP_ROW = """
CREATE FUNCTION audit_keep_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    key text := TG_ARGV[0];
    not_kept text[] := string_to_array(TG_ARGV[1], ',');
    as_hash text[] := string_to_array(TG_ARGV[2], ',');
    former jsonb := to_jsonb(OLD) - not_kept;
    kept jsonb;
BEGIN
    IF TG_OP = 'UPDATE' AND former = to_jsonb(NEW) - not_kept THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(jsonb_object_agg(name, CASE
        WHEN name = ANY(as_hash) THEN 'sha256:' || encode(sha256(convert_to(value, 'UTF8')), 'hex')
        ELSE value END), '{}')
    INTO kept FROM jsonb_each_text(former) AS one(name, value);
    PERFORM pg_advisory_xact_lock_shared(%(lock)s);
    INSERT INTO public.audit_rowchange (at, "table", "row", operation, before, account, during, role) VALUES (
        clock_timestamp()::text, TG_TABLE_NAME, left(to_jsonb(OLD) ->> key, 200), TG_OP, kept,
        nullif(current_setting('fund.account', true), '')::bigint,
        coalesce(current_setting('fund.during', true), ''), session_user
    );
    RETURN NULL;
END
$$
"""
# Trusted with the owner's rights, so nobody else may put it on a table of their own and write history by it.
ONLY_BY_TRIGGERS = """
REVOKE EXECUTE ON FUNCTION audit_keep_row() FROM PUBLIC;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        REVOKE ALL ON audit_rowchange FROM fund_app;
        GRANT SELECT ON audit_rowchange TO fund_app;
        REVOKE ALL ON SEQUENCE audit_rowchange_number_seq FROM fund_app;
    END IF;
END
$$
"""
# Against mistakes of whoever owns the tables. Who means it can switch the trigger off; then hashes and notes tell.
STAYS = """
CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit_rowchange
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
"""
GOES = """
DROP TRIGGER audit_stays ON audit_entry;
DROP TRIGGER audit_stays ON audit_rowchange;
DROP FUNCTION audit_stays();
"""
ROWS_LOCK = 0x726F7773  # 'rows', as in keeping.py


class Migration(migrations.Migration):
    dependencies = [("audit", "0008_row_changes_and_signatures")]

    operations = [
        migrations.RunSQL(KEEP_ROW.replace("%(lock)s", str(ROWS_LOCK)), "DROP FUNCTION audit_keep_row() CASCADE"),
        migrations.RunSQL(ONLY_BY_TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(STAYS, GOES),
    ]
