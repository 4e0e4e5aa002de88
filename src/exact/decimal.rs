//! Printing a rational as a rounded decimal: a fixed number of significant digits, halves to even.

use dashu_base::DivRem;
use dashu_int::{IBig, UBig};

use super::Rational;

/// Significant digits of decimals in JSON reports and certificates' companions.
pub const JSON_DIGITS: usize = 12;

/// A decimal, split where columns align.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    pub text: String,
    /// Whether the text is the number itself, or the number rounded.
    pub exact: bool,
}

/// The number with `digits` significant digits, half to even, without trailing zeros behind the point.
///
/// Beyond 10²¹ and below 10⁻⁷ the form is scientific (`1.5e30`).
#[must_use]
pub fn significant(number: &Rational, digits: usize) -> Decimal {
    if number.is_zero() {
        return Decimal { text: "0".to_owned(), exact: true };
    }
    let exponent = leading_exponent(number);
    let shift = i64::try_from(digits).unwrap_or(i64::MAX) - 1 - exponent;
    let (mut mantissa, exact) = round_shifted(&number.abs(), shift);
    let mut exponent = exponent;
    if mantissa.to_string().len() > digits {
        mantissa /= UBig::from(10u8);
        exponent += 1;
    }
    let sign = if number.is_negative() { "-" } else { "" };
    let text = format!("{sign}{}", layout(&mantissa.to_string(), exponent));
    Decimal { text, exact }
}

/// The number with exactly `places` digits behind the point, half to even: for columns of money.
#[must_use]
pub fn fixed(number: &Rational, places: usize) -> Decimal {
    let (mantissa, exact) = round_shifted(&number.abs(), i64::try_from(places).unwrap_or(0));
    let digits = mantissa.to_string();
    let sign = if number.is_negative() && mantissa != UBig::ZERO { "-" } else { "" };
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = padded.split_at(padded.len() - places);
    let point = if places == 0 { "" } else { "." };
    Decimal { text: format!("{sign}{whole}{point}{fraction}"), exact }
}

/// The number written out in full as a finite decimal, if it has one with at most `most` digits behind the point.
#[must_use]
pub fn finite(number: &Rational, most: usize) -> Option<String> {
    let places = places(number.denominator(), most)?;
    Some(fixed(number, places).text)
}

/// How many digits behind the point a number with this denominator has; nothing beyond `most`, or where it never ends.
fn places(denominator: &UBig, most: usize) -> Option<usize> {
    let twos = denominator.trailing_zeros().unwrap_or(0);
    let mut rest = denominator >> twos;
    let (five, mut fives) = (UBig::from(5u8), 0);
    while rest != UBig::ONE && fives <= most {
        let (quotient, remainder) = rest.div_rem(&five);
        if remainder != UBig::ZERO {
            return None;
        }
        (rest, fives) = (quotient, fives + 1);
    }
    Some(twos.max(fives)).filter(|places| *places <= most)
}

/// A decimal with its whole digits in groups of three, as a source may write them: `90_000_000`.
///
/// Numbers of up to four whole digits, fractions and scientific forms stay as they are.
#[must_use]
pub fn grouped(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = rest.find('.').map_or((rest, ""), |point| rest.split_at(point));
    if whole.len() < 5 || !whole.bytes().all(|digit| digit.is_ascii_digit()) {
        return text.to_owned();
    }
    let mut grouped = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

/// `floor(log10(|number|))` for a number that is not zero.
fn leading_exponent(number: &Rational) -> i64 {
    let magnitude = number.abs();
    let digits = |text: String| i64::try_from(text.len()).unwrap_or(i64::MAX);
    let estimate = digits(magnitude.numerator().to_string()) - digits(magnitude.denominator().to_string());
    // The estimate is the exponent or one more than it.
    if magnitude < power_of_ten(estimate) { estimate - 1 } else { estimate }
}

fn power_of_ten(exponent: i64) -> Rational {
    let power =
        IBig::from(UBig::from(10u8).pow(usize::try_from(exponent.unsigned_abs()).unwrap_or(usize::MAX)));
    let one = IBig::ONE;
    if exponent < 0 { Rational::new(one, power) } else { Some(Rational::from(power)) }.unwrap_or_default()
}

/// `number × 10^shift` rounded half to even, and whether nothing was lost. The number is not negative.
fn round_shifted(number: &Rational, shift: i64) -> (UBig, bool) {
    let shifted = number * &power_of_ten(shift);
    let numerator = shifted.numerator().clone().into_parts().1;
    let (quotient, remainder) = numerator.div_rem(shifted.denominator());
    let twice = &remainder * UBig::from(2u8);
    let odd = &quotient % 2u8 == 1;
    let up = match twice.cmp(shifted.denominator()) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => odd,
        std::cmp::Ordering::Less => false,
    };
    let exact = remainder == UBig::ZERO;
    (if up { quotient + UBig::ONE } else { quotient }, exact)
}

