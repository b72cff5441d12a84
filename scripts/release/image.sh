#!/usr/bin/env bash
# Builds the image for amd64 and arm64, with its bill of materials and provenance, and pushes it; prints its digest.
#
#   scripts/release/image.sh ghcr.io/owner/name https://github.com/owner/name
set -euo pipefail
image=$1
source=$2
cd "$(dirname "$0")/../.."

read -r version license < <(node -p "const m = require('./package.json'); m.version + ' ' + m.license")
metadata=$(mktemp)
trap 'rm -f "$metadata"' EXIT

labels=(
  "title=$(node -p "require('./package.json').name")"
  "description=$(node -p "require('./package.json').description")"
  "version=$version"
  "licenses=$license"
  "source=$source"
  "revision=$(git rev-parse HEAD)"
  "created=$(git log -1 --format=%cI)"
)
options=()
for label in "${labels[@]}"; do
  # On each image, and on the index that names them.
  options+=(--label "org.opencontainers.image.$label" --annotation "index:org.opencontainers.image.$label")
done

docker buildx build . --platform linux/amd64,linux/arm64 --pull --push --sbom=true --provenance=mode=max \
  --tag "$image:$version" --metadata-file "$metadata" "${options[@]}" >&2
node -p "JSON.parse(require('fs').readFileSync(process.argv[1]))['containerimage.digest']" "$metadata"
