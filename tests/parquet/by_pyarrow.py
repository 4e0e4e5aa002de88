"""Writes by_pyarrow.parquet, the file of another program: pyarrow 26.0.1, as `python tests/parquet/by_pyarrow.py`."""
import datetime as d
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

D = decimal.Decimal
table = pa.table({
    "id": pa.array(["out", None, "back"]).dictionary_encode(),
    "payer": ["a", "b", "b"],
    "payee": ["b", "a", "a"],
    "fee": pa.array([D("0.10"), None, D("2.50")], pa.decimal128(20, 2)),
    "gain": pa.array([0.7, float("nan"), 10.0], pa.float64()),
    "short": pa.array([0.1, -2.5, None], pa.float32()),
    "paid on": pa.array([d.date(2024, 3, 1), d.date(1969, 12, 31), None]),
    "at": pa.array([d.datetime(2024, 3, 1, 12, 30), None, d.datetime(2024, 3, 1, 0, 0, 0, 250)], pa.timestamp("us")),
    "since": pa.array([1709296200000, 0, -1], pa.timestamp("ms", tz="UTC")),
    "hour": pa.array([d.time(12, 30), d.time(23, 59, 59, 5), None], pa.time64("us")),
    "count": pa.array([2**64 - 1, 0, None], pa.uint64()),
    "small": pa.array([-128, 127, None], pa.int8()),
    "ok": pa.array([True, False, None]),
    "note": ["a, \"b\"", "two\nlines", ""],
    "none": pa.nulls(3),
    "wide": pa.array([D("-123456789012345678901234567890.5"), D("0.0"), None], pa.decimal256(60, 1)),
    "tags": [["x", "y"], [], None],
    "address": [{"city": "X", "zip": 1}, {"city": "Y", "zip": 2}, {"city": "Z", "zip": 3}],
    "raw": pa.array([b"\x00" * 4, b"\x01" * 4, None], pa.binary(4)),
    "packed": ["p", "q", "r"],
})
codecs = {name: "snappy" for name in table.column_names}
codecs |= {"packed": "zstd", "note": "gzip", "payer": "none"}
path = pathlib.Path(__file__).with_suffix(".parquet")
pq.write_table(table, path, compression=codecs, row_group_size=2)

# What tests/ui/tables shows faults of.
fees = pa.table({
    "id": ["p1", "p2", "p3", None, "p5"],
    "payer": ["a", "b", "a", "b", "a"],
    "payee": ["b", "a", "b", "a", "ghost, \"B\""],
    "fee": [0.6, None, float("nan"), 1.5, 2.0],
    "tags": [["x"], [], [], [], []],
    "note": ["", "", "", "", ""],
})
tables = path.parent.parent / "ui" / "tables"
for case in ["cells_of_a_parquet_file", "columns_of_another_form"]:
    codecs = {name: "zstd" if name == "note" else "snappy" for name in fees.column_names}
    pq.write_table(fees, tables / case / "fees.parquet", compression=codecs)
