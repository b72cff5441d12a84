#!/usr/bin/env bash
# Refuses a tag that is not this version's, and a version that the changelog does not know. The version stands in
# package.json alone.
#
#   scripts/release/version.sh v0.2.0
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(node -p "require('./package.json').version")
if [ "${1:-}" != "v$version" ]; then
  echo "package.json says $version: its tag is v$version, not ${1:-none}." >&2
  exit 1
fi
if ! grep -qF "## [$version]" CHANGELOG.md; then
  echo "CHANGELOG.md has no heading \"## [$version]\": name what is under \"Unreleased\" so." >&2
  exit 1
fi
