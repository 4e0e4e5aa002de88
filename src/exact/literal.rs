//! Reading a number as it is written in a `.loop` file: `1_000`, `6.50`, `5e9`, `12%`, `3万`.

use dashu_int::{IBig, UBig};

use super::Rational;

/// The most digits that a value may have, in numerator or denominator (language §3).
pub const MOST_DIGITS: usize = 10_000;

/// Why a literal is not a number of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiteralError {
    /// More than [`MOST_DIGITS`] digits are written.
    TooLong,
    /// The exponent leads beyond [`MOST_DIGITS`] digits.
    ExponentTooLarge,
    /// The text is no number at all.
    Malformed,
}

/// Magnitudes and shares that may stand directly behind a number, as powers of ten.
const SUFFIXES: [(&str, i32); 8] =
    [("bn", 9), ("bp", -4), ("k", 3), ("M", 6), ("万", 4), ("亿", 8), ("%", -2), ("‰", -3)];

/// The exact value of a literal.
///
/// # Errors
/// [`LiteralError`], where the number is too long, too large, or none.
pub fn parse(text: &str) -> Result<Rational, LiteralError> {
    let (number, suffix) = SUFFIXES
        .iter()
        .find_map(|(suffix, power)| text.strip_suffix(suffix).map(|number| (number, *power)))
        .unwrap_or((text, 0));
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
        None => (number, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: String = whole.chars().chain(fraction.chars()).filter(|c| *c != '_').collect();
    if digits.len() > MOST_DIGITS {
        return Err(LiteralError::TooLong);
    }
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(LiteralError::Malformed);
    }
    let value: IBig = digits.parse().map_err(|_| LiteralError::Malformed)?;
    let places = i32::try_from(fraction.bytes().filter(u8::is_ascii_digit).count()).unwrap_or(i32::MAX);
    shifted(value, exponent + suffix - places).ok_or(LiteralError::ExponentTooLarge)
}

/// The exact value of plain decimal text, or of `p/q`: what reports and certificates hold.
#[must_use]
pub fn parse_exact(text: &str) -> Option<Rational> {
    let (negative, magnitude) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let number = |part: &str| -> Option<IBig> {
        (!part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let value = match magnitude.split_once('/') {
        Some((p, q)) => Rational::new(number(p)?, number(q)?)?,
        None => Rational::from(number(magnitude)?),
    };
    Some(if negative { -value } else { value })
}

fn parse_exponent(text: &str) -> Result<i32, LiteralError> {
    let digits = text.trim_start_matches(['+', '-']).trim_start_matches('0');
    if digits.len() > 6 {
        return Err(LiteralError::ExponentTooLarge);
    }
    let magnitude: i32 =
        if digits.is_empty() { 0 } else { digits.parse().map_err(|_| LiteralError::Malformed)? };
    Ok(if text.starts_with('-') { -magnitude } else { magnitude })
}

/// `value × 10^power`, or nothing where that has too many digits.
fn shifted(value: IBig, power: i32) -> Option<Rational> {
    if value == IBig::ZERO {
        return Some(Rational::ZERO);
    }
    let places = power.unsigned_abs() as usize;
    if places > MOST_DIGITS {
        return None;
    }
    let factor = IBig::from(UBig::from(10u8).pow(places));
    if power < 0 { Rational::new(value, factor) } else { Some(Rational::from(value * factor)) }
        .filter(|number| number.digits() <= MOST_DIGITS + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        parse(text).expect("a number").to_string()
    }

    #[test]
    fn literals_are_exact() {
        assert_eq!(read("0.1"), "1/10");
        assert_eq!(parse("0.1").unwrap() + parse("0.2").unwrap(), parse("0.3").unwrap());
        assert_eq!(read("1_000"), "1000");
        assert_eq!(read("6.50"), "13/2");
        assert_eq!(read("5e9"), "5000000000");
        assert_eq!(read("2.5e-3"), "1/400");
        assert_eq!(read("4M"), "4000000");
        assert_eq!(read("5bn"), "5000000000");
        assert_eq!(read("12%"), "3/25");
        assert_eq!(read("3‰"), "3/1000");
        assert_eq!(read("25bp"), "1/400");
        assert_eq!(read("3万"), "30000");
        assert_eq!(read("1.5亿"), "150000000");
    }

    #[test]
    fn sizes_are_bounded() {
        assert_eq!(parse(&"9".repeat(MOST_DIGITS + 1)), Err(LiteralError::TooLong));
        assert!(parse(&"9".repeat(MOST_DIGITS)).is_ok());
        assert_eq!(parse("1e999999999"), Err(LiteralError::ExponentTooLarge));
        assert_eq!(parse("1e20000"), Err(LiteralError::ExponentTooLarge));
        assert_eq!(parse("0e999999"), Ok(Rational::ZERO));
    }

    #[test]
    fn exact_text_reads_back() {
        for text in ["15065/139", "-2/3", "0", "17"] {
            assert_eq!(parse_exact(text).unwrap().to_string(), text);
        }
        for text in ["", "-", "1/0", "1.5", "a", "1/", "/2", "--1", "+1"] {
            assert_eq!(parse_exact(text), None, "{text}");
        }
    }
}
