//! CPLEX LP.
//!
//! Two-sided rows are written as two, because not every reader takes them as one.

use std::fmt::Write as _;

use super::Sense;
use super::document::{Document, WrittenColumn, WrittenRow};
use crate::exact::Rational;
use crate::exact::written::decimal;

/// Lines are broken behind this column: some readers have room for few hundred letters.
const WIDEST: usize = 100;

pub(super) fn text(document: &Document) -> String {
    let mut out = String::new();
    document.head.iter().for_each(|line| comment(&mut out, line));
    out.push_str(match document.sense {
        Sense::Maximize => "Maximize\n",
        Sense::Minimize => "Minimize\n",
    });
    document.objective.notes.iter().for_each(|note| comment(&mut out, note));
    sum(&mut out, &document.objective.name, &document.objective, &document.columns);
    out.push_str("\nSubject To\n");
    document.rows.iter().for_each(|row| conditions(&mut out, row, &document.columns));
    out.push_str("Bounds\n");
    document.columns.iter().for_each(|column| bounds(&mut out, column));
    if document.columns.iter().any(|column| column.integral) {
        out.push_str("General\n");
        for column in document.columns.iter().filter(|column| column.integral) {
            line(&mut out, format_args!(" {}", column.name));
        }
    }
    out.push_str("End\n");
    out
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
    out.push('\n');
}

fn comment(out: &mut String, text: &str) {
    line(out, format_args!("\\ {text}"));
}

fn shown(number: &Rational) -> String {
    decimal(number).unwrap_or_else(|| number.to_string())
}

/// A row as one condition for each of its sides; a row without sides says nothing, and only its name is left.
fn conditions(out: &mut String, row: &WrittenRow, columns: &[WrittenColumn]) {
    row.notes.iter().for_each(|note| comment(out, note));
    let mut condition = |name: &str, sign: &str, side: &Rational| {
        sum(out, name, row, columns);
        line(out, format_args!(" {sign} {}", shown(side)));
    };
    match (&row.lower, &row.upper) {
        (Some(lower), Some(upper)) if lower == upper => condition(&row.name, "=", lower),
        (Some(lower), Some(upper)) => {
            condition(&row.name, ">=", lower);
            condition(&row.upper_name, "<=", upper);
        }
        (Some(lower), None) => condition(&row.name, ">=", lower),
        (None, Some(upper)) => condition(&row.name, "<=", upper),
        (None, None) => comment(out, &format!("{} has no sides", row.name)),
    }
}

/// A weighted sum with its name; a sum of nothing is no column's worth.
fn sum(out: &mut String, name: &str, row: &WrittenRow, columns: &[WrittenColumn]) {
    let _ = write!(out, " {name}:");
    let mut width = name.len() + 2;
    let nothing = [(0, Rational::ZERO)];
    let terms = if row.terms.is_empty() { nothing.as_slice() } else { &row.terms };
    for (column, number) in terms {
        let Some(column) = columns.get(*column) else { continue };
        let sign = if number.is_negative() { '-' } else { '+' };
        let number = number.abs();
        let factor = if number == Rational::ONE { String::new() } else { format!("{} ", shown(&number)) };
        let term = format!(" {sign} {factor}{}", column.name);
        if width + term.len() > WIDEST {
            out.push_str("\n  ");
            width = 2;
        }
        width += term.len();
        out.push_str(&term);
    }
}

fn bounds(out: &mut String, column: &WrittenColumn) {
    column.notes.iter().for_each(|note| comment(out, note));
    let name = &column.name;
    match (&column.lower, &column.upper) {
        (None, None) => line(out, format_args!(" {name} free")),
        (None, Some(upper)) => line(out, format_args!(" -inf <= {name} <= {}", shown(upper))),
        (Some(lower), Some(upper)) if lower == upper => {
            line(out, format_args!(" {name} = {}", shown(lower)));
        }
        (Some(lower), Some(upper)) => {
            line(out, format_args!(" {} <= {name} <= {}", shown(lower), shown(upper)));
        }
        (Some(lower), None) => line(out, format_args!(" {name} >= {}", shown(lower))),
    }
}
