#!/usr/bin/env bash
# Packs the extension: grammar/vscode/package.sh [FILE.vsix [FOLDER OF NPM PACKAGES]]
#
# Without a folder of packages, those of package-lock.json are installed beside this script. Needs node with npm.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
file=$(realpath -m "${1:-loopc.vsix}")
packages=${2:-$here/node_modules}
[ -d "$packages" ] || (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel error)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
NODE_PATH=$packages node "$here/bundle.js" "$scratch"
cd "$scratch"
"$packages/.bin/vsce" package --no-dependencies --allow-missing-repository --out "$file"
