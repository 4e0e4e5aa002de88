//! Free MPS.
//!
//! Where readers differ, nothing is left to them: every column has its lower bound written where that is not
//! 0, before an upper bound that would otherwise move it, and integral columns have both. There is no
//! OBJSENSE, which CBC 2.10 reads over without a word and GLPK 5.0 refuses: an objective is minimised.

use std::fmt::Write as _;

use super::Sense;
use super::document::{Document, WrittenColumn, WrittenRow};
use crate::exact::Rational;
use crate::exact::written::decimal;

pub(super) fn text(document: &Document) -> String {
    let mut out = String::new();
    document.head.iter().for_each(|line| comment(&mut out, line));
    if document.sense == Sense::Maximize {
        comment(&mut out, "MPS minimises: the objective is negated, and so is the optimum");
    }
    line(&mut out, format_args!("NAME {}", document.name));
    rows(&mut out, document);
    columns(&mut out, document);
    sides(&mut out, document);
    out.push_str("BOUNDS\n");
    document.columns.iter().for_each(|column| bounds(&mut out, column));
    out.push_str("ENDATA\n");
    out
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
    out.push('\n');
}

fn comment(out: &mut String, text: &str) {
    line(out, format_args!("* {text}"));
}

/// A number that has a decimal, as a document's all have.
fn shown(number: &Rational) -> String {
    decimal(number).unwrap_or_else(|| number.to_string())
}

fn rows(out: &mut String, document: &Document) {
    out.push_str("ROWS\n");
    for row in std::iter::once(&document.objective).chain(&document.rows) {
        row.notes.iter().for_each(|note| comment(out, note));
        line(out, format_args!(" {} {}", kind(row), row.name));
    }
}

/// Both sides: their lower goes to RANGES.
fn kind(row: &WrittenRow) -> char {
    match (&row.lower, &row.upper) {
        (None, None) => 'N',
        (Some(lower), Some(upper)) if lower == upper => 'E',
        (Some(_), None) => 'G',
        (_, Some(_)) => 'L',
    }
}

fn columns(out: &mut String, document: &Document) {
    out.push_str("COLUMNS\n");
    let mut whole = false;
    for (column, entries) in document.columns.iter().zip(entries(document)) {
        if column.integral != whole {
            marker(out, column.integral);
            whole = column.integral;
        }
        column.notes.iter().for_each(|note| comment(out, note));
        if entries.is_empty() {
            line(out, format_args!("    {} {} 0", column.name, document.objective.name));
        }
        for (row, number) in entries {
            line(out, format_args!("    {} {row} {number}", column.name));
        }
    }
    if whole {
        marker(out, false);
    }
}

/// For each column the rows that it stands on, with its factors.
fn entries(document: &Document) -> Vec<Vec<(&str, String)>> {
    let mut entries: Vec<Vec<(&str, String)>> = document.columns.iter().map(|_| Vec::new()).collect();
    let mut add = |row, column: usize, number: &Rational| {
        if let Some(entries) = entries.get_mut(column) {
            entries.push((row, shown(number)));
        }
    };
    for (column, number) in &document.objective.terms {
        let negated = if document.sense == Sense::Maximize { -number } else { number.clone() };
        add(&document.objective.name, *column, &negated);
    }
    for row in &document.rows {
        row.terms.iter().for_each(|(column, number)| add(&row.name, *column, number));
    }
    entries
}

fn marker(out: &mut String, begins: bool) {
    line(out, format_args!("    MARKER 'MARKER' '{}'", if begins { "INTORG" } else { "INTEND" }));
}

fn sides(out: &mut String, document: &Document) {
    out.push_str("RHS\n");
    for row in &document.rows {
        let side = row.upper.as_ref().or(row.lower.as_ref()).filter(|side| !side.is_zero());
        if let Some(side) = side {
            line(out, format_args!("    RHS {} {}", row.name, shown(side)));
        }
    }
    let ranges = document.rows.iter().filter_map(|row| match (&row.lower, &row.upper) {
        (Some(lower), Some(upper)) if lower < upper => Some((&row.name, upper - lower)),
        _ => None,
    });
    let ranges: Vec<_> = ranges.collect();
    if !ranges.is_empty() {
        out.push_str("RANGES\n");
        for (name, range) in ranges {
            line(out, format_args!("    RANGES {name} {}", shown(&range)));
        }
    }
}

fn bounds(out: &mut String, column: &WrittenColumn) {
    let name = &column.name;
    let mut bound = |kind: &str, number: Option<&Rational>| match number {
        Some(number) => line(out, format_args!(" {kind} BOUND {name} {}", shown(number))),
        None => line(out, format_args!(" {kind} BOUND {name}")),
    };
    match (&column.lower, &column.upper) {
        (None, None) => return bound("FR", None),
        (Some(lower), Some(upper)) if lower == upper => return bound("FX", Some(lower)),
        (Some(lower), Some(upper)) if column.integral && lower.is_zero() && *upper == Rational::ONE => {
            return bound("BV", None);
        }
        (None, Some(_)) => bound("MI", None),
        (Some(lower), upper) => {
            let said = column.integral || upper.as_ref().is_some_and(Rational::is_negative);
            if said || !lower.is_zero() {
                bound("LO", Some(lower));
            }
        }
    }
    match &column.upper {
        Some(upper) if column.integral && upper.is_integer() => bound("UI", Some(upper)),
        Some(upper) => bound("UP", Some(upper)),
        None if column.integral => bound("PL", None),
        None => {}
    }
}
