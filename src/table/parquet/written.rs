//! What stands in a cell, as the text of a table has it.

use std::fmt::Write as _;

use super::schema::{Cells, Meant, Stored, Unit};
use super::values::Value;
use crate::table::calendar::civil;
use crate::table::quoted::push_quoted;

const SECONDS_OF_A_DAY: i64 = 86_400;

/// Puts a value behind a text; nothing, where it is no text or has another size than its kind.
pub(super) fn push(text: &mut String, value: Value<'_>, cells: Cells) -> Option<()> {
    match (cells.meant, value) {
        (Meant::Truth, Value::Truth(truth)) => text.push_str(if truth { "true" } else { "false" }),
        (Meant::Text, Value::Bytes(bytes)) => push_quoted(text, std::str::from_utf8(bytes).ok()?.trim()),
        (Meant::Single, Value::Bytes(bytes)) => {
            let number = f32::from_le_bytes(bytes.try_into().ok()?);
            push_shortest(text, &format!("{number:e}"));
        }
        (Meant::Double, Value::Bytes(bytes)) => {
            let number = f64::from_le_bytes(bytes.try_into().ok()?);
            push_shortest(text, &format!("{number:e}"));
        }
        (Meant::Identifier, Value::Bytes(bytes)) => push_identifier(text, bytes),
        (Meant::OldMoment, Value::Bytes(bytes)) => push_old_moment(text, bytes)?,
        (Meant::Decimal(places), Value::Bytes(bytes)) => {
            let (negative, digits) = digits_of(bytes)?;
            push_decimal(text, (negative, &digits), places);
        }
        (meant, Value::Whole(number)) => push_whole(text, number, (meant, cells.stored))?,
        _ => return None,
    }
    Some(())
}

fn push_whole(text: &mut String, number: i64, (meant, stored): (Meant, Stored)) -> Option<()> {
    let written = match meant {
        Meant::Whole => write!(text, "{number}"),
        // The same bytes, read without a sign.
        Meant::Count if stored == Stored::Whole(4) => write!(text, "{}", number & 0xffff_ffff),
        Meant::Count => write!(text, "{}", number.cast_unsigned()),
        Meant::Decimal(places) => {
            push_decimal(text, (number < 0, &number.unsigned_abs().to_string()), places);
            Ok(())
        }
        Meant::Day => write!(text, "{}", civil(number)),
        Meant::Time(unit) => {
            push_clock(text, number, unit);
            Ok(())
        }
        Meant::Moment(unit, utc) => {
            let of_a_day = SECONDS_OF_A_DAY * unit.of_a_second();
            let (day, time) = (number.div_euclid(of_a_day), number.rem_euclid(of_a_day));
            text.push_str(&civil(day));
            text.push('T');
            push_clock(text, time, unit);
            text.push_str(if utc { "Z" } else { "" });
            Ok(())
        }
        Meant::Truth | Meant::Single | Meant::Double | Meant::OldMoment | Meant::Text | Meant::Identifier => {
            return None;
        }
    };
    written.ok()
}

impl Unit {
    const fn of_a_second(self) -> i64 {
        match self {
            Self::Thousandths => 1_000,
            Self::Millionths => 1_000_000,
            Self::Billionths => 1_000_000_000,
        }
    }
}

/// A time of day; parts of a second only where there are any.
fn push_clock(text: &mut String, time: i64, unit: Unit) {
    let (seconds, part) = (time.div_euclid(unit.of_a_second()), time.rem_euclid(unit.of_a_second()));
    let (hours, minutes) = (seconds.div_euclid(3_600), seconds.div_euclid(60).rem_euclid(60));
    text.push_str(&format!("{hours:02}:{minutes:02}:{:02}", seconds.rem_euclid(60)));
    if part != 0 {
        text.push_str(&match unit {
            Unit::Thousandths => format!(".{part:03}"),
            Unit::Millionths => format!(".{part:06}"),
            Unit::Billionths => format!(".{part:09}"),
        });
    }
}

