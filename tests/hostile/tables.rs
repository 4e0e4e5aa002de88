//! Tables made to break an import: cells without end, what is no file, and files that change.

use std::cell::Cell;
use std::io;
use std::path::{Path, PathBuf};

use super::draw;
use super::files::{Folder, run};
use crate::common::codes;
use loopc::pipeline::{Compilation, Options, compile_with};
use loopc::source::{Files, SourceFile};

const MODEL: &str = "currency EUR
participant a: business
participant b: business
import flows from \"t.csv\" { medium: cash, name: id, from: payer, to: payee, cost: fee * EUR, revenue: 2 EUR }
loop best
";

/// A file whose content is another each time that it is read, and whose size is not that of any.
struct Changing {
    reads: Cell<usize>,
    contents: Vec<Vec<u8>>,
}

impl Files for Changing {
    fn read(&self, _: &Path) -> io::Result<Vec<u8>> {
        let read = self.reads.replace(self.reads.get() + 1);
        Ok(self.contents[read.min(self.contents.len() - 1)].clone())
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        let here = std::env::current_dir()?.canonicalize()?;
        Ok(if path == Path::new(".") { here } else { here.join(path) })
    }

    fn size(&self, _: &Path) -> Option<u64> {
        Some(1 << 50)
    }
}

fn compiled(model: &str, contents: &[&[u8]]) -> Compilation {
    let contents = contents.iter().map(|content| content.to_vec()).collect();
    let main = (PathBuf::from("m.loop"), SourceFile::from_text("m.loop".to_owned(), model.to_owned()));
    compile_with(main, Options::default(), &Changing { reads: Cell::new(0), contents })
}

fn found(model: &str, contents: &[&[u8]]) -> Vec<String> {
    let compilation = compiled(model, contents);
    let diagnostics = compilation.report();
    draw(&diagnostics, &compilation.sources);
    codes(&diagnostics).into_iter().collect()
}

/// A hundred megabytes in one cell: named where they are a fault, and drawn no wider than a person reads.
#[test]
fn a_cell_without_end() {
    const SIZE: usize = 100_000_000;
    for (letter, size) in [("x", SIZE), ("\n", SIZE), ("7", SIZE / 10), ("\"\"", SIZE / 10)] {
        let fee = format!("\"{}\"", letter.repeat(size / letter.len()));
        let table = format!("id,payer,payee,fee\nout,a,b,{fee}\nback,b,a,1\n");
        assert_eq!(found(MODEL, &[table.as_bytes()]), ["L0906"], "{letter:?}");
    }
    let wide = "x".repeat(SIZE);
    let as_name = format!("id,payer,payee,fee\nout,{wide},b,1\n");
    assert_eq!(found(MODEL, &[as_name.as_bytes()]), ["L0202"]);
    let wide = &wide[..SIZE / 10];
    let as_heading = format!("id,payer,payee,{wide}\nout,a,b,1\n");
    assert_eq!(found(MODEL, &[as_heading.as_bytes()]), ["L0901"]);
    let unclosed = format!("id,payer,payee,fee\nout,a,b,1\nback,b,a,\"{wide}");
    assert_eq!(found(MODEL, &[unclosed.as_bytes()]), ["L0904"]);
}

#[test]
fn what_is_no_file() {
    let folder = Folder::new("tables");
    folder.write("m.loop", MODEL);
    std::fs::create_dir(folder.0.join("t.csv")).unwrap();
    assert_eq!(folder.codes("m.loop"), ["L0208"]);
    std::fs::remove_dir(folder.0.join("t.csv")).unwrap();
    for ending in ["xlsx", "parquet"] {
        folder.write("m.loop", &MODEL.replace("csv", ending));
        std::fs::create_dir(folder.0.join(format!("t.{ending}"))).unwrap();
        assert_eq!(folder.codes("m.loop"), ["L0208"]);
    }
}

