//! Numbers and money as text, in one of the many ways in which a modeller may write them.

use loopc::exact::Rational;

use super::describe::{Amount, fraction};
use super::random::Random;

/// Writes values, and declares params for some of them.
pub struct Speller {
    pub random: Random,
    /// The currency in which money is written, and what it is worth in the reporting currency.
    pub currency: (&'static str, Rational),
    pub params: Vec<String>,
}

/// What one USD is worth in the reporting currency.
pub fn dollar() -> Rational {
    fraction(7, 2)
}

/// A number that stands wherever one may: a literal, or a quotient in parentheses.
pub fn number(value: &Rational) -> String {
    for places in 0..4 {
        let ten = Rational::from(10_i64.pow(places));
        let digits = &value.abs() * &ten;
        if digits.is_integer() && !value.is_negative() {
            let text = format!("{:0>width$}", digits.to_string(), width = places as usize + 1);
            let (whole, part) = text.split_at(text.len() - places as usize);
            return if places == 0 { text } else { format!("{whole}.{part}") };
        }
    }
    format!("({value})")
}

impl Speller {
    pub fn new(seed: u64, currency: (&'static str, Rational)) -> Self {
        Self { random: Random::new(seed), currency, params: Vec::new() }
    }

    /// A bare number.
    pub fn bare(&mut self, value: &Rational) -> String {
        let hundred = value * &Rational::from(100);
        match self.random.below(6) {
            0 if hundred.is_integer() && *value <= Rational::ONE && !value.is_negative() => {
                format!("{hundred}%")
            }
            1 => self.param(number(value)),
            _ => number(value),
        }
    }

    fn param(&mut self, value: String) -> String {
        let name = format!("k{}", self.params.len());
        self.params.push(format!("param {name} = {value}"));
        name
    }

    /// A sum of money; other attributes of a flow may name its amount.
    pub fn money(&mut self, value: &Rational, amount: Option<&Amount>) -> String {
        let unit = self.currency.0;
        let half = value * &fraction(1, 2);
        match self.random.below(12) {
            0 | 1 if value.is_zero() => "0".to_owned(),
            2 => {
                let dollars = &(value * &self.currency.1) / &dollar();
                format!("{} USD", number(&dollars))
            }
            3 => format!("{} {unit} + {} {unit}", number(&half), number(&half)),
            4 => format!("{} {unit} - {} {unit}", number(&(value + &Rational::ONE)), number(&Rational::ONE)),
            5 => {
                let money = format!("{} {unit}", number(value));
                self.param(money)
            }
            6 => format!("2 * {} {unit}", number(&half)),
            7 => format!("-{} {unit}", number(&-value)),
            8 | 9 => match amount {
                Some(Amount::Money(carried)) if !carried.is_zero() => {
                    format!("{} * amount", number(&(value / carried)))
                }
                Some(Amount::Parcels(carried)) => {
                    format!("amount * {} {unit} / parcel", number(&(value / carried)))
                }
                Some(Amount::None) => format!("amount * {} {unit}", number(value)),
                _ => format!("{} {unit}", number(value)),
            },
            _ => format!("{} {unit}", number(value)),
        }
    }

    pub fn delay(&mut self, value: &Rational) -> String {
        match self.random.below(5) {
            0 => format!("{} hour", number(&(value * &Rational::from(24)))),
            1 => format!("{} week", number(&(value * &fraction(1, 7)))),
            _ => format!("{} day", number(value)),
        }
    }
}
