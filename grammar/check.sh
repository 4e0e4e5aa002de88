#!/usr/bin/env bash
# The grammars for editors: what is generated is what would be generated now, every test of theirs holds, the trees
# agree with loopc's own, and the extensions for VS Code and Zed can be built.
#
# Needs a C compiler, and node with npm. The packages of npm and the program of tree-sitter are installed below
# $CARGO_TARGET_DIR (or target/), once, where CI is set or with --install; else what lacks them is left out, and said.
set -euo pipefail
cd "$(dirname "$0")/.."

TREE_SITTER=0.27.1
ABI=14 # Neovim 0.7 reads no later one.

grammar=$PWD/grammar/tree-sitter-loop
extension=$PWD/grammar/vscode
mkdir -p "${CARGO_TARGET_DIR:-target}"
tools=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)/editors
mkdir -p "$tools"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# The program keeps what it builds in a folder of the user.
export TREE_SITTER_DIR=$scratch/settings XDG_CACHE_HOME=$scratch/cache NO_COLOR=1

install=${CI:+yes}
[ "${1:-}" != --install ] || install=yes

say() { printf -- '-- %s\n' "$*"; }

# What a command says is shown only where it fails; else its last line that has something in it.
quietly() {
    "$@" >"$scratch/said" 2>&1 || {
        cat "$scratch/said"
        exit 1
    }
    sed -n '/[^[:space:]]/p' "$scratch/said" | tail -1
}

# Ends the run: what is there by now is told as left out, and only where nobody counts on it.
lacks() {
    echo "left out, without $*: grammar/check.sh --install brings what can be brought"
    [ -z "${CI:-}" ] || exit 1
    exit 0
}

compiler=${CC:-cc}
for program in node npm "$compiler"; do
    command -v "$program" >/dev/null || lacks "$program"
done

say "npm packages"
# A copy, so that nothing is installed among the sources.
packages=$tools/vscode
if ! cmp -s "$extension/package-lock.json" "$packages/package-lock.json" || [ ! -d "$packages/node_modules" ]; then
    [ -n "$install" ] || lacks "the npm packages"
    rm -rf "$packages"
    mkdir -p "$packages"
    cp "$extension/package.json" "$extension/package-lock.json" "$packages"
    # No script of a package runs.
    (cd "$packages" && npm ci --ignore-scripts --no-audit --no-fund --loglevel error)
fi

say "tree-sitter $TREE_SITTER"
tree_sitter=$tools/bin/tree-sitter
if [ "$("$tree_sitter" --version 2>/dev/null | cut -d' ' -f2)" != "$TREE_SITTER" ]; then
    [ -n "$install" ] || lacks "tree-sitter"
    # Without optimisation, and without an engine for JavaScript of its own: that takes a third of the time.
    CARGO_TARGET_DIR=$tools/build cargo install tree-sitter-cli --version "$TREE_SITTER" --locked --debug \
        --no-default-features --root "$tools" --quiet
    rm -rf "$tools/build"
fi

say "the parser is generated from its grammar"
cp -r "$grammar" "$scratch/grammar"
rm -rf "$scratch/grammar/src/"{parser.c,grammar.json,node-types.json,tree_sitter}
(cd "$scratch/grammar" && "$tree_sitter" generate --abi "$ABI" --js-runtime node)
for file in parser.c grammar.json node-types.json tree_sitter/parser.h; do
    cmp "$grammar/src/$file" "$scratch/grammar/src/$file" || {
        echo "run: (cd grammar/tree-sitter-loop && tree-sitter generate --abi $ABI)"
        exit 1
    }
done

say "it compiles without a warning"
"$compiler" -std=c11 -O1 -Wall -Wextra -Werror -fPIC -shared -I "$grammar/src" \
    -o "$scratch/loop.so" "$grammar/src/parser.c" "$grammar/src/scanner.c"

say "corpus and colours"
(cd "$scratch/grammar" && quietly "$tree_sitter" test)

say "queries, on every model"
query() { "$tree_sitter" query --lib-path "$scratch/loop.so" --lang-name loop "$@"; }
for file in "$grammar"/queries/*.scm; do
    query "$file" models/*.loop models/*/*.loop >"$scratch/captures"
    found=$(grep -c capture "$scratch/captures" || true)
    echo "$(basename "$file"): $found captures"
    [ "$found" -gt 0 ]