fn push_old_moment(text: &mut String, bytes: &[u8]) -> Option<()> {
    /// The day of 1970-01-01.
    const FIRST: i64 = 2_440_588;
    let (time, day) = bytes.split_first_chunk::<8>()?;
    text.push_str(&civil(i64::from(i32::from_le_bytes(day.try_into().ok()?)) - FIRST));
    text.push('T');
    push_clock(text, i64::from_le_bytes(*time), Unit::Billionths);
    Some(())
}

fn push_identifier(text: &mut String, bytes: &[u8]) {
    for (place, byte) in bytes.iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
}

/// The shortest decimal that is read as the same number: given as `1.5e-7`, and written without an exponent where that
/// is no longer than a person would write it.
fn push_shortest(text: &mut String, written: &str) {
    const MOST_ZEROS: usize = 20;
    let Some((mantissa, exponent)) = written.split_once('e') else {
        // Infinite, or no number at all: its row is bad where a number is asked for.
        return text.push_str(written);
    };
    let (negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => (true, mantissa),
        None => (false, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.parse::<i64>().unwrap_or(0);
    let digits = format!("{whole}{fraction}");
    let behind = i64::try_from(fraction.len()).unwrap_or(0) - exponent;
    match usize::try_from(behind) {
        _ if digits == "0" => text.push('0'),
        Ok(places) if places <= MOST_ZEROS => push_decimal(text, (negative, &digits), places),
        Err(_) if behind.unsigned_abs() <= MOST_ZEROS as u64 => {
            let zeros = "0".repeat(usize::try_from(-behind).unwrap_or(0));
            push_decimal(text, (negative, &format!("{digits}{zeros}")), 0);
        }
        _ => text.push_str(written),
    }
}

/// Digits with so many of them behind the point.
fn push_decimal(text: &mut String, (negative, digits): (bool, &str), places: usize) {
    if negative {
        text.push('-');
    }
    match digits.len().checked_sub(places) {
        Some(whole) if whole > 0 => {
            let (whole, fraction) = digits.split_at_checked(whole).unwrap_or((digits, ""));
            text.push_str(whole);
            if !fraction.is_empty() {
                text.push('.');
                text.push_str(fraction);
            }
        }
        _ => {
            text.push_str("0.");
            text.extend(std::iter::repeat_n('0', places - digits.len()));
            text.push_str(digits);
        }
    }
}

/// The digits of a number of any length, the highest byte first, and whether it is negative.
fn digits_of(bytes: &[u8]) -> Option<(bool, String)> {
    /// More than the widest decimal has that is read.
    const MOST_BYTES: usize = 64;
    const OF_A_STEP: u64 = 1_000_000_000;
    let negative = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
    if bytes.len() <= 16 {
        let sign = if negative { -1 } else { 0 };
        let number = bytes.iter().fold(sign, |number: i128, byte| (number << 8) | i128::from(*byte));
        return Some((negative, number.unsigned_abs().to_string()));
    }
    let filled = if negative { 0xff } else { 0 };
    // In front may stand bytes that say nothing but the sign.
    let start = bytes.iter().position(|byte| *byte != filled).unwrap_or(bytes.len());
    let mut rest = bytes.get(start..)?.to_vec();
    if rest.len() > MOST_BYTES {
        return None;
    }
    if negative {
        rest.insert(0, filled);
        magnitude(&mut rest);
    }
    let mut digits = String::new();
    loop {
        let mut over = 0_u64;
        for byte in &mut rest {
            over = (over << 8) | u64::from(*byte);
            *byte = u8::try_from(over / OF_A_STEP).unwrap_or(u8::MAX);
            over %= OF_A_STEP;
        }
        let done = rest.iter().all(|byte| *byte == 0);
        let step = if done { over.to_string() } else { format!("{over:09}") };
        digits.insert_str(0, &step);
        if done {
            return Some((negative, digits));
        }
    }
}

/// A negative number without its sign: all bits the other way, and one more.
fn magnitude(bytes: &mut [u8]) {
    let mut carry = true;
    for byte in bytes.iter_mut().rev() {
        let (turned, over) = (!*byte).overflowing_add(u8::from(carry));
        (*byte, carry) = (turned, over);
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::{Cells, Meant, Stored, Unit};
    use super::super::values::Value;
    use super::{digits_of, push, push_decimal};

    fn written(value: Value<'_>, meant: Meant) -> Option<String> {
        let mut text = String::new();
        push(&mut text, value, Cells { stored: Stored::Whole(8), meant, optional: false })?;
        Some(text)
    }

    #[test]
    fn doubles_are_their_shortest_decimals() {
        for (number, wanted) in [
            (0.1, "0.1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (-2.5, "-2.5"),
            (-0.0, "0"),
            (1500.0, "1500"),
            (1e20, "100000000000000000000"),
            (1e300, "1e300"),
            (1.25e-9, "0.00000000125"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e308"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            let bytes = f64::to_le_bytes(number);
            assert_eq!(written(Value::Bytes(&bytes), Meant::Double).as_deref(), Some(wanted));
        }
        let bytes = f32::to_le_bytes(0.1);
        assert_eq!(written(Value::Bytes(&bytes), Meant::Single).as_deref(), Some("0.1"));
        assert_eq!(written(Value::Bytes(&bytes), Meant::Double), None);
    }

    #[test]
    fn decimals_have_all_of_their_digits() {
        for (digits, places, wanted) in [
            ("1234", 2, "12.34"),
            ("1234", 0, "1234"),
            ("1234", 4, "0.1234"),
            ("7", 3, "0.007"),
            ("0", 2, "0.00"),
        ] {
            let mut text = String::new();
            push_decimal(&mut text, (true, digits), places);
            assert_eq!(text, format!("-{wanted}"));
        }
        for number in [0_i128, 1, -1, 127, -128, 1_000_000_000, -1_000_000_000, i128::MAX, i128::MIN] {
            let wanted = (number < 0, number.unsigned_abs().to_string());
            assert_eq!(digits_of(&number.to_be_bytes()), Some(wanted.clone()), "{number}");
            // The same behind more bytes of its sign.
            let mut long = vec![if number < 0 { 0xff } else { 0 }; 40];
            long.extend(number.to_be_bytes());
            assert_eq!(digits_of(&long), Some(wanted), "{number}");
        }
        let mut two_to_the_200 = vec![0; 26];
        two_to_the_200[0] = 1;
        let wanted = "1606938044258990275541962092341162602522202993782792835301376";
        assert_eq!(digits_of(&two_to_the_200), Some((false, wanted.to_owned())));
        assert_eq!(digits_of(&[1; 65]), None);
        assert_eq!(digits_of(&[]), Some((false, "0".to_owned())));
    }

    #[test]
    fn days_and_times_are_texts() {
        for (number, meant, wanted) in [
            (19_783, Meant::Day, "2024-03-01"),
            (-1, Meant::Day, "1969-12-31"),
            (45_000_000, Meant::Time(Unit::Thousandths), "12:30:00"),
            (45_000_000_250, Meant::Time(Unit::Millionths), "12:30:00.000250"),
            (1_709_296_200_000, Meant::Moment(Unit::Thousandths, true), "2024-03-01T12:30:00Z"),
            (-1, Meant::Moment(Unit::Billionths, false), "1969-12-31T23:59:59.999999999"),
            (-1, Meant::Count, "18446744073709551615"),
            (-5, Meant::Decimal(1), "-0.5"),
            (i64::MIN, Meant::Whole, "-9223372036854775808"),
        ] {
            assert_eq!(written(Value::Whole(number), meant).as_deref(), Some(wanted));
        }
        for extreme in [i64::MIN, i64::MAX] {
            assert!(written(Value::Whole(extreme), Meant::Moment(Unit::Thousandths, true)).is_some());
        }
        let (midday, day) = (43_200_000_000_000_i64.to_le_bytes(), 2_460_371_i32.to_le_bytes());
        let old: Vec<u8> = midday.into_iter().chain(day).collect();
        assert_eq!(written(Value::Bytes(&old), Meant::OldMoment).as_deref(), Some("2024-03-01T12:00:00"));
        let id: Vec<u8> = (0..16).collect();
        let wanted = "00010203-0405-0607-0809-0a0b0c0d0e0f";
        assert_eq!(written(Value::Bytes(&id), Meant::Identifier).as_deref(), Some(wanted));
    }
}
