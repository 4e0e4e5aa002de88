//! Numbers written out in full for other programs: as decimals that are the number itself.

use dashu_base::DivRem;
use dashu_int::{IBig, UBig};

use super::Rational;

/// Longer numbers are written with an exponent.
const LONGEST_PLAIN: usize = 24;

/// The least whole number that makes finite decimals of all these numbers: one, where they have such already;
/// nothing where it has about so many digits or more.
pub fn decimal_factor<'a>(
    numbers: impl IntoIterator<Item = &'a Rational>,
    most_digits: usize,
) -> Option<Rational> {
    let mut factor = Rational::ONE;
    for number in numbers {
        let (_, rest) = tens(number.denominator().clone());
        if rest != UBig::ONE {
            let (own, so_far) = (Rational::from(IBig::from(rest)).reciprocal()?, factor.reciprocal()?);
            factor = own.with_denominator_of(&so_far).reciprocal()?;
        }
        if factor.digits() > most_digits {
            return None;
        }
    }
    Some(factor)
}

/// The number as a decimal, with an exponent where it is long; nothing where it has none.
#[must_use]
pub fn decimal(number: &Rational) -> Option<String> {
    let (places, rest) = tens(number.denominator().clone());
    if rest != UBig::ONE {
        return None;
    }
    let sign = if number.is_negative() { "-" } else { "" };
    let raised = number.abs().numerator() * IBig::from(UBig::from(10u8).pow(places));
    let digits = (raised / IBig::from(number.denominator().clone())).to_string();
    Some(format!("{sign}{}", laid_out(&digits, places)))
}

/// The fewest places behind the point that hold `1 / denominator`, and what of it no place can hold.
fn tens(denominator: UBig) -> (usize, UBig) {
    let (twos, rest) = divided(denominator, 2);
    let (fives, rest) = divided(rest, 5);
    (twos.max(fives), rest)
}

/// How often a number can be divided, and what is left.
fn divided(mut number: UBig, by: u8) -> (usize, UBig) {
    let by = UBig::from(by);
    // The divisor's powers by squaring: a denominator may be long, and dividing it step by step slow.
    let mut powers = vec![by];
    while let Some(last) = powers.last().filter(|last| **last <= number) {
        let square = last * last;
        powers.push(square);
    }
    let mut times = 0;
    for (exponent, power) in powers.iter().enumerate().rev() {
        let (quotient, remainder) = (&number).div_rem(power);
        if remainder == UBig::ZERO {
            number = quotient;
            times += 1 << exponent;
        }
    }
    (times, number)
}

/// Digits with so many places behind the point.
fn laid_out(digits: &str, places: usize) -> String {
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    if places == 0 {
        return match digits.len() {
            length if length > LONGEST_PLAIN && zeros > 3 => {
                format!("{}e{zeros}", &digits[..length - zeros])
            }
            _ => digits.to_owned(),
        };
    }
    if places > LONGEST_PLAIN {
        return format!("{digits}e-{places}");
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = padded.split_at(padded.len() - places);
    format!("{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::literal::parse_exact;

    #[test]
    fn decimals_are_the_number() {
        let shown = |text: &str| decimal(&parse_exact(text).unwrap());
        let is = |text: &str, right: &str| assert_eq!(shown(text).as_deref(), Some(right));
        is("0", "0");
        is("-7/4", "-1.75");
        is("1/8", "0.125");
        is("3/1000000", "0.000003");
        is("120", "120");
        is("1/1267650600228229401496703205376", &format!("{}e-100", num(5, 100)));
        is(&format!("12{}", "0".repeat(30)), "12e30");
        assert_eq!(shown("1/3"), None);
        assert_eq!(shown("7/30"), None);
    }

    fn num(base: u8, power: usize) -> String {
        UBig::from(base).pow(power).to_string()
    }

    #[test]
    fn factors_are_least() {
        let factor = |texts: &[&str]| {
            let numbers: Vec<Rational> = texts.iter().map(|text| parse_exact(text).unwrap()).collect();
            decimal_factor(&numbers, 50).map(|factor| factor.to_string())
        };
        assert_eq!(factor(&[]).as_deref(), Some("1"));
        assert_eq!(factor(&["1/8", "3/20"]).as_deref(), Some("1"));
        assert_eq!(factor(&["1/6", "3/14", "2/9"]).as_deref(), Some("63"));
        assert_eq!(factor(&[&format!("1/{}", num(7, 100))]), None);
    }
}
