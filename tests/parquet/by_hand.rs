//! Parquet files field by field, with whatever they claim.

/// A value of a field, as Thrift writes it.
#[derive(Clone, Debug)]
pub enum Said {
    Number(i64),
    Text(&'static str),
    Struct(Vec<u8>),
    Structs(Vec<Vec<u8>>),
    /// A list of so many structs, whatever follows.
    Claim(u64),
    No,
}

pub fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(u8::try_from(number & 0x7f).unwrap() | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap());
    bytes
}

/// A struct of fields, in the order of their numbers.
pub fn structure(fields: &[(u8, Said)]) -> Vec<u8> {
    let (mut bytes, mut last) = (Vec::new(), 0);
    for (id, said) in fields {
        let kind = match said {
            Said::No => 2,
            Said::Number(_) => 6,
            Said::Text(_) => 8,
            Said::Structs(_) | Said::Claim(_) => 9,
            Said::Struct(_) => 12,
        };
        bytes.push((id - last) << 4 | kind);
        last = *id;
        match said {
            Said::Number(number) => bytes.extend(varint(((number << 1) ^ (number >> 63)).cast_unsigned())),
            Said::Text(text) => {
                bytes.extend(varint(text.len() as u64));
                bytes.extend(text.as_bytes());
            }
            Said::Struct(inner) => bytes.extend(inner),
            Said::Structs(all) => {
                bytes.push(0xfc);
                bytes.extend(varint(all.len() as u64));
                all.iter().for_each(|one| bytes.extend(one));
            }
            Said::Claim(count) => {
                bytes.push(0xfc);
                bytes.extend(varint(*count));
            }
            Said::No => {}
        }
    }
    bytes.push(0);
    bytes
}

pub const INT64: i64 = 2;
pub const BYTES: i64 = 6;
pub const TRUTH: i64 = 0;

/// A column of the schema.
pub fn leaf(kind: i64, optional: bool) -> Vec<u8> {
    structure(&[(1, Said::Number(kind)), (3, Said::Number(i64::from(optional))), (4, Said::Text("x"))])
}

pub fn group(children: i64) -> Vec<u8> {
    structure(&[(3, Said::Number(0)), (4, Said::Text("g")), (5, Said::Number(children))])
}

/// A page with what it claims: its kind, its bytes before and after packing, and what is said of its values.
pub fn page(kind: i64, sizes: (i64, i64), said: &[(u8, Said)], body: &[u8]) -> Vec<u8> {
    let head = match kind {
        0 => 5,
        2 => 7,
        _ => 8,
    };
    let mut bytes = structure(&[
        (1, Said::Number(kind)),
        (2, Said::Number(sizes.0)),
        (3, Said::Number(sizes.1)),
        (head, Said::Struct(structure(said))),
    ]);
    bytes.extend(body);
    bytes
}

/// A page of data that claims what is true of its size.
pub fn data(count: i64, encoding: i64, body: &[u8]) -> Vec<u8> {
    let size = i64::try_from(body.len()).unwrap();
    let said =
        [(1, Said::Number(count)), (2, Said::Number(encoding)), (3, Said::Number(3)), (4, Said::Number(3))];
    page(0, (size, size), &said, body)
}

pub fn dictionary(count: i64, body: &[u8]) -> Vec<u8> {
    let size = i64::try_from(body.len()).unwrap();
    page(2, (size, size), &[(1, Said::Number(count)), (2, Said::Number(0))], body)
}

/// What a file says at its end, behind its pages.
pub fn ended(pages: &[u8], footer: &[u8]) -> Vec<u8> {
    let mut bytes = b"PAR1".to_vec();
    bytes.extend(pages);
    bytes.extend(footer);
    bytes.extend(u32::try_from(footer.len()).unwrap().to_le_bytes());
    bytes.extend(b"PAR1");
    bytes
}

pub fn footer(schema: Said, groups: Said) -> Vec<u8> {
    structure(&[(1, Said::Number(1)), (2, schema), (3, Said::Number(1)), (4, groups)])
}

/// A group of so many rows, with one chunk.
pub fn rows(rows: i64, chunk: &[(u8, Said)]) -> Vec<u8> {
    let chunk = structure(&[(3, Said::Struct(structure(chunk)))]);
    structure(&[(1, Said::Structs(vec![chunk])), (3, Said::Number(rows))])
}

/// A file of one column called `x`, with pages that are packed by a codec.
pub fn one_column(column: Vec<u8>, (count, codec): (i64, i64), pages: &[u8]) -> Vec<u8> {
    let chunk = [
        (4, Said::Number(codec)),
        (7, Said::Number(i64::try_from(pages.len()).unwrap())),
        (9, Said::Number(4)),
    ];
    ended(pages, &footer(Said::Structs(vec![group(1), column]), Said::Structs(vec![rows(count, &chunk)])))
}