done

say "queries of the extension for Zed"
for file in "$PWD"/grammar/zed/languages/loop/*.scm; do
    query "$file" models/*.loop models/*/*.loop >"$scratch/captures"
    found=$(grep -c capture "$scratch/captures" || true)
    echo "$(basename "$file"): $found captures"
    [ "$found" -gt 0 ]
done

say "the same shape as for loopc"
quietly cargo test --locked --quiet --test editors
shape=$(find "${CARGO_TARGET_DIR:-target}/tmp/editors" -name outline.txt)
files=$(dirname "$shape")/files.txt
"$tree_sitter" parse --quiet --lib-path "$scratch/loop.so" --lang-name loop --paths "$files" || {
    echo "loopc finds no fault of syntax there"
    exit 1
}
# A path stands on a line of its own, before what was found there; a text of several lines goes on below.
query --captures --paths "$files" "$grammar/test/outline.scm" | awk '
    FNR == NR { known[$0]; next }
    $0 in known { path = $0; next }
    match($0, /capture: [0-9]+ - [a-z_]+, start: \([0-9]+, [0-9]+\), end: \([0-9]+, [0-9]+\)/) {
        split(substr($0, RSTART, RLENGTH), part, /[^a-z0-9_]+/)
        if (part[3] != "_") print part[3], part[5] ":" part[6] "-" part[8] ":" part[9], path
    }' "$files" - | LC_ALL=C sort -u >"$scratch/tree"
LC_ALL=C sort -u "$shape" >"$scratch/loopc"
# Rows of like operators are one thing for loopc, and nest in the tree: so all that loopc has must be in the tree, and
# declarations and attributes the other way round as well.
LC_ALL=C comm -13 "$scratch/tree" "$scratch/loopc" >"$scratch/missing"
LC_ALL=C comm -23 "$scratch/tree" "$scratch/loopc" | grep -vE \
    '^(and|comparison|in|not|or|power|product|quantity|reference|sign|sum) ' >"$scratch/surplus" || true
echo "$(wc -l <"$scratch/loopc") places in $(wc -l <"$files") texts"
if [ -s "$scratch/missing" ] || [ -s "$scratch/surplus" ]; then
    echo "loopc has, and the tree has not:"
    head -20 "$scratch/missing"
    echo "the tree has, and loopc has not:"
    head -20 "$scratch/surplus"
    exit 1
fi

say "TextMate: fixtures, and a scope for every sign"
export NODE_PATH=$packages/node_modules
"$packages/node_modules/.bin/vscode-tmgrammar-test" --grammar "$extension/syntaxes/loop.tmLanguage.json" \
    "$extension/test/fixtures/*.loop"
xargs -d "\n" node "$extension/test/scopes.js" <"$files"

say "the extension"
(cd "$extension" && quietly node --test --test-reporter=spec test/extension.test.js)
NODE_PATH=$packages/node_modules node "$extension/bundle.js" "$scratch/bundle"
node "$extension/test/packed.js" "$scratch/bundle" "$extension/test/server.js"
# The test above has built loopc itself.
for kind in debug release; do
    loopc=$(dirname "$tools")/$kind/loopc
    [ ! -x "$loopc" ] || break
done
if [ -x "$loopc" ]; then
    node "$extension/test/packed.js" "$scratch/bundle" "$loopc"
else
    echo "left out, with loopc itself: it is not built"
fi
quietly "$extension/package.sh" "$scratch/loopc.vsix" "$packages/node_modules"

say "the extension for Zed"
target=wasm32-wasip2
library=$(rustc --print sysroot)/lib/rustlib/$target
if [ -d "$library" ] && git rev-parse --verify --quiet HEAD >/dev/null; then
    "$PWD/grammar/zed/make.sh" "$scratch/zed"
    (cd "$scratch/zed" && CARGO_TARGET_DIR=$tools/zed cargo build --locked --quiet --target "$target")
    # Zed reads which version of its interface it was built for.
    grep -q 'zed:api-version' "$tools/zed/$target/debug/zed_loop.wasm"
    echo "it builds for $target"
else
    echo "left out, without $target, or a commit that has the grammar"
fi
