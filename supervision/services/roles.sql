-- The three roles of docs/adr/0001: owner migrates, app serves pages and tasks, vault alone reads identities.
-- Run as superuser in the database itself and in template1, so that databases made for tests have the same rules.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_owner') THEN
        CREATE ROLE fund_owner LOGIN CREATEDB;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_app') THEN
        CREATE ROLE fund_app LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fund_vault') THEN
        CREATE ROLE fund_vault LOGIN;
    END IF;
END
$$;

-- A statement that fails is told to the site, which writes down what may be. The server's own log would add the moment
-- and the values of a citizen's row.
ALTER ROLE fund_app SET log_min_messages = log;
ALTER ROLE fund_app SET log_min_error_statement = panic;

-- No TRUNCATE: the app may delete rows one by one where a table lets it, never empty a table.
ALTER DEFAULT PRIVILEGES FOR ROLE fund_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO fund_app;
ALTER DEFAULT PRIVILEGES FOR ROLE fund_owner GRANT USAGE, SELECT ON SEQUENCES TO fund_app;

-- For constraints that refuse overlapping periods of validity.
CREATE EXTENSION IF NOT EXISTS btree_gist;
