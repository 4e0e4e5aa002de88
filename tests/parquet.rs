//! Parquet files: what their columns hold means the same as a text of rows, and no file breaks the reading.

#![cfg(feature = "parquet")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "parquet/by_hand.rs"]
mod by_hand;
#[path = "common/desk.rs"]
mod desk;
#[path = "parquet/encodings.rs"]
mod encodings;
#[path = "parquet/hostile.rs"]
mod hostile;
#[path = "parquet/writing.rs"]
mod writing;

use loopc::diagnostic::{Format, render};
use loopc::pipeline::Compilation;
use peak_alloc::PeakAlloc;
use serde_json::Value;
use writing::{Cells, Style, file};

/// Counts the bytes that are held, and the most that ever were.
#[global_allocator]
static HELD: PeakAlloc = PeakAlloc;

fn compiled(text: &str, table: (&'static str, &[u8]), most_bad_rows: usize) -> Compilation {
    desk::compiled(text, &[table], most_bad_rows)
}

/// What is wrong, one line each.
fn faults(compilation: &Compilation) -> Vec<String> {
    let faults = compilation.report();
    faults.iter().map(|one| render(one, &compilation.sources, Format::Short).trim_end().to_owned()).collect()
}

/// The report of a model without faults, which verifies.
fn report(text: &str, table: (&'static str, &[u8])) -> Value {
    let mut compilation = compiled(text, table, 0);
    let solution = compilation.solve(&[]).unwrap_or_else(|| panic!("{:?}", faults(&compilation)));
    let written = compilation.written(&solution, &[]);
    let value: Value = serde_json::from_str(&loopc::report::json(&written)).unwrap();
    let verified = compiled(text, table, 0).verify(&value);
    assert!(verified.faults.is_empty(), "{:?}", verified.faults);
    value
}

/// The text that a table is read as, with the columns that a model of params names.
fn text(names: &[&str], bytes: &[u8]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("'{name}' != \"\"")).collect();
    let model =
        format!("import params from \"t.parquet\" {{ name: x, value: 1, where: {} }}\n", names.join(" or "));
    let found = compiled(&model, ("t.parquet", bytes), 0);
    found.sources.iter().nth(1).unwrap_or_else(|| panic!("{:?}", faults(&found))).1.text.clone()
}

const MODEL: &str = "currency EUR
participant a: business
participant b: business
import flows from \"t.parquet\" { medium: cash, name: id, from: payer, to: payee, cost: fee * EUR, revenue: gain * EUR }
loop best
";

/// The bytes of a whole number as a decimal has them: the highest first, as few as hold it.
fn unscaled(number: i64) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let start = (0..7).find(|place| (bytes[*place], bytes[place + 1] >> 7) != (0, 0)).unwrap_or(7);
    bytes[start..].to_vec()
}

/// `out,a,b,0.1,0.7` and `back,b,a,2.50,1e1`, and a column beside.
fn table(style: Style) -> Vec<u8> {
    let fee = Cells::Bytes(vec![Some(unscaled(10)), Some(unscaled(250))]);
    file(
        &[
            ("required binary id (STRING)", Cells::texts(&["out", "back"])),
            ("required binary beside (STRING)", Cells::texts(&["x", "y"])),
            ("optional binary payer (ENUM)", Cells::texts(&["a", "b"])),
            ("optional binary payee (JSON)", Cells::texts(&["b", "a"])),
            ("optional binary fee (DECIMAL(9, 2))", fee),
            ("optional double gain", Cells::Double(vec![Some(0.7), Some(10.0)])),
        ],
        style,
    )
}

