#!/usr/bin/env bash
# Prints what the changelog says of this version, for the release's page.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(node -p "require('./package.json').version")
awk -v heading="## [$version]" '
  index($0, heading) == 1 { inside = 1; next }
  inside && /^## \[/ { exit }
  inside { print }
' CHANGELOG.md
