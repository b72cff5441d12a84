#!/usr/bin/env bash
# Puts what is released beside the package and the image into a folder: an archive that needs Node alone, the bills of
# materials and the checksums of all of it. `npm run build` comes before. GNU tar is needed; the archive is
# equal for equal commits.
#
#   scripts/release/archive.sh release
set -euo pipefail
target=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "$0")/../.."

name=$(node -p "const m = require('./package.json'); m.name + '-' + m.version")
# The time of the commit, so that the archive of a commit is always the same.
time=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}

tar --create --sort=name --mtime="@$time" --owner=0 --group=0 --numeric-owner --mode=u+rw,go+r,go-w,a+X \
  --transform="flags=r;s,^,$name/," \
  dist sql docs deploy spec.yml package.json README.md CHANGELOG.md LICENSE | gzip --no-name >"$target/$name.tar.gz"

# What is in the program; and all that it was built and tested with.
cp dist/sbom.cdx.json "$target/$name.sbom.cdx.json"
cp dist/demo/sbom.cdx.json "$target/$name.demo.sbom.cdx.json"
npm sbom --sbom-format=cyclonedx --package-lock-only >"$target/$name.build.sbom.cdx.json"

cd "$target"
rm -f SHA256SUMS
sha256sum -- * >SHA256SUMS
