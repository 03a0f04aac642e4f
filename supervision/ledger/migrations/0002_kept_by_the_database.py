import django.db.models.deletion
from django.db import migrations, models

# An entry's postings come in one statement: later ones are refused, so a written entry is closed for ever.
# The function runs as its owner, for the app may read balances and not write them.
KEEP = """
CREATE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_posting AS p
        WHERE p.entry_id IN (SELECT entry_id FROM added) AND NOT EXISTS (SELECT FROM added AS a WHERE a.id = p.id)
    ) THEN
        RAISE 'an entry that is written takes no further postings' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM added GROUP BY entry_id, item_id HAVING sum(amount) <> 0) THEN
        RAISE 'the postings of an entry do not sum to zero for each item' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM added AS a JOIN ledger_item AS i ON i.id = a.item_id
        GROUP BY a.entry_id HAVING count(DISTINCT i.book) > 1
    ) THEN
        RAISE 'an entry is of one book' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM FROM ledger_item WHERE id IN (SELECT item_id FROM added) ORDER BY id FOR NO KEY UPDATE;
    UPDATE ledger_balance AS b SET amount = b.amount + s.amount
    FROM (SELECT item_id, stage, sum(amount) AS amount FROM added GROUP BY item_id, stage) AS s
    WHERE b.item_id = s.item_id AND b.stage = s.stage;
    INSERT INTO ledger_balance (item_id, stage, amount)
    SELECT s.item_id, s.stage, sum(s.amount) FROM added AS s
    WHERE NOT EXISTS (SELECT FROM ledger_balance AS b WHERE b.item_id = s.item_id AND b.stage = s.stage)
    GROUP BY s.item_id, s.stage;
    RETURN NULL;
END
$$;
CREATE TRIGGER ledger_keep AFTER INSERT ON ledger_posting REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep();

CREATE FUNCTION ledger_moves_something() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger_posting WHERE entry_id = NEW.number) THEN
        RAISE 'an entry moves something' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER ledger_moves_something AFTER INSERT ON ledger_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION ledger_moves_something();

CREATE FUNCTION ledger_never_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE 'the ledger is only added to' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER ledger_never_edited BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_never_edited();
CREATE TRIGGER ledger_never_edited BEFORE UPDATE OR DELETE ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION ledger_never_edited();
"""
LEAVE = """
DROP TRIGGER ledger_never_edited ON ledger_posting;
DROP TRIGGER ledger_never_edited ON ledger_entry;
DROP FUNCTION ledger_never_edited();
DROP TRIGGER ledger_moves_something ON ledger_entry;
DROP FUNCTION ledger_moves_something();
DROP TRIGGER ledger_keep ON ledger_posting;
DROP FUNCTION ledger_keep();
"""

# What a sum is about is said once; its case, its page and the moment it was demanded become known later.
REVOKE = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        REVOKE UPDATE, DELETE ON ledger_entry, ledger_posting FROM fund_app;
        REVOKE INSERT, UPDATE, DELETE ON ledger_balance FROM fund_app;
        REVOKE UPDATE, DELETE ON ledger_item FROM fund_app;
        GRANT UPDATE ("case", address, demanded_at) ON ledger_item TO fund_app;
    END IF;
END
$$
"""
GRANT = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        REVOKE UPDATE ("case", address, demanded_at) ON ledger_item FROM fund_app;
        GRANT UPDATE, DELETE ON ledger_entry, ledger_posting, ledger_item TO fund_app;
        GRANT INSERT, UPDATE, DELETE ON ledger_balance TO fund_app;
    END IF;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0004_duties_of_hearings_and_cases"),
        ("ledger", "0001_items_entries_and_balances"),
    ]

    operations = [
        migrations.CreateModel(
            name="Voucher",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="voucher_held",
                        serialize=False,
                        to="ledger.entry",
                    ),
                ),
                (
                    "book",
                    models.CharField(
                        choices=[
                            ("fund", "the fund's account"),
                            ("treasury", "the treasury"),
                            ("agreement", "liquidated damages under the agreement"),
                        ],
                        max_length=9,
                    ),
                ),
                ("number", models.CharField(max_length=80)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="institutions.division"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("book", "place", "number"), name="a_voucher_counts_once")
                ],
            },
        ),
        migrations.RunSQL(KEEP, LEAVE),
        migrations.RunSQL(REVOKE, GRANT),
    ]
