//! Numbers of cells: the decimal that a spreadsheet can show.
//!
//! Spreadsheets keep doubles, and show, compare and take at most fifteen digits of them. What stands in the file are
//! the seventeen digits that a double may need: `0.10000000000000001` for 0.1, `1.3800000000000001` for 230 × 0.006.
//! So a number with a fraction has fifteen digits, and a whole number all of its own: a long one is a name, or exact.

/// The most digits of a number with a fraction.
const SHOWN: usize = 15;

/// Zeros that are written out; beyond them stands an exponent.
const WRITTEN: i64 = 40;

/// A decimal: digits without zeros around them, times a power of ten.
struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn of(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let negative = mantissa.starts_with('-');
        let magnitude = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
        let (whole, fraction) = magnitude.split_once('.').unwrap_or((magnitude, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        Some(Self { negative, digits, exponent }.trimmed())
    }

    fn trimmed(mut self) -> Self {
        let kept = self.digits.trim_end_matches('0').len();
        self.exponent = self.exponent.saturating_add(i64::try_from(self.digits.len() - kept).unwrap_or(0));
        self.digits.truncate(kept);
        self.digits = self.digits.trim_start_matches('0').to_owned();
        if self.digits.is_empty() { Self { negative: false, exponent: 0, ..self } } else { self }
    }

    /// The nearest decimal of so many digits; a half goes away from zero, as spreadsheets have it.
    fn rounded(mut self, most: usize) -> Self {
        if self.digits.len() <= most {
            return self;
        }
        let up = self.digits.as_bytes().get(most).is_some_and(|digit| *digit >= b'5');
        let dropped = self.digits.len() - most;
        self.digits.truncate(most);
        self.exponent = self.exponent.saturating_add(i64::try_from(dropped).unwrap_or(0));
        if up {
            // Fifteen digits fit a word.
            let digits = self.digits.parse::<u64>().unwrap_or(0) + 1;
            self.digits = digits.to_string();
        }
        self.trimmed()
    }

    fn written(&self) -> String {
        let sign = if self.negative { "-" } else { "" };
        let Self { digits, exponent, .. } = self;
        if digits.is_empty() {
            return "0".to_owned();
        }
        if !(-WRITTEN..=WRITTEN).contains(exponent) {
            return format!("{sign}{digits}e{exponent}");
        }
        if *exponent >= 0 {
            return format!("{sign}{digits}{}", "0".repeat(usize::try_from(*exponent).unwrap_or(0)));
        }
        let places = usize::try_from(-exponent).unwrap_or(0);
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        format!("{sign}{whole}.{fraction}")
    }
}

/// The number as a table writes it; nothing where the text is none.
pub(super) fn shown(text: &str) -> Option<String> {
    let number = Decimal::of(text.trim())?;
    let number = if number.exponent >= 0 { number } else { number.rounded(SHOWN) };
    Some(number.written())
}

/// A number of days from 0 as whole days and thousandths of seconds; nothing for others.
pub(super) fn days(text: &str) -> Option<(i64, i64)> {
    const OF_A_DAY: u128 = 86_400_000;
    let written = shown(text)?;
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let whole = whole.parse::<u32>().ok()?;
    let scale = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let part = if fraction.is_empty() { 0 } else { fraction.parse::<u128>().ok()? };
    let thousandths = part.checked_mul(OF_A_DAY)?.checked_add(scale / 2)? / scale;
    let (more, thousandths) = (thousandths / OF_A_DAY, thousandths % OF_A_DAY);
    Some((i64::from(whole) + i64::try_from(more).ok()?, i64::try_from(thousandths).ok()?))
}

#[cfg(test)]
mod tests {
    use super::{days, shown};

    #[test]
    fn numbers_are_what_people_see() {
        for (text, wanted) in [
            ("0.1", "0.1"),
            ("0.10000000000000001", "0.1"),
            ("0.30000000000000004", "0.3"),
            ("1.3800000000000001", "1.38"),
            ("3.0000000000000004", "3"),
            ("0.99999999999999989", "1"),
            ("-2.50", "-2.5"),
            ("1E-3", "0.001"),
            ("5.0000000000000001E-2", "0.05"),
            ("1.5E3", "1500"),
            ("12.0", "12"),
            ("-0", "0"),
            ("0.123456789012345", "0.123456789012345"),
            ("123456789012345.6", "123456789012346"),
            ("1234567890123456789", "1234567890123456789"),
            ("1E+20", "100000000000000000000"),
            ("1E400", "1e400"),
            ("1e-300", "1e-300"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(wanted), "{text}");
        }
        for text in ["", "-", ".", "1e", "nan", "1,5", "0x1", "1e99999999999999999999", "１"] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn days_have_parts() {
        assert_eq!(days("45943.541"), Some((45_943, 46_742_400)));
        assert_eq!(days("45000.333333333336"), Some((45_000, 28_800_000)));
        assert_eq!(days("0.99999999999999"), Some((1, 0)));
        assert_eq!(days("-1"), None);
        assert_eq!(days("1e30"), None);
    }
}