#[test]
fn a_parquet_file_says_what_a_text_says() {
    let csv = "id,payer,payee,fee,gain\nout,a,b,0.1,0.7\nback,b,a,2.50,1e1\n";
    let wanted = report(&MODEL.replace(".parquet", ".csv"), ("t.csv", csv.as_bytes()));
    let bytes = table(Style::PLAIN);
    let found = report(MODEL, ("t.parquet", &bytes));
    assert_eq!(found["analyses"], wanted["analyses"]);
    assert_eq!(found["model"]["participants"], wanted["model"]["participants"]);
    assert_ne!(found["model"]["files"], wanted["model"]["files"]);
    // Its digest is that of the file, and its text has what is asked for.
    let read = compiled(MODEL, ("t.parquet", &bytes), 0);
    let source = read.sources.iter().last().unwrap().1;
    assert_eq!(source.bytes(), bytes);
    assert_eq!(source.text, "id,payer,payee,fee,gain\nout,a,b,0.10,0.7\nback,b,a,2.50,10\n");
}

#[test]
fn rows_are_called_by_their_numbers() {
    let model = MODEL.replace("name: id, ", "");
    let found = report(&model, ("t.parquet", &table(Style::PLAIN)));
    let hops = found["analyses"][0]["loops"][0]["hops"].as_array().unwrap();
    let names: Vec<&str> = hops.iter().map(|hop| hop["flow"].as_str().unwrap()).collect();
    assert_eq!(names, ["t:1", "t:2"]);
}

#[test]
fn rows_count_where_no_column_is_named() {
    let model = "currency EUR\nparticipant a: business\nparticipant b: business
import flows from \"t.parquet\" { medium: cash, from: a, to: b, cost: 1 EUR }
cash flow back: b -> a { revenue: 3 EUR }\nloop best\n";
    assert_eq!(report(model, ("t.parquet", &table(Style::PLAIN)))["model"]["flows"], 3);
}

#[test]
fn bad_cells_are_called_by_row_and_column() {
    let mut fees: Vec<Option<f64>> = (0..20).map(|row| Some(f64::from(row))).collect();
    fees[3] = None;
    fees[4] = Some(f64::NAN);
    let names: Vec<String> = (0..20).map(|row| format!("p{row}")).collect();
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names[13] = "";
    let of = |fees: Vec<Option<f64>>| {
        let columns = [
            ("optional double fee", Cells::Double(fees)),
            ("required binary key (UTF8)", Cells::texts(&names)),
        ];
        file(&columns, Style { group: 6, ..Style::PLAIN })
    };
    let model = "currency EUR\nimport params from \"t.parquet\" { name: key, value: fee * EUR }\n";
    let bytes = of(fees.clone());
    assert_eq!(
        faults(&compiled(model, ("t.parquet", &bytes), 0)),
        [
            "t.parquet: row 4, column fee: error[L0906]: the cell in column `fee` is empty, and a number is expected",
            "t.parquet: row 5, column fee: error[L0906]: `NaN` in column `fee` is no number",
            "t.parquet: row 14, column key: error[L0908]: the name in column `key` is empty",
        ]
    );
    assert!(!compiled(model, ("t.parquet", &bytes), 3).has_errors());
    // The drawing has the row's number beside it, and so has the place for machines.
    let found = compiled(model, ("t.parquet", &bytes), 0);
    let first = &found.report()[0];
    let drawn = render(first, &found.sources, loopc::diagnostic::Format::Json);
    let drawn: Value = serde_json::from_str(&drawn).unwrap();
    assert_eq!(drawn["labels"][0]["start"]["line"], 4);
    assert_eq!(drawn["labels"][0]["cell"], "row 4, column fee");
    // All are counted, and ten are shown.
    fees.iter_mut().for_each(|fee| *fee = Some(f64::INFINITY));
    let told = faults(&compiled(model, ("t.parquet", &of(fees)), 0));
    assert_eq!(told.len(), 11, "{told:?}");
    assert!(told.iter().any(|one| one.ends_with("20 of 20 rows of `t.parquet` are bad")), "{told:?}");
}

