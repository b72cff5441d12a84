#!/usr/bin/env bash
# Publishes the npm package with provenance, which asks that the package names the repository it is built from.
# `npm run build` comes before. What follows is given to `npm publish`, as `--dry-run`.
#
#   scripts/release/npm.sh https://github.com/owner/name
set -euo pipefail
repository=$1
shift
cd "$(dirname "$0")/../.."

npm pkg set repository.type=git "repository.url=git+$repository.git"
npm publish --provenance --access public --ignore-scripts "$@"
