#!/usr/bin/env bash
# Runs a command while busy loops hold the machine's load at BUSY (8) and more, and ends as it does:
#   npm run busy -- npm test
set -euo pipefail

loops=()
trap 'kill "${loops[@]}"' EXIT
for ((i = 0; i < ${BUSY:-8}; i++)); do
  nice -n 0 bash -c 'while kill -0 "$1" 2>/dev/null; do for ((j = 0; j < 1000000; j++)); do :; done; done' busy "$$" &
  loops+=("$!")
done

code=0
"$@" || code=$?
uptime
exit "$code"
