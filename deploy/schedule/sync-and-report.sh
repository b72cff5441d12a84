#!/usr/bin/env bash
# Keeps the posture fresh: syncs, applies the views, runs the checks and writes the page. One run at a time.
#
#   POSTGRES_URL  the database; spec.yml takes it from here, too (required)
#   SPEC          the spec of the sync             (default: spec.yml)
#   OUTPUT        the page; its folder also keeps the lock and the CLI's downloads (default: posture.html)
#   THRESHOLD     severity from which findings count: low, medium, high, critical (default: high)
#   PLUGIN        the executable of the plugin      (default: dist/main.js)
#   CLOUDQUERY    the CloudQuery CLI                (default: cloudquery)
#   READER        not empty: also renews the read-only role for dashboards, which takes the right to make roles
#
# Exit codes: 0 clean; 1 violations; 2 something failed or is not known; 64 no database; 75 another run is at work.
# A failed sync ends in 2, and the page is still written: it says how old it is and what was not seen.
set -uo pipefail

if [ -z "${POSTGRES_URL:-}" ]; then
  echo "Say which database: POSTGRES_URL=postgresql://user:password@host:5432/database" >&2
  exit 64
fi
SPEC=${SPEC:-spec.yml}
OUTPUT=${OUTPUT:-posture.html}
THRESHOLD=${THRESHOLD:-high}
PLUGIN=${PLUGIN:-dist/main.js}
CLOUDQUERY=${CLOUDQUERY:-cloudquery}
export AWS_ENCRYPTION_POSTGRES=$POSTGRES_URL # not on the command line, where others could read it

exec 9>"$OUTPUT.lock" || exit 2
if ! flock --nonblock 9; then
  echo "Another run is at work ($OUTPUT.lock): nothing done." >&2
  exit 75
fi

# In the background, so that a signal reaches the program at once, and without the lock, should it outlive us.
run() {
  "$@" 9>&- &
  child=$!
  wait "$child"
}
child=
trap 'trap - INT TERM; [ -z "$child" ] || kill -TERM "$child"; wait; exit 143' INT TERM

failed=0
run "$CLOUDQUERY" sync "$SPEC" --log-console --no-log-file --cq-dir "$(dirname "$OUTPUT")/.cq" || failed=1
run "$PLUGIN" views ${READER:+--reader} || failed=1
run "$PLUGIN" check --threshold "$THRESHOLD"
found=$?
run "$PLUGIN" report --output "$OUTPUT" || failed=1

[ "$failed" = 0 ] || exit 2
exit "$found"
