#!/bin/sh
# Run once by the PostgreSQL image, as superuser, when its volume is empty.
set -eu
for database in template1 fund; do
  psql --set ON_ERROR_STOP=1 --username postgres --dbname "$database" --file /roles.sql
done
psql --set ON_ERROR_STOP=1 --username postgres --dbname fund \
  --set owner="$FUND_OWNER_PASSWORD" --set app="$FUND_APP_PASSWORD" --set vault="$FUND_VAULT_PASSWORD" <<'SQL'
ALTER ROLE fund_owner PASSWORD :'owner';
ALTER ROLE fund_app PASSWORD :'app';
ALTER ROLE fund_vault PASSWORD :'vault';
ALTER DATABASE fund OWNER TO fund_owner;
SQL
