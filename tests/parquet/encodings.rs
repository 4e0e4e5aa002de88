//! All kinds of values, in every way of writing them that is read.

use parquet::basic::{Compression, Encoding};

use super::text;
use super::writing::{Cells, Style, file};

/// Draws numbers, the same on every machine.
pub struct Draw(pub u64);

impl Draw {
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// A column with the text that each cell is read as.
struct Case {
    declared: &'static str,
    cells: Cells,
    wanted: Vec<String>,
}

fn drawn<T>(rows: usize, draw: &mut Draw, mut value: impl FnMut(&mut Draw) -> T) -> Vec<Option<T>> {
    // Long runs of the same, and changes from row to row.
    let mut kept = None;
    (0..rows)
        .map(|row| {
            let calm = row % 700 > 500;
            if calm && kept.is_none() {
                kept = Some(draw.below(2));
            } else if !calm {
                kept = None;
            }
            let empty = kept.map_or_else(|| draw.below(4) == 0, |kept| kept == 0);
            let value = value(draw);
            (!empty).then_some(value)
        })
        .collect()
}

fn texts<T>(all: &[Option<T>], shown: impl Fn(&T) -> String) -> Vec<String> {
    all.iter().map(|one| one.as_ref().map_or_else(String::new, &shown)).collect()
}

fn scaled(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", number.unsigned_abs() / 100, number.unsigned_abs() % 100)
}

fn cases(rows: usize) -> Vec<Case> {
    let draw = &mut Draw(11);
    let truths = drawn(rows, draw, |draw| draw.below(2) == 1);
    let few = drawn(rows, draw, |draw| i32::try_from(draw.below(9)).unwrap() - 4);
    let wide =
        drawn(rows, draw, |draw| u32::try_from(draw.below(1 << 31)).unwrap().wrapping_mul(2_654_435_761));
    let wide: Vec<Option<i32>> = wide.into_iter().map(|one| one.map(u32::cast_signed)).collect();
    let long =
        drawn(rows, draw, |draw| draw.below(1 << 31).wrapping_mul(0x9e37_79b9_7f4a_7c15).cast_signed());
    let doubles = drawn(rows, draw, |draw| {
        format!("{}.{:03}", draw.below(1024), draw.below(1000)).parse::<f64>().unwrap()
    });
    let singles: Vec<Option<f32>> = doubles.iter().map(|one| one.map(|one| one as f32)).collect();
    let words = drawn(rows, draw, |draw| {
        let word = ["", "payer", "payer of old", "päyer", "x"][usize::try_from(draw.below(5)).unwrap()];
        if draw.below(3) == 0 { format!("{word}{}", draw.below(50)) } else { word.to_owned() }
    });
    let bytes: Vec<Option<Vec<u8>>> =
        words.iter().map(|word| word.as_ref().map(|word| word.as_bytes().to_vec())).collect();
    let big: Vec<Option<Vec<u8>>> =
        long.iter().map(|one| one.map(|one| i128::from(one).to_be_bytes()[5..].to_vec())).collect();
    vec![
        Case {
            declared: "boolean truth",
            wanted: texts(&truths, bool::to_string),
            cells: Cells::Truth(truths),
        },
        Case { declared: "int32 few", wanted: texts(&few, i32::to_string), cells: Cells::Short(few) },
        Case {
            declared: "int32 count (INTEGER(32, false))",
            wanted: texts(&wide, |one| one.cast_unsigned().to_string()),
            cells: Cells::Short(wide.clone()),
        },
        Case {
            declared: "int32 scaled (DECIMAL(9, 2))",
            wanted: texts(&wide, |one| scaled(i64::from(*one))),
            cells: Cells::Short(wide),
        },
        Case {
            declared: "int64 wide (DECIMAL(18, 2))",
            wanted: texts(&long, |one| scaled(*one)),
            cells: Cells::Long(long.clone()),
        },
        Case {
            declared: "fixed_len_byte_array(11) big (DECIMAL(25, 2))",
            wanted: texts(&long, |one| scaled(*one)),
            cells: Cells::Fixed(big),
        },
        Case { declared: "int64 long", wanted: texts(&long, i64::to_string), cells: Cells::Long(long) },
        Case {
            declared: "double double",
            wanted: texts(&doubles, f64::to_string),
            cells: Cells::Double(doubles),
        },
        Case {
            declared: "float single",
            wanted: texts(&singles, f32::to_string),
            cells: Cells::Single(singles),
        },
        Case {
            declared: "binary word (STRING)",
            wanted: texts(&words, |word| word.trim().to_owned()),
            cells: Cells::Bytes(bytes),
        },
    ]
}

/// The ways in which values of a column may be written, dictionaries first.
fn encodings(cells: &Cells) -> Vec<Option<Encoding>> {
    let mut all = vec![None, Some(Encoding::PLAIN)];
    all.extend(
        match cells {
            Cells::Truth(_) => vec![Encoding::RLE],
            Cells::Short(_) | Cells::Long(_) => {
                vec![Encoding::DELTA_BINARY_PACKED, Encoding::BYTE_STREAM_SPLIT]
            }
            Cells::Single(_) | Cells::Double(_) => vec![Encoding::BYTE_STREAM_SPLIT],
            Cells::Bytes(_) => vec![Encoding::DELTA_LENGTH_BYTE_ARRAY, Encoding::DELTA_BYTE_ARRAY],
            Cells::Fixed(_) => vec![Encoding::DELTA_BYTE_ARRAY, Encoding::BYTE_STREAM_SPLIT],
            Cells::Old(_) => vec![],
        }
        .into_iter()
        .map(Some),
    );
    all
}

#[test]
fn every_way_of_writing_says_the_same() {
    const ROWS: usize = 2_300;
    let mut read = 0;
    for case in cases(ROWS) {
        let (kind, name) = case.declared.split_once(' ').unwrap();
        let name = name.split(' ').next().unwrap();
        for encoding in encodings(&case.cells) {
            for (second_version, compression) in [
                (false, Compression::UNCOMPRESSED),
                (false, Style::gzip()),
                (true, Compression::SNAPPY),
                (true, Compression::UNCOMPRESSED),
            ] {
                let style = Style { second_version, compression, encoding, group: 1_000, page: 300 };
                let declared = format!("optional {}", case.declared);
                let found = text(&[name], &file(&[(&declared, case.cells.clone())], style));
                let shown = |cell: &String| if cell.is_empty() { "\"\"".to_owned() } else { cell.clone() };
                let wanted: Vec<String> =
                    std::iter::once(name.to_owned()).chain(case.wanted.iter().map(shown)).collect();
                let found: Vec<&str> = found.lines().collect();
                assert_eq!(found.len(), ROWS + 1, "{kind} {name} {style:?}");
                let other = found.iter().zip(&wanted).position(|(found, wanted)| *found != wanted.as_str());
                assert_eq!(
                    other,
                    None,
                    "{kind} {name} {style:?}: {:?}",
                    other.map(|row| (found[row], &wanted[row]))
                );
                read += 1;
            }
        }
    }
    assert_eq!(read, 148);
}

/// Columns whose cells must have a value lie without levels.
#[test]
fn required_columns_are_read() {
    for second_version in [false, true] {
        let style = Style { second_version, group: 2, page: 1, ..Style::PLAIN };
        let old = [[0, 0, 2_440_588], [1_000_000_000, 0, 2_460_371], [0, 10_000, 2_460_371]];
        let bytes = file(
            &[
                ("required int96 old", Cells::Old(old.map(Some).to_vec())),
                ("required binary plain", Cells::texts(&[" a ", "b,c", "d\r\ne"])),
                ("required fixed_len_byte_array(16) id (UUID)", Cells::Fixed(vec![Some(vec![7; 16]); 3])),
            ],
            style,
        );
        let id = "07070707-0707-0707-0707-070707070707";
        assert_eq!(
            text(&["old", "plain", "id"], &bytes),
            format!(
                "old,plain,id\n1970-01-01T00:00:00,a,{id}\n2024-03-01T00:00:01,\"b,c\",{id}\n2024-03-01T11:55:49.672960000,d e,{id}\n"
            )
        );
    }
}
