//! Reading a number as it stands in a table: `-12.50`, `+3`, `1.5e-3`; nothing that a country writes its own way.

use super::literal::{self, LiteralError};
use super::{Rational, Short};

/// Why a cell is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellError {
    Empty,
    /// More digits than a value may have, written or by its exponent.
    TooLarge,
    Malformed,
}

/// Digits that always fit a word.
const FIT: usize = 18;

/// The number in a cell, where it is short and without exponent: as nearly all are.
#[must_use]
pub fn short(text: &str) -> Option<Short> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let (mut mantissa, mut places, mut point, mut count) = (0_i64, 0_u32, false, 0);
    for byte in digits {
        match byte {
            b'0'..=b'9' if count < FIT => {
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                count += 1;
                places += u32::from(point);
            }
            b'.' if !point && count > 0 => point = true,
            _ => return None,
        }
    }
    let ends_in_digit = digits.last().is_some_and(u8::is_ascii_digit);
    ends_in_digit.then_some(Short { mantissa: if negative { -mantissa } else { mantissa }, places })
}

/// The exact number in a cell.
///
/// # Errors
/// [`CellError`]
pub fn parse(text: &str) -> Result<Rational, CellError> {
    if text.is_empty() {
        return Err(CellError::Empty);
    }
    let (negative, magnitude) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    let begins = magnitude.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    if !begins || !magnitude.bytes().all(plain) || !well_formed(magnitude) {
        return Err(CellError::Malformed);
    }
    let value = literal::parse(magnitude).map_err(|fault| match fault {
        LiteralError::TooLong | LiteralError::ExponentTooLarge => CellError::TooLarge,
        LiteralError::Malformed => CellError::Malformed,
    })?;
    Ok(if negative { -value } else { value })
}

/// Whether a point stands between digits, and an exponent has a sign at most and digits.
fn well_formed(magnitude: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match magnitude.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (magnitude, None),
    };
    let whole = mantissa.split_once('.').map_or_else(|| digits(mantissa), |(a, b)| digits(a) && digits(b));
    whole && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        for (text, value) in [
            ("0", "0"),
            ("-0", "0"),
            ("+3", "3"),
            ("12.50", "25/2"),
            ("-0.1", "-1/10"),
            ("1e3", "1000"),
            ("1.5E-3", "3/2000"),
            ("007", "7"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
        ] {
            assert_eq!(parse(text).unwrap().to_string(), value, "{text}");
        }
        assert_eq!(parse("1e400").unwrap().digits(), 401);
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        let malformed = [
            "1,234.50", "１２", "NaN", "inf", "-inf", "1 234", "$5", "5%", "5k", "0x10", "1_000", ".5", "5.",
            "--1", "1e", "1e+", "1.2.3", "1e5.0", "+", "-", "e5", "1-2", "twelve", "(5)", "−5",
        ];
        for text in malformed {
            assert_eq!(parse(text), Err(CellError::Malformed), "{text}");
            assert_eq!(short(text), None, "{text}");
        }
        assert_eq!(parse(""), Err(CellError::Empty));
        assert_eq!(parse("1e99999"), Err(CellError::TooLarge));
    }

    #[test]
    fn the_short_way_says_the_same() {
        for text in ["0", "-0.10", "+12.5", "999999999999999999", "0.000000000000001", "123.456"] {
            let short = short(text).unwrap();
            let power = Rational::from(10).power(i32::try_from(short.places).unwrap()).unwrap();
            let value = Rational::from(short.mantissa).checked_div(&power).unwrap();
            assert_eq!(value, parse(text).unwrap(), "{text}");
        }
        for text in ["1e3", "9999999999999999999", "5.", ".5", ""] {
            assert_eq!(short(text), None, "{text}");
        }
    }
}
