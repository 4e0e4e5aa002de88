//! Workbooks: what a sheet holds means the same as a text of rows, and no file breaks the reading.

#![cfg(feature = "xlsx")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;
#[path = "common/desk.rs"]
mod desk;

use std::io::{self, Write as _};

use desk::compiled;
use loopc::diagnostic::{Format, render};
use loopc::pipeline::Compilation;
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Workbook};
use serde_json::Value;
use zip::write::SimpleFileOptions;

/// What is wrong, one line each.
fn faults(compilation: &Compilation) -> Vec<String> {
    let faults = compilation.report();
    faults.iter().map(|one| render(one, &compilation.sources, Format::Short).trim_end().to_owned()).collect()
}

/// The report of a model without faults, which verifies.
fn report(text: &str, tables: &[(&'static str, &[u8])]) -> Value {
    let mut compilation = compiled(text, tables, 0);
    let solution = compilation.solve(&[]).unwrap_or_else(|| panic!("{:?}", faults(&compilation)));
    let written = compilation.written(&solution, &[]);
    let value: Value = serde_json::from_str(&loopc::report::json(&written)).unwrap();
    let verified = compiled(text, tables, 0).verify(&value);
    assert!(verified.faults.is_empty(), "{:?}", verified.faults);
    value
}

const MODEL: &str = "currency EUR
participant a: business
participant b: business
import flows from \"t.xlsx\" { medium: cash, name: id, from: payer, to: payee, cost: fee * EUR, revenue: gain * EUR }
loop best
";

const TABLE: &str = "id,payer,payee,fee,gain\nout,a,b,0.1,0.7\nback,b,a,2.50,1e1\n";

/// A workbook of one sheet; what is a number stands there as one.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            match cell.parse::<f64>() {
                Ok(number) => drop(sheet.write_number(row, column, number).unwrap()),
                Err(_) if cell.is_empty() => {}
                Err(_) => drop(sheet.write_string(row, column, *cell).unwrap()),
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn rows_of(text: &str) -> Vec<Vec<&str>> {
    text.lines().map(|line| line.split(',').collect()).collect()
}

fn workbook_of(text: &str) -> Vec<u8> {
    let rows = rows_of(text);
    workbook(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// A workbook whose parts are given, in place of those that a program writes.
fn parts(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A sheet as XML, in a workbook that is otherwise whole.
fn sheet(data: &str, strings: &str) -> Vec<u8> {
    parts(&[
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"s.xml\"/>
            <Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>",
        ),
        ("xl/sharedStrings.xml", strings),
        ("xl/s.xml", data),
    ])
}

#[test]
fn a_workbook_says_what_a_text_says() {
    let wanted = report(&MODEL.replace(".xlsx", ".csv"), &[("t.csv", TABLE.as_bytes())]);
    let found = report(MODEL, &[("t.xlsx", &workbook_of(TABLE))]);
    assert_eq!(found["analyses"], wanted["analyses"]);
    assert_eq!(found["model"]["participants"], wanted["model"]["participants"]);
    assert_ne!(found["model"]["files"], wanted["model"]["files"]);
    // Its digest is that of the file, not of the rows.
    let other = workbook_of(&TABLE.replace("0.7", "0.8"));
    let changed = compiled(MODEL, &[("t.xlsx", &other)], 0);
    let file = changed.sources.iter().last().unwrap().1;
    assert_eq!(file.bytes(), other);
}

#[test]
fn empty_rows_columns_and_notes_beside_change_nothing() {
    let wanted = report(MODEL, &[("t.xlsx", &workbook_of(TABLE))]);
    for text in [
        ",,\n\nid,payer,payee,fee,gain\nout,a,b,0.1,0.7\n,,,,\nback,b,a,2.5,10\n,,\n",
        ",id,payer,,payee,fee,gain\n,out,a,,b,0.1,0.7,a note\n,back,b,,a,2.5,10\n,,,,,,,another note\n",
    ] {
        let found = report(MODEL, &[("t.xlsx", &workbook_of(text))]);
        assert_eq!(found["analyses"], wanted["analyses"], "{text}");
    }
}

#[test]
fn rows_are_called_by_the_rows_of_the_sheet() {
    let model = MODEL.replace("name: id, ", "");
    let table = "\n\npayer,payee,fee,gain\na,b,1,2\n\nb,a,1,2\n";
    let found = report(&model, &[("t.xlsx", &workbook_of(table))]);
    let hops = found["analyses"][0]["loops"][0]["hops"].as_array().unwrap();
    let names: Vec<&str> = hops.iter().map(|hop| hop["flow"].as_str().unwrap()).collect();
    assert_eq!(names, ["t:4", "t:6"]);
}

#[test]
fn cells_are_what_people_see() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let day = Style::new().set_num_format("yyyy-mm-dd");
    for (column, name) in (0..).zip(["id", "payer", "payee", "fee\ncharged", "gain", "on", "ok", "part"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    for (row, (id, payer, payee)) in (1..).zip([("out", "a", "b"), ("back", "b", "a"), ("no", "a", "b")]) {
        sheet.write_string(row, 0, id).unwrap();
        sheet.write_string(row, 1, payer).unwrap();
        sheet.write_string(row, 2, payee).unwrap();
        sheet.write_formula(row, 3, Formula::new("=0.1+0.2").set_result("0.30000000000000004")).unwrap();
        sheet.write_number(row, 4, 1.0).unwrap();
        let date = ExcelDateTime::from_ymd(2024, 3, u8::try_from(row).unwrap()).unwrap();
        sheet.write_with_format(row, 5, &date, &day).unwrap();
        sheet.write_boolean(row, 6, row < 3).unwrap();
        sheet.write_string(row, 7, "5, \"x\"").unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let model = MODEL
        .replace("fee * EUR", "'fee charged' * EUR")
        .replace("name: id", "name: id, label: part, where: ok == \"TRUE\" and on != \"2024-03-03\"");
    let found = report(&model, &[("t.xlsx", &bytes)]);
    assert_eq!(found["model"]["flows"], 2);
    let hops = &found["analyses"][0]["loops"][0]["hops"];
    assert_eq!(hops[0]["cost"]["exact"], "3/10");
    let other = model.replace("2024-03-03", "2024-03-02").replace("loop best", "closure whole");
    assert_eq!(report(&other, &[("t.xlsx", &bytes)])["model"]["flows"], 1);
}

#[test]
fn bad_cells_are_called_as_spreadsheets_call_them() {
    let bytes = sheet(
        "<worksheet><sheetData>
        <row r='2'><c r='B2' t='s'><v>0</v></c><c r='C2' t='inlineStr'><is><t>fee</t></is></c></row>
        <row r='4'><c r='B4' t='str'><v>a,&amp;b</v></c><c r='C4' t='e'><v>#DIV/0!</v></c></row>
        <row><c r='B5' t='str'><v>x</v></c><c><f>B5*2</f></c></row>
        <row><c r='B6' t='e'><v>#N/A</v></c><c><v>5.0000000000000001E-2</v></c></row>
        <row r='9'><c r='B9' t='str'><v>fine</v></c><c><v>2</v></c></row>
        </sheetData></worksheet>",
        "<sst uniqueCount='99999999999999'><si><r><t>na</t></r><r><t>me</t></r><rPh><t>zzz</t></rPh></si></sst>",
    );
    let model = "currency EUR\nimport params from \"t.xlsx\" { name: name, value: fee * EUR }\n";
    assert_eq!(
        faults(&compiled(model, &[("t.xlsx", &bytes)], 0)),
        [
            "t.xlsx:S!C4: error[L0906]: `#DIV/0!` in column `fee` is no number",
            "t.xlsx:S!C5: error[L0906]: `=B5*2` in column `fee` is no number",
            "t.xlsx:S!B6: error[L0908]: `#N/A` in column `name` is an error, and no name",
        ]
    );
    let left = compiled(model, &[("t.xlsx", &bytes)], 3);
    assert!(!left.has_errors(), "{:?}", faults(&left));
}

#[test]
fn sheets_are_chosen_by_name() {
    let mut book = Workbook::new();
    for (name, fee) in [("Hidden", 1.0), ("First", 2.0), ("Other one", 3.0)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        if name == "Hidden" {
            sheet.set_hidden(true);
        }
        if name == "First" {
            sheet.set_active(true);
        }
        sheet.write_row(0, 0, ["key", "fee"]).unwrap();
        sheet.write(1, 0, "p").unwrap();
        sheet.write(1, 1, fee).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let model = |sheet: &str| {
        format!(
            "currency EUR\nparticipant a: business\nparticipant b: business\nimport params from \"t.xlsx\" {{ name: key, value: fee * EUR{sheet} }}
cash flow out: a -> b {{ cost: p, revenue: 12 EUR }}\ncash flow back: b -> a {{ cost: p, revenue: 12 EUR }}\nloop best\n"
        )
    };
    let cost = |text: &str| {
        let found = report(text, &[("t.xlsx", &bytes)]);
        found["analyses"][0]["loops"][0]["hops"][0]["cost"]["exact"].as_str().unwrap().to_owned()
    };
    assert_eq!(cost(&model("")), "2");
    assert_eq!(cost(&model(", sheet: \"Hidden\"")), "1");
    let two = format!(
        "{}import params from \"t.xlsx\" {{ name: key, value: fee * EUR, sheet: \"Other one\", where: fee > 9 }}\n",
        model("")
    );
    assert!(faults(&compiled(&two, &[("t.xlsx", &bytes)], 0))[0].contains("warning[L0907]"));
    let told = |sheet: &str| compiled(&model(sheet), &[("t.xlsx", &bytes)], 0).report();
    let wrong = told(", sheet: \"Other on\"");
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert_eq!(wrong[0].code.name(), "L0915");
    assert_eq!(wrong[0].help, ["did you mean `Other one`?", "the sheets are `Hidden`, `First`, `Other one`"]);
    assert_eq!(told(", sheet: 3")[0].code.name(), "L0415");
    assert_eq!(told(", delimiter: \";\"")[0].code.name(), "L0403");
}

/// A workbook that openpyxl 3.1.5 wrote: no results of formulas, an empty row, a sheet before the one meant.
#[test]
fn the_workbook_of_another_program_is_read() {
    let bytes = std::fs::read("tests/workbooks/openpyxl.xlsx").unwrap();
    let model = MODEL.replace(
        "name: id",
        "name: id, sheet: \"Fees\", where: 'paid on' == \"2024-03-01\" or id == \"back\"",
    );
    let found = report(&model, &[("t.xlsx", &bytes)]);
    let wanted = report(&MODEL.replace(".xlsx", ".csv"), &[("t.csv", TABLE.as_bytes())]);
    assert_eq!(found["analyses"], wanted["analyses"]);
    let all = MODEL.replace("name: id", "name: id, sheet: \"Fees\"");
    let told = faults(&compiled(&all, &[("t.xlsx", &bytes)], 0));
    assert_eq!(told, ["t.xlsx:Fees!D7: error[L0906]: `=D2*2` in column `fee` is no number"]);
}

fn one_code(bytes: &[u8]) -> &'static str {
    let found = compiled(MODEL, &[("t.xlsx", bytes)], 0);
    let told = found.report();
    assert_eq!(told.len(), 1, "{:?}", faults(&found));
    told[0].code.name()
}

#[test]
fn what_is_no_workbook_is_refused() {
    let whole = workbook_of(TABLE);
    let row = |cell: &str| format!("<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>");
    let text = "x".repeat(3_000_000);
    let long = format!("<sst><si><t>{text}</t></si></sst>");
    let many = row(&"<c t='s'><v>0</v></c>".repeat(500));
    for (what, bytes) in [
        ("a text", TABLE.as_bytes().to_vec()),
        ("nothing", Vec::new()),
        ("an older workbook", vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        ("half", whole[..whole.len() / 2].to_vec()),
        ("another archive", parts(&[("a.txt", "a")])),
        ("no sheets", parts(&[("xl/workbook.xml", "<workbook/>")])),
        ("a sheet cut off", sheet("<worksheet><sheetData><row>", "")),
        ("a column beyond the last", sheet(&row("<c r='XFE1'><v>1</v></c>"), "")),
        ("a very long column", sheet(&row("<c r='ZZZZZZZZZZZZZZ1'><v>1</v></c>"), "")),
        (
            "a row beyond the last",
            sheet("<worksheet><sheetData><row r='1048577'/></sheetData></worksheet>", ""),
        ),
        ("no row", sheet("<worksheet><sheetData><row r='0'/></sheetData></worksheet>", "")),
        (
            "rows that go back",
            sheet("<worksheet><sheetData><row r='5'/><row r='2'/></sheetData></worksheet>", ""),
        ),
        ("a text that is not there", sheet(&row("<c t='s'><v>7</v></c>"), "<sst/>")),
        ("one text very often", sheet(&many, &long)),
        ("an empty sheet", sheet("<worksheet><dimension ref='A1:XFD1048576'/><sheetData/></worksheet>", "")),
    ] {
        assert_eq!(one_code(&bytes), "L0902", "{what}");
    }
}

#[test]
fn an_archive_that_unpacks_without_end_is_refused() {
    let mut archive = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    archive.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
    archive.write_all(b"<workbook>").unwrap();
    let spaces = vec![b'\n'; 1 << 24];
    for _ in 0..65 {
        archive.write_all(b"<a/>").unwrap();
        archive.write_all(&spaces).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 4_000_000);
    let told = faults(&compiled(MODEL, &[("t.xlsx", &bytes)], 0));
    assert_eq!(told, ["m.loop:4:19: error[L0902]: `t.xlsx` unpacks to more than 1 GiB"]);
}

/// A cell at the far end of a sheet takes the memory of one cell.
#[test]
fn a_large_sheet_of_few_cells_is_small() {
    let far = "<worksheet><sheetData><row r='1'><c r='XFD1'><v>1</v></c></row>
        <row r='1048576'><c r='XFD1048576'><v>2</v></c></row></sheetData></worksheet>";
    let model = "currency EUR\nimport params from \"t.xlsx\" { name: '1', value: '1' * EUR }\n";
    let found = compiled(model, &[("t.xlsx", &sheet(far, ""))], 0);
    assert!(found.sources.iter().all(|(_, file)| file.text.len() < 1_200_000));
}

/// Bytes changed and cut at many places: an answer or a fault with a code, each time.
#[test]
fn damaged_workbooks_are_read_or_refused() {
    let whole = workbook_of(TABLE);
    let stored = {
        let mut archive = zip::ZipArchive::new(io::Cursor::new(whole.as_slice())).unwrap();
        let mut out = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).unwrap();
            let name = part.name().unwrap().to_string();
            let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            out.start_file(name, options).unwrap();
            io::copy(&mut part, &mut out).unwrap();
        }
        out.finish().unwrap().into_inner()
    };
    let mut refused = 0;
    for bytes in [&whole, &stored] {
        let mut state = 7_usize;
        for round in 0..600 {
            let mut damaged = bytes.clone();
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let place = (state >> 20) % damaged.len();
            match round % 3 {
                0 => damaged[place] ^= 1 << (round % 8),
                1 => damaged[place] = b'9',
                _ => damaged.truncate(place),
            }
            let found = compiled(MODEL, &[("t.xlsx", &damaged)], 0);
            refused += usize::from(found.has_errors());
        }
    }
    assert!(refused > 400, "{refused}");
}
