//! Parquet files as the crate of the format writes them.

use std::sync::Arc;

use parquet::basic::{Compression, Encoding, GzipLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray, Int96};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

/// The values of a column; a cell without one is empty.
#[derive(Clone, Debug)]
pub enum Cells {
    Truth(Vec<Option<bool>>),
    Short(Vec<Option<i32>>),
    Long(Vec<Option<i64>>),
    Old(Vec<Option<[u32; 3]>>),
    Single(Vec<Option<f32>>),
    Double(Vec<Option<f64>>),
    Bytes(Vec<Option<Vec<u8>>>),
    Fixed(Vec<Option<Vec<u8>>>),
}

impl Cells {
    pub fn texts(texts: &[&str]) -> Self {
        Self::Bytes(texts.iter().map(|text| Some(text.as_bytes().to_vec())).collect())
    }

    fn rows(&self, from: usize, to: usize) -> Self {
        match self {
            Self::Truth(all) => Self::Truth(all[from..to].to_vec()),
            Self::Short(all) => Self::Short(all[from..to].to_vec()),
            Self::Long(all) => Self::Long(all[from..to].to_vec()),
            Self::Old(all) => Self::Old(all[from..to].to_vec()),
            Self::Single(all) => Self::Single(all[from..to].to_vec()),
            Self::Double(all) => Self::Double(all[from..to].to_vec()),
            Self::Bytes(all) => Self::Bytes(all[from..to].to_vec()),
            Self::Fixed(all) => Self::Fixed(all[from..to].to_vec()),
        }
    }

    pub fn count(&self) -> usize {
        match self {
            Self::Truth(all) => all.len(),
            Self::Short(all) => all.len(),
            Self::Long(all) => all.len(),
            Self::Old(all) => all.len(),
            Self::Single(all) => all.len(),
            Self::Double(all) => all.len(),
            Self::Bytes(all) | Self::Fixed(all) => all.len(),
        }
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub second_version: bool,
    pub compression: Compression,
    /// What values are written as; nothing for dictionaries.
    pub encoding: Option<Encoding>,
    /// How many rows stand in a group, and at most in a page.
    pub group: usize,
    pub page: usize,
}

impl Style {
    pub const PLAIN: Self = Self {
        second_version: false,
        compression: Compression::SNAPPY,
        encoding: None,
        group: 100,
        page: 100,
    };

    pub fn gzip() -> Compression {
        Compression::GZIP(GzipLevel::default())
    }

    fn properties(self) -> WriterProperties {
        let version =
            if self.second_version { WriterVersion::PARQUET_2_0 } else { WriterVersion::PARQUET_1_0 };
        let builder = WriterProperties::builder()
            .set_writer_version(version)
            .set_compression(self.compression)
            .set_dictionary_enabled(self.encoding.is_none())
            .set_write_batch_size(self.page)
            .set_data_page_row_count_limit(self.page);
        match self.encoding {
            Some(encoding) => builder.set_encoding(encoding).build(),
            None => builder.build(),
        }
    }
}

/// Writes columns, each as a schema declares it: `optional int32 fee (DECIMAL(9, 2))`.
pub fn file(columns: &[(&str, Cells)], style: Style) -> Vec<u8> {
    let declared: String = columns.iter().map(|(declared, _)| format!("{declared};\n")).collect();
    let schema = Arc::new(parse_message_type(&format!("message table {{ {declared} }}")).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(style.properties())).unwrap();
    let rows = columns[0].1.count();
    let mut from = 0;
    while from < rows {
        let to = rows.min(from + style.group);
        let mut group = writer.next_row_group().unwrap();
        for (declared, cells) in columns {
            column(&mut group, &cells.rows(from, to), declared.starts_with("optional"));
        }
        group.close().unwrap();
        from = to;
    }
    writer.into_inner().unwrap()
}

fn column(group: &mut SerializedRowGroupWriter<'_, Vec<u8>>, cells: &Cells, optional: bool) {
    let mut writer = group.next_column().unwrap().unwrap();
    macro_rules! write {
        ($all:expr, $kind:ident, $make:expr) => {{
            let levels: Vec<i16> = $all.iter().map(|one| i16::from(one.is_some())).collect();
            let values: Vec<_> = $all.iter().flatten().map($make).collect();
            let ColumnWriter::$kind(typed) = writer.untyped() else { panic!("another kind than declared") };
            typed.write_batch(&values, optional.then_some(&levels), None).unwrap();
        }};
    }
    match cells {
        Cells::Truth(all) => write!(all, BoolColumnWriter, |one| *one),
        Cells::Short(all) => write!(all, Int32ColumnWriter, |one| *one),
        Cells::Long(all) => write!(all, Int64ColumnWriter, |one| *one),
        Cells::Old(all) => write!(all, Int96ColumnWriter, |one| Int96::from(one.to_vec())),
        Cells::Single(all) => write!(all, FloatColumnWriter, |one| *one),
        Cells::Double(all) => write!(all, DoubleColumnWriter, |one| *one),
        Cells::Bytes(all) => write!(all, ByteArrayColumnWriter, |one| ByteArray::from(one.clone())),
        Cells::Fixed(all) => {
            write!(all, FixedLenByteArrayColumnWriter, |one| FixedLenByteArray::from(one.clone()));
        }
    }
    writer.close().unwrap();
}