#[test]
fn columns_that_no_cell_can_be_are_refused_where_they_are_named() {
    let bytes = std::fs::read("tests/parquet/by_pyarrow.parquet").unwrap();
    for (name, wanted) in [
        ("tags", "the column `tags` is a group of columns: columns of this form are not read"),
        ("address", "the column `address` is a group of columns: columns of this form are not read"),
        ("packed", "the column `packed` is packed with ZSTD: columns of this form are not read"),
        ("pack", "the table has no column `pack`"),
    ] {
        for key in ["name: id, label", "name"] {
            let model = MODEL.replace("name: id", &format!("{key}: {name}, where: id == \"out\""));
            let told = faults(&compiled(&model, ("t.parquet", &bytes), 0));
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].ends_with(wanted), "{told:?}");
        }
        let model = MODEL.replace("fee * EUR", &format!("{name} * EUR"));
        let found = compiled(&model, ("t.parquet", &bytes), 0);
        assert!(faults(&found).iter().any(|told| told.contains(wanted)), "{:?}", faults(&found));
    }
    let found = compiled(&MODEL.replace("fee *", "fees *"), ("t.parquet", &bytes), 0);
    let help = found.report()[0].help.join("\n");
    assert!(help.contains("`fee`") && help.contains("`paid on`") && !help.contains("`tags`"), "{help}");
    for (declared, cells, wanted) in [
        ("repeated int32 x", Cells::Short(vec![]), "has lists of values"),
        (
            "required fixed_len_byte_array(2) x (FLOAT16)",
            Cells::Fixed(vec![]),
            "has values of the type FLOAT16",
        ),
        ("required fixed_len_byte_array(12) x (INTERVAL)", Cells::Fixed(vec![]), "type INTERVAL"),
        ("required binary x (BSON)", Cells::Bytes(vec![]), "has values of the type BSON"),
    ] {
        let told = faults(&compiled(MODEL, ("t.parquet", &file(&[(declared, cells)], Style::PLAIN)), 0));
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("L0914") && told[0].contains(wanted), "{told:?}");
    }
}

/// Each attribute that is not of such a file is refused.
#[test]
fn sheets_and_delimiters_are_of_other_files() {
    let bytes = table(Style::PLAIN);
    for (attribute, wanted) in [
        ("sheet: \"A\"", "`t.parquet` has no sheets: it is a Parquet file"),
        ("delimiter: \";\"", "`t.parquet` has no delimiter: it is a Parquet file"),
    ] {
        let model = MODEL.replace("name: id", &format!("name: id, {attribute}"));
        let told = faults(&compiled(&model, ("t.parquet", &bytes), 0));
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("L0403") && told[0].ends_with(wanted), "{told:?}");
    }
}

/// A file that pyarrow wrote (`by_pyarrow.py` says how): dictionaries, three codecs, two groups, all kinds of cells.
#[test]
fn the_file_of_another_program_is_read() {
    let bytes = std::fs::read("tests/parquet/by_pyarrow.parquet").unwrap();
    let names = ["id", "payer", "fee", "gain", "short", "paid on", "at", "since", "hour", "count", "small"];
    assert_eq!(
        text(&names, &bytes),
        "id,payer,fee,gain,short,paid on,at,since,hour,count,small
out,a,0.10,0.7,0.1,2024-03-01,2024-03-01T12:30:00,2024-03-01T12:30:00Z,12:30:00,18446744073709551615,-128
,b,,NaN,-2.5,1969-12-31,,1970-01-01T00:00:00Z,23:59:59.000005,0,127
back,b,2.50,10,,,2024-03-01T00:00:00.000250,1969-12-31T23:59:59.999Z,,,
"
    );
    assert_eq!(
        text(&["ok", "note", "none", "wide"], &bytes),
        "ok,note,none,wide
true,\"a, \"\"b\"\"\",,-123456789012345678901234567890.5
false,two lines,,0.0
,,,
"
    );
    // A row of one empty cell is a row.
    assert_eq!(text(&["none"], &bytes), "none\n\"\"\n\"\"\n\"\"\n");
    let model = MODEL.replace("name: id", "name: id, where: id != \"\"");
    let wanted = report(MODEL, ("t.parquet", &table(Style::PLAIN)));
    assert_eq!(report(&model, ("t.parquet", &bytes))["analyses"], wanted["analyses"]);
}
