//! What separates the cells of a text.

/// What may separate cells, the first where none is found.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The separator that stands most often in the first line that says anything, quotes left out.
pub(super) fn delimiter_of(text: &str) -> u8 {
    let text = text.trim_start_matches('\u{feff}').trim_start_matches(['\n', '\r']);
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(place) = DELIMITERS.iter().position(|delimiter| *delimiter == byte) {
                    counts[place] += 1;
                }
            }
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    counts.iter().position(|count| *count == most).map_or(b',', |place| DELIMITERS[place])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_decides() {
        assert_eq!(delimiter_of("a,b;c,d\n1;2;3;4;5"), b',');
        assert_eq!(delimiter_of("\u{feff}a;b,c;d\r\n"), b';');
        assert_eq!(delimiter_of("\n\na\tb\n"), b'\t');
        assert_eq!(delimiter_of("\"a,b,c\"|d\n"), b'|');
        assert_eq!(delimiter_of("alone"), b',');
        assert_eq!(delimiter_of(""), b',');
    }
}
