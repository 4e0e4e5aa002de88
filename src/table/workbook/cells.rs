//! The cells of one sheet, one after the other.

use quick_xml::events::{BytesStart, Event};

use super::WorkbookFault;
use super::dates::{self, Shown};
use super::grid::{Grid, MOST_COLUMNS, MOST_ROWS};
use super::package::{Part, attribute, is};
use super::parts::{Texts, string, unescaped};

/// What cells refer to.
#[derive(Debug)]
pub(super) struct Shared {
    pub texts: Texts,
    pub styles: Vec<Shown>,
    pub from_1904: bool,
}

/// A cell before its content is read.
struct Begun {
    column: usize,
    style: usize,
    kind: Option<String>,
}

/// The column of a place such as `C14`, from 0.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    // More than three letters are beyond the last column.
    let number =
        letters.take(4).fold(0, |sum, letter| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'@'));
    number.checked_sub(1).filter(|column| *column < MOST_COLUMNS)
}

fn begun(element: &BytesStart<'_>, next: usize) -> Result<Begun, WorkbookFault> {
    let column = match attribute(element, "r") {
        Some(place) => column(&place).ok_or(WorkbookFault::Damaged)?,
        None => next,
    };
    let style = attribute(element, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
    Ok(Begun { column, style, kind: attribute(element, "t") })
}

/// Reads a sheet into a text.
pub(super) fn read(part: &mut Part<'_, '_>, shared: &Shared) -> Result<String, WorkbookFault> {
    let mut grid = Grid::default();
    // The row that is read, how many there have been, and where the next cell stands.
    let (mut row, mut rows, mut next) = (0, 0, 0);
    let mut inside = false;
    loop {
        let cell = match part.next()? {
            Event::Start(element) if is(&element, "sheetData") => {
                inside = true;
                continue;
            }
            Event::Start(element) if inside && is(&element, "row") => {
                let given = attribute(&element, "r").map(|given| given.parse::<usize>());
                row = match given {
                    Some(given) => {
                        given.ok().and_then(|row| row.checked_sub(1)).ok_or(WorkbookFault::Damaged)?
                    }
                    None => rows,
                };
                if row < rows || row >= MOST_ROWS {
                    return Err(WorkbookFault::Damaged);
                }
                (rows, next) = (row + 1, 0);
                continue;
            }
            Event::Start(element) if inside && is(&element, "c") => begun(&element, next)?,
            Event::End(element) if inside && element.local_name().as_ref() == "row" => {
                grid.end_row(row)?;
                continue;
            }
            Event::End(element) if element.local_name().as_ref() == "sheetData" => {
                return Ok(grid.into_text());
            }
            Event::Eof => return Err(WorkbookFault::Damaged),
            _ => continue,
        };
        next = cell.column + 1;
        content(part, &cell, shared, &mut grid)?;
    }
}

/// Reads what stands in a cell; a formula's result, where the workbook has one, and else the formula.
fn content(
    part: &mut Part<'_, '_>,
    cell: &Begun,
    shared: &Shared,
    grid: &mut Grid,
) -> Result<(), WorkbookFault> {
    let (mut formula, mut value) = (None, None);
    loop {
        let name = match part.next()? {
            Event::Start(element) => element.local_name().as_ref().to_owned(),
            Event::End(_) => break,
            Event::Eof => return Err(WorkbookFault::Damaged),
            _ => continue,
        };
        match name.as_str() {
            "is" => grid.put(cell.column, &string(part)?)?,
            "v" => value = Some(part.text()?),
            "f" => formula = Some(part.text()?),
            _ => drop(part.text()?),
        }
    }
    let value = value.filter(|value| !value.is_empty() || cell.kind.as_deref() == Some("str"));
    match (value, formula) {
        (Some(value), _) => valued(&value, cell, shared, grid),
        (None, Some(formula)) => grid.put(cell.column, &format!("={formula}")),
        (None, None) => Ok(()),
    }
}

fn valued(value: &str, cell: &Begun, shared: &Shared, grid: &mut Grid) -> Result<(), WorkbookFault> {
    match cell.kind.as_deref() {
        Some("s") => {
            let text = value.trim().parse().ok().and_then(|place| shared.texts.get(place));
            grid.put(cell.column, text.ok_or(WorkbookFault::Damaged)?)
        }
        Some("b") => grid.put(cell.column, if value.trim() == "0" { "FALSE" } else { "TRUE" }),
        Some("str") => grid.put(cell.column, &unescaped(value)),
        // Its text stands in the cell itself.
        Some("inlineStr") => Ok(()),
        Some("e" | "d") => grid.put(cell.column, value),
        _ => {
            let shown = shared.styles.get(cell.style).copied().unwrap_or(Shown::Number);
            let written = dates::written(value, shown, shared.from_1904);
            grid.put(cell.column, written.as_deref().unwrap_or(value))
        }
    }
}
