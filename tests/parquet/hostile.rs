//! Files made to break the reading: each is read or refused with its code, in little memory, and nothing panics.

use std::sync::{Mutex, MutexGuard};

use parquet::basic::{Compression, Encoding};

use super::by_hand::{
    BYTES, INT64, Said, TRUTH, data, dictionary, ended, footer, group, leaf, one_column, page, rows, varint,
};
use super::encodings::Draw;
use super::writing::Style;
use super::{HELD, MODEL, compiled, faults, table};

/// Those that count what is held run one after the other.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

const PARAMS: &str = "import params from \"t.parquet\" { name: x, value: 1 }\n";

/// What is said of a file of one column.
fn told(bytes: &[u8]) -> Vec<String> {
    faults(&compiled(PARAMS, ("t.parquet", bytes), 0))
}

fn refused(what: &str, bytes: &[u8], code: &str) {
    let found = told(bytes);
    assert_eq!(found.len(), 1, "{what}: {found:?}");
    assert!(found[0].contains(code), "{what}: {found:?}");
}

/// What is made here by hand is read where it says what is true.
#[test]
fn a_file_by_hand_is_read() {
    let texts = [4_u32.to_le_bytes().to_vec(), b"path".to_vec()].concat();
    let pages = [dictionary(1, &texts), data(3, 8, &[0, 6])].concat();
    let found = compiled(PARAMS, ("t.parquet", &one_column(leaf(BYTES, false), (3, 0), &pages)), 2);
    assert_eq!(found.sources.iter().last().unwrap().1.text, "x\npath\npath\npath\n");
    // Another program cuts the last run off.
    let truths = data(9, 0, &[0b0101_0101, 1]);
    let found = compiled(PARAMS, ("t.parquet", &one_column(leaf(TRUTH, false), (9, 0), &truths)), 9);
    let text = &found.sources.iter().last().unwrap().1.text;
    assert_eq!(text.matches("true").count(), 5, "{text}");
}

#[test]
fn claims_about_the_file_are_held_against_it() {
    let whole = table(Style::PLAIN);
    let size = whole.len();
    let chunk = |said: &[(u8, Said)]| {
        let schema = Said::Structs(vec![group(1), leaf(INT64, false)]);
        ended(&[0; 64], &footer(schema, Said::Structs(vec![rows(1, said)])))
    };
    let deep: Vec<Vec<u8>> = (0..300_000).map(|_| group(1)).collect();
    let no_groups = || Said::Structs(Vec::new());
    for (what, bytes, code) in [
        ("a text", b"id,payer\nout,a\n".to_vec(), "L0902"),
        ("nothing", Vec::new(), "L0902"),
        ("its first bytes alone", b"PAR1".to_vec(), "L0902"),
        ("its ends alone", b"PAR1\0\0\0\0PAR1".to_vec(), "L0902"),
        ("half", whole[..size / 2].to_vec(), "L0902"),
        ("without its beginning", whole[1..].to_vec(), "L0902"),
        ("encrypted", [&whole[..size - 4], b"PARE"].concat(), "L0914"),
        ("more at its end than it has", [&whole[..size - 8], &[0, 0, 0, 1], b"PAR1"].concat(), "L0902"),
        ("very much at its end", [&whole[..size - 8], &[0xff; 4], b"PAR1"].concat(), "L0902"),
        ("groups in groups", ended(&[], &footer(Said::Structs(deep), no_groups())), "L0902"),
        (
            "more columns than bytes",
            ended(&[], &footer(Said::Structs(vec![group(i64::from(i32::MAX))]), no_groups())),
            "L0902",
        ),
        ("a list without end", ended(&[], &footer(Said::Claim(u64::MAX >> 1), no_groups())), "L0902"),
        (
            "row groups without end",
            ended(&[], &footer(Said::Structs(vec![group(1), leaf(2, false)]), Said::Claim(1 << 31))),
            "L0902",
        ),
        ("no columns", ended(&[], &footer(Said::Structs(vec![group(0)]), no_groups())), "L0902"),
        ("rows without values", one_column(leaf(INT64, false), (5, 0), &[]), "L0902"),
        ("rows without end", one_column(leaf(INT64, true), (i64::MAX, 0), &[]), "L0902"),
        ("fewer rows than none", one_column(leaf(INT64, true), (-1, 0), &[]), "L0902"),
        ("values beyond its end", chunk(&[(7, Said::Number(1 << 40)), (9, Said::Number(4))]), "L0902"),
        ("values before it", chunk(&[(7, Said::Number(4)), (9, Said::Number(-4))]), "L0902"),
        ("values at the edge", chunk(&[(7, Said::Number(i64::MAX)), (9, Said::Number(i64::MAX))]), "L0902"),
        ("values nowhere", chunk(&[(7, Said::Number(4))]), "L0902"),
        ("no page where one begins", chunk(&[(7, Said::Number(64)), (9, Said::Number(4))]), "L0902"),
        ("a codec of later", one_column(leaf(INT64, false), (1, 77), &data(1, 0, &[0; 8])), "L0914"),
        ("a kind of later", one_column(leaf(77, false), (1, 0), &data(1, 0, &[0; 8])), "L0914"),
    ] {
        refused(what, &bytes, code);
    }
}