/// Digits `d₀d₁d₂…` of the number d₀.d₁d₂… × 10^exponent, laid out for reading.
fn layout(digits: &str, exponent: i64) -> String {
    let trimmed = digits.trim_end_matches('0');
    let Ok(places) = usize::try_from(exponent.unsigned_abs()) else { return digits.to_owned() };
    if !(-7..=20).contains(&exponent) {
        let (first, rest) = trimmed.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        return format!("{first}{point}{rest}e{exponent}");
    }
    if exponent < 0 {
        return format!("0.{}{trimmed}", "0".repeat(places - 1));
    }
    if trimmed.len() <= places + 1 {
        return format!("{trimmed}{}", "0".repeat(places + 1 - trimmed.len()));
    }
    let (whole, fraction) = trimmed.split_at(places + 1);
    format!("{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::literal::parse_exact;

    fn shown(text: &str, digits: usize) -> String {
        significant(&parse_exact(text).unwrap(), digits).text
    }

    #[test]
    fn significant_digits() {
        assert_eq!(shown("15065/139", 12), "108.381294964");
        assert_eq!(shown("1/3", 4), "0.3333");
        assert_eq!(shown("-2/3", 3), "-0.667");
        assert_eq!(shown("999999/1000", 3), "1000");
        assert_eq!(shown("1/4", 1), "0.2");
        assert_eq!(shown("3/4", 1), "0.8");
        assert_eq!(shown("5", 12), "5");
        assert_eq!(shown("1/100000000000", 3), "1e-11");
        assert_eq!(shown("92/29", 12), "3.1724137931");
        assert_eq!(shown("1000000000000000000000000", 3), "1e24");
    }

    #[test]
    fn groups_of_digits() {
        let grouped = ["0", "1234", "12345", "-1234567.12345", "1e24", "1/30000"].map(grouped);
        assert_eq!(grouped, ["0", "1234", "12_345", "-1_234_567.12345", "1e24", "1/30000"]);
    }

    #[test]
    fn fixed_places() {
        let fix = |text: &str, places| fixed(&parse_exact(text).unwrap(), places).text;
        assert_eq!(fix("1/200", 2), "0.00");
        assert_eq!(fix("3/200", 2), "0.02");
        assert_eq!(fix("-1/200", 2), "0.00");
        assert_eq!(fix("87/10", 2), "8.70");
        assert_eq!(finite(&parse_exact("1/8").unwrap(), 6).as_deref(), Some("0.125"));
        assert_eq!(finite(&parse_exact("1/3").unwrap(), 6), None);
        let written = ["0", "-7", "1/5", "3/4", "1/40", "-1/80", "1/1000000", "1/128", "1/15625", "7/30"]
            .map(|text| finite(&parse_exact(text).unwrap(), 6));
        let wanted =
            ["0", "-7", "0.2", "0.75", "0.025", "-0.0125", "0.000001"].map(|text| Some(text.to_owned()));
        assert_eq!(written[..7], wanted);
        assert_eq!(written[7..], [None, Some("0.000064".to_owned()), None]);
    }
}
