#!/usr/bin/env bash
# loopc beside its peers, on one network of a million flows, in one go. Needs c++ with Boost's headers (Debian:
# libboost-graph-dev) and Python with pandas; what is missing is passed over.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cargo build --release --quiet
LOOPC_BENCH_TABLE=$folder cargo bench --quiet --bench tables
loopc=${CARGO_TARGET_DIR:-target}/release/loopc

seconds() { # of a command, whose output goes nowhere
    local start end
    start=$(date +%s.%N)
    "$@" >"$folder/out" 2>"$folder/err"
    end=$(date +%s.%N)
    awk -v a="$start" -v b="$end" 'BEGIN { printf "%.3f", b - a }'
}
by() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

own=$(seconds "$loopc" solve "$folder/network.loop" --format json)
echo "loopc, file to proved report: $own s"
if c++ -O2 -o "$folder/boost_ratio" tests/bench/peers/boost_ratio.cpp 2>"$folder/err"; then
    read -r ratio spent < <("$folder/boost_ratio" "$folder/flows.csv")
    echo "Boost maximum_cycle_ratio, solve only: $spent s, ratio $ratio; loopc / Boost = $(by "$own" "$spent")"
else
    echo "Boost: not here"
fi
if python3 -c 'import pandas' 2>/dev/null; then
    read -r rows spent < <(python3 tests/bench/peers/read_pandas.py "$folder/flows.csv")
    echo "pandas, reading only: $spent s for $rows rows; loopc / pandas = $(by "$own" "$spent")"
else
    echo "pandas: not here"
fi