#[test]
fn claims_about_pages_are_held_against_them() {
    let most = i64::from(i32::MAX);
    let said = |count, encoding| [(1, Said::Number(count)), (2, Said::Number(encoding))];
    let delta =
        |block: u64, parts: u64, count: u64| [varint(block), varint(parts), varint(count), vec![0]].concat();
    let second = |defines: i64, repeats: i64| {
        let said = [
            (1, Said::Number(1)),
            (4, Said::Number(0)),
            (5, Said::Number(defines)),
            (6, Said::Number(repeats)),
            (7, Said::No),
        ];
        page(3, (8, 8), &said, &[0; 8])
    };
    let lengths = [delta(128, 4, 1), vec![0xff; 40]].concat();
    for (what, column, codec, pages) in [
        ("cut off", INT64, 0, data(2, 0, &[0; 8])),
        ("more bytes than there are", INT64, 0, page(0, (8, 1_000), &said(1, 0), &[0; 8])),
        ("fewer bytes than none", INT64, 0, page(0, (-8, -8), &said(1, 0), &[0; 8])),
        ("other bytes than it says", INT64, 0, page(0, (1_000, 8), &said(1, 0), &[0; 8])),
        ("very much packed by Snappy", INT64, 1, page(0, (most, 4), &said(1, 0), &[0xff, 0xff, 0xff, 7])),
        ("very much packed by gzip", INT64, 2, page(0, (most / 4, 4), &said(1, 0), &[0x1f, 0x8b, 8, 0])),
        ("a text beyond the end", BYTES, 0, data(1, 0, &[0xff; 8])),
        ("a text cut off", BYTES, 0, data(1, 0, &[1, 0])),
        ("a number of no dictionary", BYTES, 0, data(1, 8, &[1, 2, 0])),
        ("numbers of 200 bits", BYTES, 0, [dictionary(0, &[]), data(1, 8, &[200, 2, 0])].concat()),
        (
            "a number beyond its dictionary",
            INT64,
            0,
            [dictionary(1, &[0; 8]), data(1, 8, &[8, 2, 9])].concat(),
        ),
        ("a dictionary without end", INT64, 0, [dictionary(most, &[0; 8]), data(1, 8, &[8, 2, 9])].concat()),
        ("a dictionary of texts without end", BYTES, 0, dictionary(most, &[0; 8])),
        ("no numbers", INT64, 0, [dictionary(1, &[0; 8]), data(1, 8, &[8])].concat()),
        ("differences of none", INT64, 0, data(1, 5, &delta(128, 4, 0))),
        ("differences without end", INT64, 0, data(1, 5, &delta(128, 4, u64::MAX))),
        ("a block of nothing", INT64, 0, data(1, 5, &delta(0, 1, 1))),
        ("no parts", INT64, 0, data(2, 5, &delta(128, 0, 2))),
        ("a very large block", INT64, 0, data(2, 5, &delta(u64::MAX << 7, 1, 2))),
        ("a very wide difference", INT64, 0, data(2, 5, &[delta(128, 1, 2), vec![0, 255]].concat())),
        ("a length below none", BYTES, 0, data(1, 6, &[varint(128), varint(4), varint(1), vec![1]].concat())),
        ("lengths beyond the end", BYTES, 0, data(1, 6, &[delta(128, 4, 1), vec![2; 3]].concat()[..5])),
        (
            "a prefix of nothing",
            BYTES,
            0,
            data(1, 7, &[varint(128), varint(4), varint(1), vec![8], delta(128, 4, 1)].concat()),
        ),
        ("prefixes cut off", BYTES, 0, data(2, 7, &lengths)),
        ("values that lie apart, one short", INT64, 0, data(2, 9, &[0; 15])),
        ("truth values cut off", TRUTH, 0, data(9, 0, &[0xff])),
        ("runs beyond the end", TRUTH, 0, data(1, 3, &[0xff; 4])),
        ("levels beyond the end", INT64, 0, second(9, 0)),
        ("levels at the edge", INT64, 0, second(most, most)),
        ("levels before it", INT64, 0, second(-1, 1)),
        ("pages of nothing", INT64, 0, data(0, 0, &[]).repeat(2_000)),
        ("an encoding of another kind", TRUTH, 0, data(1, 5, &delta(128, 4, 1))),
    ] {
        for count in [9, 1_000] {
            refused(what, &one_column(leaf(column, false), (count, codec), &pages), "L0902");
        }
        // Cells that may be empty begin with levels.
        let optional = told(&one_column(leaf(column, true), (1, codec), &pages));
        assert!(!optional.is_empty(), "{what}");
    }
    for encoding in [4, 10, 99] {
        refused(
            "another encoding",
            &one_column(leaf(INT64, false), (1, 0), &data(1, encoding, &[0; 8])),
            "L0914",
        );
    }
}