/// A link may lead anywhere within the project, and nowhere else.
#[cfg(unix)]
#[test]
fn links_out_of_the_project() {
    let (folder, other) = (Folder::new("fence"), Folder::new("beyond"));
    let table = "id,payer,payee,fee\nout,a,b,1\nback,b,a,1\n";
    other.write("t.csv", table);
    folder.write("own.csv", table);
    folder.write("m.loop", MODEL);
    let link = folder.0.join("t.csv");
    for (to, wanted) in [
        (other.0.join("t.csv"), vec!["L0210"]),
        (PathBuf::from("own.csv"), vec![]),
        (PathBuf::from("t.csv"), vec!["L0208"]),
        (PathBuf::from("nowhere.csv"), vec!["L0208"]),
    ] {
        std::os::unix::fs::symlink(&to, &link).unwrap();
        assert_eq!(run(&folder.0.join("m.loop")), wanted, "{}", to.display());
        std::fs::remove_file(&link).unwrap();
    }
    // So is it with a folder on the way.
    std::os::unix::fs::symlink(&other.0, folder.0.join("inner")).unwrap();
    folder.write("m.loop", &MODEL.replace("t.csv", "inner/t.csv"));
    assert_eq!(run(&folder.0.join("m.loop")), ["L0210"]);
}

/// A file that is cut off while it is read is what was read of it.
#[test]
fn a_table_that_is_cut_off() {
    let table = "id,payer,payee,fee\nout,a,b,1\nback,b,a,\"1\"\n".as_bytes();
    for end in 0..table.len() {
        let compilation = compiled(MODEL, &[&table[..end]]);
        let diagnostics = compilation.report();
        assert_eq!(compilation.has_errors(), !is_whole(&table[..end]), "{end}");
        draw(&diagnostics, &compilation.sources);
    }
}

/// Whether a text ends where a row of the table does.
fn is_whole(text: &[u8]) -> bool {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    [&b",fee"[..], b",a,b,1", b",\"1\""].iter().any(|end| text.ends_with(end))
}

/// However often a table is imported, and whatever becomes of it: all rows are of one reading.
#[test]
fn a_table_that_changes() {
    let first = "id,payer,payee,fee\nout,a,b,1\nback,b,a,1\n".as_bytes();
    let second = "key,what\nelse,entirely\n".as_bytes();
    let twice = MODEL.replace(
        "loop best",
        "import flows from \"t.csv\" { medium: cash, from: payer, to: payee, cost: fee * EUR, revenue: 1 EUR }\nloop best",
    );
    let compilation = compiled(&twice, &[first, second]);
    assert!(!compilation.has_errors());
    assert_eq!(compilation.sources.iter().count(), 2);
    assert_eq!(found(&twice, &[second, first]), ["L0901"]);
}

/// Numbers of many digits are exact, as far as there is room; and only those that are written as numbers.
#[test]
fn numbers_at_the_edges() {
    for (fee, wanted) in [
        ("1e400", vec![]),
        ("1e-400", vec![]),
        ("1e10001", vec!["L0906"]),
        ("1e99999999999999999999", vec!["L0906"]),
        ("\"1,234.50\"", vec!["L0906"]),
        ("1 234.50", vec!["L0906"]),
        ("1_000", vec!["L0906"]),
        ("１２", vec!["L0906"]),
        ("NaN", vec!["L0906"]),
        ("inf", vec!["L0906"]),
        ("0x10", vec!["L0906"]),
        ("--1", vec!["L0906"]),
        ("1e", vec!["L0906"]),
        (".5", vec!["L0906"]),
        ("−1", vec!["L0906"]),
    ] {
        let table = format!("id,payer,payee,fee\nout,a,b,{fee}\nback,b,a,1\n");
        assert_eq!(found(MODEL, &[table.as_bytes()]), wanted, "{fee}");
    }
}

/// What a table may lack, and have too much of.
#[test]
fn tables_of_other_shapes() {
    for (table, wanted) in [
        ("", vec!["L0902"]),
        ("\n\n\n", vec!["L0902"]),
        ("\u{feff}", vec!["L0902"]),
        ("id,payer,payee,fee", vec!["L0502", "L0907"]),
        ("id,payer,payee,fee\n\n\r\n", vec!["L0502", "L0907"]),
        ("id,payer,payee,fee,fee\nout,a,b,1,1\n", vec!["L0903"]),
        ("id,payer,payee,fee,note,note\nout,a,b,1,1,1\nback,b,a,1,1,1\n", vec![]),
        ("id,payer,payee,fee\nout,a,b\nback,b,a,1,1\n", vec!["L0905"]),
        ("id,payer,payee,\"fee\nout,a,b,1\n", vec!["L0904"]),
        ("id,payer,payee,fee\n\"out,a,b,1\nback,b,a,1\n", vec!["L0904"]),
        ("id,payer,payee,fee\rout,a,b,1\rback,b,a,1\r", vec!["L0902"]),
    ] {
        assert_eq!(found(MODEL, &[table.as_bytes()]), wanted, "{table:?}");
    }
}
