#!/usr/bin/env bash
# Makes the extension: grammar/zed/make.sh FOLDER, for *zed: install dev extension*.
#
# Zed builds the parser from a commit: the last one that changed the grammar.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -eq 1 ] || {
    echo "usage: grammar/zed/make.sh FOLDER" >&2
    exit 2
}
mkdir -p "$1"
folder=$(cd "$1" && pwd)
root=$(git -C "$here" rev-parse --show-toplevel)
commit=$(git -C "$root" log -1 --format=%H -- grammar/tree-sitter-loop)
[ -n "$commit" ] || {
    echo "the grammar is in no commit" >&2
    exit 1
}

cp -r "$here/Cargo.toml" "$here/Cargo.lock" "$here/src" "$here/languages" "$folder"
cp "$here/../tree-sitter-loop/queries/highlights.scm" "$folder/languages/loop"
cp "$here/../vscode/LICENSE" "$folder"
{
    cat "$here/extension.toml"
    printf '\n[grammars.loop]\nrepository = "file://%s"\nrev = "%s"\npath = "grammar/tree-sitter-loop"\n' "$root" "$commit"
} >"$folder/extension.toml"
echo "made in $folder, with the grammar of ${commit:0:12}"