/// Chunks that lie in each other are read no oftener than the file is long.
#[test]
fn one_chunk_of_many_groups_is_refused() {
    let pages = [data(0, 0, &[]).repeat(1_000), data(1, 0, &[0; 8])].concat();
    let chunk = [(7, Said::Number(i64::try_from(pages.len()).unwrap())), (9, Said::Number(4))];
    let groups = vec![rows(1, &chunk); 10_000];
    let schema = Said::Structs(vec![group(1), leaf(INT64, false)]);
    refused("one chunk", &ended(&pages, &footer(schema, Said::Structs(groups))), "L0902");
}

#[test]
fn what_unpacks_without_end_is_refused() {
    let _alone = alone();
    // Dictionaries, one after the other, of 64 MiB each.
    const SIZE: usize = 64 << 20;
    let packed = snap::raw::Encoder::new().compress_vec(&vec![0; SIZE]).unwrap();
    let sizes = (i64::try_from(SIZE).unwrap(), i64::try_from(packed.len()).unwrap());
    let one = page(2, sizes, &[(1, Said::Number(1)), (2, Said::Number(0))], &packed);
    let bytes = one_column(leaf(INT64, false), (1, 1), &one.repeat(17));
    HELD.reset_peak_usage();
    assert_eq!(told(&bytes), ["m.loop:1:20: error[L0902]: `t.parquet` unpacks to more than 1 GiB"]);
    assert!(HELD.peak_usage_as_mb() < 700.0, "{}", HELD.peak_usage_as_mb());
    // One long text, very often.
    let text = [3_000_000_u32.to_le_bytes().to_vec(), vec![b'x'; 3_000_000]].concat();
    let often = [dictionary(1, &text), data(500, 8, &[vec![0], varint(1_000)].concat())].concat();
    let told = told(&one_column(leaf(BYTES, false), (500, 0), &often));
    assert_eq!(told, ["m.loop:1:20: error[L0902]: `t.parquet` unpacks to more than 1 GiB"]);
}

/// Bytes changed and cut at many places: an answer or a fault with a code, each time, and never much memory.
#[test]
fn damaged_files_are_read_or_refused() {
    let _alone = alone();
    let delta = Style {
        second_version: true,
        encoding: Some(Encoding::DELTA_BYTE_ARRAY),
        compression: Compression::UNCOMPRESSED,
        ..Style::PLAIN
    };
    let gzip = Style { compression: Style::gzip(), ..Style::PLAIN };
    let plain =
        Style { compression: Compression::UNCOMPRESSED, encoding: Some(Encoding::PLAIN), ..Style::PLAIN };
    let other = std::fs::read("tests/parquet/by_pyarrow.parquet").unwrap();
    let model = MODEL.replace("fee *", "fee * small + 0 *").replace(
        "name: id",
        "name: id, label: at, where: ok == \"true\" or count > 0 or note == wide or 'paid on' == short",
    );
    HELD.reset_peak_usage();
    let (mut refused, mut draw) = (0, Draw(7));
    let mut tries = 0;
    for (model, bytes) in
        [(MODEL, &table(Style::PLAIN)), (MODEL, &table(gzip)), (MODEL, &table(plain)), (&model, &other)]
            .into_iter()
            .chain([(MODEL, &texts(delta))])
    {
        for round in 0..1_200 {
            let mut damaged = bytes.clone();
            // The end says where everything is: half of the changes are there.
            let length = u64::try_from(bytes.len()).unwrap();
            let near = if round % 2 == 0 { 0 } else { length - length / 3 };
            let place = usize::try_from(near + draw.below(length - near)).unwrap();
            match round % 5 {
                0 | 1 => damaged[place] ^= 1 << (round % 8),
                2 => damaged[place] = u8::try_from(draw.below(256)).unwrap(),
                3 => damaged[place] = 0xff,
                _ => damaged.truncate(place),
            }
            tries += 1;
            refused += usize::from(compiled(model, ("t.parquet", &damaged), 0).has_errors());
        }
    }
    let small = table(plain);
    for end in 0..small.len() {
        assert!(compiled(MODEL, ("t.parquet", &small[..end]), 0).has_errors(), "{end}");
    }
    assert!(tries == 6_000 && refused > 3_000, "{refused} of {tries}");
    assert!(HELD.peak_usage_as_mb() < 200.0, "{}", HELD.peak_usage_as_mb());
}

/// Columns of texts alone, which can be written as differences to those before.
fn texts(style: Style) -> Vec<u8> {
    use super::writing::{Cells, file};
    let columns =
        ["id", "payer", "payee", "fee", "gain"].map(|name| format!("optional binary {name} (STRING)"));
    let cells = [["out", "back"], ["a", "b"], ["b", "a"], ["0.1", "2.5"], ["0.7", "10"]];
    let columns: Vec<(&str, Cells)> =
        columns.iter().map(String::as_str).zip(cells.map(|texts| Cells::texts(&texts))).collect();
    file(&columns, style)
}
