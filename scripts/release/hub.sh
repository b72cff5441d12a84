#!/usr/bin/env bash
# Packages the plugin for CloudQuery's Hub and uploads it as a draft, which a person looks at and publishes there.
# `npm run build` comes before; needs Docker, the CloudQuery CLI and CLOUDQUERY_API_KEY.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(node -p "require('./package.json').version")
dist/main.js package -m "$(scripts/release/notes.sh)" -D build/hub "v$version" .
cloudquery plugin publish -D build/hub --no-log-file --telemetry-level none
