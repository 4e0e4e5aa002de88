//! Dates: numbers of days, told from other numbers by how their style shows them.

use super::decimals;
use crate::table::calendar::civil;

/// How a style shows a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Number,
    /// A date, a time of day, or both.
    Date,
    /// Hours, which go on beyond a day.
    Duration,
}

/// The formats that every workbook has, by number.
pub(super) const fn shown_by_number(id: u32) -> Shown {
    match id {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Shown::Date,
        46 => Shown::Duration,
        _ => Shown::Number,
    }
}

/// A format that a workbook spells out: `yyyy-mm-dd`, `[h]:mm`, `#,##0.00 "days"`.
pub(super) fn shown_by(code: &str) -> Shown {
    if code.eq_ignore_ascii_case("general") || code.eq_ignore_ascii_case("standard") {
        return Shown::Number;
    }
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            // The first section alone: the others are of negative numbers, of 0 and of texts.
            ';' => break,
            '"' => drop(letters.by_ref().find(|letter| *letter == '"')),
            '\\' | '_' | '*' => drop(letters.next()),
            '[' => {
                let inside: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                let time = |letter: char| matches!(letter, 'h' | 'H' | 'm' | 'M' | 's' | 'S');
                if !inside.is_empty() && inside.chars().all(time) {
                    return Shown::Duration;
                }
            }
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return Shown::Date,
            _ => {}
        }
    }
    Shown::Number
}

/// The number of a cell as its style shows it, dates as `2024-03-01`, `12:30:00` and `2024-03-01T12:30:00`.
pub(super) fn written(text: &str, shown: Shown, from_1904: bool) -> Option<String> {
    let dated = match (shown, decimals::days(text)) {
        (Shown::Date, Some(days)) => date(days, from_1904),
        (Shown::Duration, Some((days, thousandths))) => Some(clock(days * 24, thousandths)),
        _ => None,
    };
    dated.or_else(|| decimals::shown(text))
}

fn clock(hours: i64, thousandths: i64) -> String {
    let (seconds, rest) = (thousandths / 1_000, thousandths % 1_000);
    let part = if rest == 0 { String::new() } else { format!(".{rest:03}") };
    format!("{:02}:{:02}:{:02}{part}", hours + seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

fn date((days, thousandths): (i64, i64), from_1904: bool) -> Option<String> {
    /// 9999-12-31, the last day that spreadsheets know.
    const LAST: i64 = 2_958_465;
    if days == 0 && !from_1904 && thousandths > 0 {
        return Some(clock(0, thousandths));
    }
    let days = if from_1904 { days.checked_add(1_462)? } else { days };
    if !(1..=LAST).contains(&days) {
        return None;
    }
    let day = match days {
        // 1900 was no leap year, but the first spreadsheets had it so.
        60 => "1900-02-29".to_owned(),
        1..60 => civil(days - 25_568),
        _ => civil(days - 25_569),
    };
    let time = if thousandths == 0 { String::new() } else { format!("T{}", clock(0, thousandths)) };
    Some(format!("{day}{time}"))
}

#[cfg(test)]
mod tests {
    use super::{Shown, shown_by, written};

    #[test]
    fn formats_are_told_apart() {
        for code in ["yyyy-mm-dd", "[$-409]d. mmm yy;@", "h:mm AM/PM", "\"on\" dd/mm"] {
            assert_eq!(shown_by(code), Shown::Date, "{code}");
        }
        for code in ["[h]:mm:ss", "[ss]"] {
            assert_eq!(shown_by(code), Shown::Duration, "{code}");
        }
        for code in
            ["General", "0.00", "#,##0 \"days\"", "0.00E+00", "[Red]0", "0;\"yes\"", "@", "0\\d", "Standard"]
        {
            assert_eq!(shown_by(code), Shown::Number, "{code}");
        }
    }

    #[test]
    fn days_are_dates() {
        for (text, from_1904, wanted) in [
            ("1", false, "1900-01-01"),
            ("59", false, "1900-02-28"),
            ("60", false, "1900-02-29"),
            ("61", false, "1900-03-01"),
            ("45352", false, "2024-03-01"),
            ("45351.999999999", false, "2024-03-01"),
            ("45352.5", false, "2024-03-01T12:00:00"),
            ("43890", true, "2024-03-01"),
            ("0", true, "1904-01-01"),
            ("0.75", false, "18:00:00"),
            ("2958465", false, "9999-12-31"),
            ("2958466", false, "2958466"),
            ("-5", false, "-5"),
        ] {
            assert_eq!(written(text, Shown::Date, from_1904).as_deref(), Some(wanted), "{text}");
        }
        assert_eq!(written("1.5", Shown::Duration, false).as_deref(), Some("36:00:00"));
        assert_eq!(written("1.5", Shown::Number, false).as_deref(), Some("1.5"));
    }
}
