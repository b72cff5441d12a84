#!/usr/bin/env bash
# The user of Grafana: it may read what the role aws_encryption_reader may, which `views --reader` fills.
set -euo pipefail
psql --username=postgres --dbname="$POSTGRES_DB" --set=ON_ERROR_STOP=1 <<'SQL'
-- Not on the command line, where others could read it.
\getenv password GRAFANA_DATABASE_PASSWORD
CREATE ROLE aws_encryption_reader NOLOGIN;
CREATE ROLE grafana LOGIN PASSWORD :'password' IN ROLE aws_encryption_reader;
SQL
