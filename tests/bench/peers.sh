#!/usr/bin/env bash
# loopc beside its peers, each pair on one input and in one go; what is missing is passed over. Optima that differ end it.
#
# Needs c++ with Boost's headers and LEMON (Debian: libboost-graph-dev, liblemon-dev), GLPK (glpk-utils), and Python with
# pandas, ortools, highspy and networkx, which PYTHON may name. SECTIONS may name some of: ratio clearing plan check.
# SIZES are obligations of the clearing networks: 1000 5000 30000 and, which takes minutes, 300000.
# FLOWS are sizes of the networks whose best loop is asked for, flows x participants: 1000000x200000, and
# FLOWS="5000000x1000000 2097152x1048576" the large ones.
# Seconds are the processor's, of all threads, the least of three runs: on a shared machine they say more than a clock.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}
sections=${SECTIONS:-ratio clearing plan check}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cargo build --release --quiet
LOOPC_BENCH_TABLE=$folder cargo bench --quiet --bench tables
[[ " $sections " != *" clearing "* ]] || LOOPC_BENCH_TABLE=$folder/clearing cargo bench --quiet --bench clearing
loopc=${CARGO_TARGET_DIR:-target}/release/loopc

seconds() { # of a command, whose output goes nowhere
    local TIMEFORMAT='%U %S' best=
    for _ in 1 2 3; do
        { time "$@" >"$folder/out" 2>"$folder/err"; } 2>"$folder/time"
        best=$(awk -v c="$best" '{ s = $1 + $2; printf "%.3f", c == "" || s < c ? s : c }' "$folder/time")
    done
    echo "$best"
}
by() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b; else print "over 1000" }'; }
asked() { [[ " $sections " == *" $1 "* ]]; }
here() { "$python" -c "import $1" 2>/dev/null; }
compiled() { c++ -O2 -o "$folder/$1" "tests/bench/peers/$1.cpp" 2>"$folder/err"; }

# The optimum of a report, times a power of ten, at which it is whole.
optimum() { # report, power of ten
    awk -v power="$2" '/^  maximize .* = / {
        sub(/.* maximize [^=]* = /, ""); gsub(/_/, "", $1); parts = split($1, part, "/")
        printf "%.0f", part[1] * power / (parts == 2 ? part[2] : 1); exit
    }' "$1"
}
# loopc on a network, beside all that solve circulations. The peers' seconds are of the solve alone.
circulation() { # folder of network.loop and arcs.txt, what one turn of its optimum is in theirs, peers
    local own best peer found spent
    own=$(seconds "$loopc" solve "$1/network.loop" -o "$folder/report.txt")
    best=$(optimum "$folder/report.txt" "$2")
    echo "  loopc, file to proved report as text: $own s, optimum $best"
    for peer in $3; do
        for _ in 1 2 3; do
            if [ "$peer" = lemon_network_simplex ]; then
                [ ! -x "$folder/$peer" ] || "$folder/$peer" "$1/arcs.txt"
            else
                ! here "${peer/highs/highspy}" || "$python" tests/bench/peers/circulation.py "$peer" "$1/arcs.txt" | tail -1
            fi
        done | sort -k2 -g >"$folder/peer"
        if ! read -r found spent <"$folder/peer"; then
            echo "  $peer: not here"
            continue
        fi
        echo "  $peer, solve only: $spent s; loopc / $peer = $(by "$own" "$spent")"
        [ "$found" = "$best" ] || { echo "  $peer finds $found"; exit 1; }
    done
}

if asked ratio; then
    compiled boost_ratio || true
    for size in ${FLOWS:-1000000x200000}; do
        echo "the best loop of $size flows and participants"
        ratio=$folder/$size
        mkdir -p "$ratio"
        LOOPC_BENCH_TABLE=$ratio LOOPC_BENCH_SIZE=$size cargo bench --quiet --bench tables
        LOOPC_BENCH_SIZE=$size cargo bench --quiet --bench tables | sed 's/^/  loopc, /' | tee "$folder/own"
        proved=$(sed -n 's/.* proved \([0-9.]*\) s$/\1/p' "$folder/own")
        own=$(seconds "$loopc" solve "$ratio/network.loop" --format json)
        echo "  loopc, file to proved report: $own s"
        if [ -x "$folder/boost_ratio" ]; then
            for _ in 1 2 3; do "$folder/boost_ratio" "$ratio/flows.csv"; done | sort -k2 -g >"$folder/peer"
            read -r found spent <"$folder/peer"
            echo "  Boost maximum_cycle_ratio, solve only: $spent s, ratio $found; loopc in memory / Boost = $(by "$proved" "$spent"), the whole command / Boost = $(by "$own" "$spent")"
        else
            echo "  Boost: not here"
        fi
        if here pandas; then
            for _ in 1 2 3; do "$python" tests/bench/peers/read_pandas.py "$ratio/flows.csv"; done | sort -k2 -g >"$folder/peer"
            read -r rows spent <"$folder/peer"
            echo "  pandas, reading only: $spent s for $rows rows; loopc / pandas = $(by "$own" "$spent")"
        else
            echo "  pandas: not here"
        fi
    done
fi
compiled lemon_network_simplex || true
if asked clearing; then
    for size in ${SIZES:-1000 5000 30000}; do
        echo "the largest set-off of $size obligations"
        slow=$([ "$size" -gt 1000 ] || echo networkx)
        circulation "$folder/clearing/$size" 100 "ortools lemon_network_simplex $slow"
    done
fi
if asked plan; then
    echo "the most profit of 100000 flows among 20000 participants"
    circulation "$folder/plan" 10000 "highs ortools lemon_network_simplex"
fi
if asked check; then
    echo "200000 flows as text, checked only"
    own=$(seconds "$loopc" check "$folder/declared/network.loop")
    echo "  loopc check: $own s, $(wc -c <"$folder/declared/network.loop") bytes"
    if command -v glpsol >/dev/null; then
        spent=$(seconds glpsol --check --math "$folder/declared/network.mod")
        echo "  glpsol --check: $spent s, $(wc -c <"$folder/declared/network.mod") bytes; loopc / glpsol = $(by "$own" "$spent")"
    else
        echo "  glpsol: not here"
    fi
fi
