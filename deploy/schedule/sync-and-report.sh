#!/usr/bin/env bash
# Keeps the posture fresh: syncs, applies the views, runs the checks, records what they found, writes the page, and says
# so where something failed, is stale or incomplete. One run at a time. docs/operating.md has more.
#
#   POSTGRES_URL        the database; spec.yml takes it from here, too (required)
#   SPEC                the spec of the sync             (default: spec.yml)
#   OUTPUT              the page; its folder also keeps the lock and the CLI's downloads (default: posture.html)
#   THRESHOLD           severity from which findings count: low, medium, high, critical (default: high)
#   WAIVERS             a file of findings that somebody has taken on (default: none)
#   MAX_AGE             how old what was read may be: 90m, 24h, 7d (default: 24h)
#   ALERT_WEBHOOK_FILE  a file with the URL that alerts are posted to, as {"text": "…"}; or the URL itself as
#   ALERT_WEBHOOK       (default: none)
#   METRICS_FILE        numbers for Prometheus, in the folder of node_exporter's textfile collector (default: none)
#   PLUGIN              the executable of the plugin      (default: dist/main.js)
#   CLOUDQUERY          the CloudQuery CLI                (default: cloudquery)
#   READER              not empty: also renews the read-only role for dashboards, which takes the right to make roles
#
# Exit codes: 0 clean; 1 violations; 2 something failed, is stale, incomplete or not known, which is the case for an
# alert; 64 no database, or no URL to alert; 75 another run is at work; 143 stopped by a signal, with an alert.
# A failed sync ends in 2, and the page is still written: it says how old it is and what was not seen.
set -uo pipefail

wrong() {
  echo "$1" >&2
  exit 64
}
[ -n "${POSTGRES_URL:-}" ] || wrong "Say which database: POSTGRES_URL=postgresql://user:password@host:5432/database"
if [ -n "${ALERT_WEBHOOK_FILE:-}" ]; then
  IFS= read -r ALERT_WEBHOOK <"$ALERT_WEBHOOK_FILE" || [ -n "${ALERT_WEBHOOK:-}" ] ||
    wrong "No URL can be read from ALERT_WEBHOOK_FILE ($ALERT_WEBHOOK_FILE): nothing done."
fi
webhook=${ALERT_WEBHOOK:-}
unset ALERT_WEBHOOK # as good as a password: no other program gets it
is_url='^https?://[^[:space:]"\\]+$'
[ -z "$webhook" ] || [[ $webhook =~ $is_url ]] || wrong "The webhook is no URL (not shown): nothing done."

SPEC=${SPEC:-spec.yml}
OUTPUT=${OUTPUT:-posture.html}
THRESHOLD=${THRESHOLD:-high}
MAX_AGE=${MAX_AGE:-24h}
METRICS_FILE=${METRICS_FILE:-}
judging=(--max-age "$MAX_AGE" ${WAIVERS:+--waivers "$WAIVERS"})
PLUGIN=${PLUGIN:-dist/main.js}
CLOUDQUERY=${CLOUDQUERY:-cloudquery}
export AWS_ENCRYPTION_POSTGRES=$POSTGRES_URL # not on the command line, where others could read it

exec 9>"$OUTPUT.lock" || exit 2
if ! flock --nonblock 9; then
  echo "Another run is at work ($OUTPUT.lock): nothing done." >&2
  exit 75
fi
began=$(date +%s)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# In the background, so that a signal reaches the program at once, and without the lock, should it outlive us.
run() {
  "$@" 9>&- &
  child=$!
  wait "$child"
  code=$?
  child=
  return "$code"
}
child=
problems=()

# A part of the run, by its name.
part() {
  run "${@:2}" || problems+=("$1 failed (exit code $code): its log says why.")
}

# Whole or not at all: the collector may read it at any time.
write_metrics() {
  {
    [ "$1" = 143 ] || {
      run "$PLUGIN" check "${judging[@]}" --format prometheus
      run "$PLUGIN" status --max-age "$MAX_AGE" --format prometheus
    }
    echo '# HELP aws_encryption_run_exit_code How the last run ended: 0 clean, 1 violations, else it cannot be relied on.'
    echo '# TYPE aws_encryption_run_exit_code gauge'
    echo "aws_encryption_run_exit_code $1"
    echo '# HELP aws_encryption_run_start_timestamp_seconds When the last run began.'
    echo '# TYPE aws_encryption_run_start_timestamp_seconds gauge'
    echo "aws_encryption_run_start_timestamp_seconds $began"
    echo '# HELP aws_encryption_run_end_timestamp_seconds When the last run ended.'
    echo '# TYPE aws_encryption_run_end_timestamp_seconds gauge'
    echo "aws_encryption_run_end_timestamp_seconds $(date +%s)"
  } >"$METRICS_FILE.$$" && chmod 644 "$METRICS_FILE.$$" && mv -f "$METRICS_FILE.$$" "$METRICS_FILE"
}

# Node is there, since the plugin is run by it: it escapes what names of accounts may hold. curl reads the URL from a
# pipe, since others may see command lines.
alert() {
  local text
  printf -v text '%s\n' "Encryption posture (run on $(uname -n)): something needs you." "${problems[@]}"
  text=${text//</‹} # no mention and no link of a chat's own
  text=${text//>/›}
  printf '%s' "$text" |
    node -e 'const text = require("node:fs").readFileSync(0, "utf8").trim(); process.stdout.write(JSON.stringify({ text }))' 9>&- |
    curl --config <(printf 'url = "%s"\n' "$webhook") --header 'Content-Type: application/json' --data-binary @- \
      --silent --show-error --fail --output "$work/answer" --max-time 10 --retry 3 --retry-max-time 30 9>&-
}

finish() {
  if [ -n "$METRICS_FILE" ]; then
    write_metrics "$1" || problems+=("The metrics could not be written to $METRICS_FILE.")
  fi
  if [ "${#problems[@]}" -gt 0 ]; then
    printf '%s\n' "${problems[@]}" >&2
    [ -z "$webhook" ] || alert || echo "The alert could not be sent." >&2
    [ "$1" = 143 ] || exit 2
  fi
  exit "$1"
}

stopped() {
  trap '' INT TERM
  [ -z "$child" ] || kill -TERM "$child"
  wait
  problems+=("The run was stopped by a signal before its end.")
  finish 143
}
trap stopped INT TERM

part "The sync" "$CLOUDQUERY" sync "$SPEC" --log-console --no-log-file --cq-dir "$(dirname "$OUTPUT")/.cq"
part "Making the views" "$PLUGIN" views ${READER:+--reader}
run "$PLUGIN" check --threshold "$THRESHOLD" "${judging[@]}" --record
found=$?
case $found in
  0 | 1) ;;
  2) problems+=("The checks cannot tell whether all is fine: data is missing or too old, or an answer is not known.") ;;
  *) problems+=("The checks failed (exit code $found): their log says why.") ;;
esac
part "Writing the page" "$PLUGIN" report --output "$OUTPUT"
run "$PLUGIN" status --max-age "$MAX_AGE" >"$work/status" 2>&1 || problems+=("$(<"$work/status")")

[ "${#problems[@]}" -eq 0 ] || found=2
finish "$found"
