//! How pages are packed, and their bytes unpacked: no further than what the page says that it holds.

use std::io::Read;

use super::ParquetFault;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Codec {
    #[default]
    None,
    Snappy,
    Gzip,
    /// One that is not read, by its name.
    Other(&'static str),
}

impl Codec {
    pub const fn of(code: i64) -> Self {
        match code {
            0 => Self::None,
            1 => Self::Snappy,
            2 => Self::Gzip,
            3 => Self::Other("LZO"),
            4 => Self::Other("BROTLI"),
            5 => Self::Other("LZ4"),
            6 => Self::Other("ZSTD"),
            7 => Self::Other("LZ4_RAW"),
            _ => Self::Other("an unknown codec"),
        }
    }

    /// The name of a codec that is not read.
    pub const fn unread(self) -> Option<&'static str> {
        match self {
            Self::Other(name) => Some(name),
            Self::None | Self::Snappy | Self::Gzip => None,
        }
    }

    /// Puts so many bytes behind those that are there.
    pub fn unpack(self, packed: &[u8], size: usize, out: &mut Vec<u8>) -> Result<(), ParquetFault> {
        let before = out.len();
        match self {
            Self::None => out.extend_from_slice(packed),
            Self::Snappy => snappy(packed, size, out)?,
            Self::Gzip => {
                // One byte more tells a page that holds more than it says.
                let most = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1);
                let mut unpacked = flate2::read::MultiGzDecoder::new(packed).take(most);
                unpacked.read_to_end(out).map_err(|_| ParquetFault::Damaged)?;
            }
            Self::Other(_) => return Err(ParquetFault::Damaged),
        }
        if out.len() - before == size { Ok(()) } else { Err(ParquetFault::Damaged) }
    }
}

fn snappy(packed: &[u8], size: usize, out: &mut Vec<u8>) -> Result<(), ParquetFault> {
    /// Three bytes of it say 64 at most.
    const MOST_OF_A_BYTE: usize = 22;
    if size > packed.len().saturating_mul(MOST_OF_A_BYTE) {
        return Err(ParquetFault::Damaged);
    }
    let before = out.len();
    out.resize(before + size, 0);
    let place = out.get_mut(before..).unwrap_or_default();
    let written = snap::raw::Decoder::new().decompress(packed, place).map_err(|_| ParquetFault::Damaged)?;
    out.truncate(before + written);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::Codec;

    #[test]
    fn no_more_is_unpacked_than_is_said() {
        let text = vec![b'x'; 100_000];
        let snappy = snap::raw::Encoder::new().compress_vec(&text).unwrap();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(&text).unwrap();
        let gzip = gzip.finish().unwrap();
        for (codec, packed) in [(Codec::Snappy, &snappy), (Codec::Gzip, &gzip), (Codec::None, &text)] {
            let mut out = vec![b'y'];
            codec.unpack(packed, text.len(), &mut out).unwrap();
            assert_eq!(out.len(), text.len() + 1);
            assert!(out.ends_with(&text));
            for wrong in [0, 10, text.len() - 1, text.len() + 1, 1 << 40] {
                assert!(codec.unpack(packed, wrong, &mut Vec::new()).is_err(), "{codec:?} {wrong}");
            }
            assert!(codec.unpack(&packed[..packed.len() / 2], text.len(), &mut Vec::new()).is_err());
        }
        assert!(Codec::of(6).unpack(&text, text.len(), &mut Vec::new()).is_err());
    }
}
