#!/bin/sh
# Makes Temporal's two databases, or brings them to this version. Safe to do again: what is there already is left as it is.
set -u
schema=/etc/temporal/schema/postgresql/v12

tool() {
  database=$1
  shift
  temporal-sql-tool --plugin postgres12 --ep postgresql -p 5432 -u temporal --db "$database" "$@"
}

for database in temporal temporal_visibility; do
  tool "$database" create || true
  tool "$database" setup-schema -v 0.0 || true
done
set -e
tool temporal update-schema -d "$schema/temporal/versioned"
tool temporal_visibility update-schema -d "$schema/visibility/versioned"
