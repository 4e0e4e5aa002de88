//! Workbooks: a sheet of an `.xlsx` file as a text of rows, so that all that holds of such texts holds of it.
//!
//! The format is read here itself, event by event: memory follows the cells that there are, not the sizes that the
//! file claims. This is the only folder that names the crates of zip archives and XML.

mod cells;
mod dates;
mod decimals;
mod grid;
mod package;
mod parts;

use super::Sheet;
use cells::Shared;
use package::Package;
use parts::Contents;

/// Why a file is no workbook, or has not the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkbookFault {
    /// No zip archive, or not a whole one.
    NoArchive,
    /// Behind a password, or of before 2007.
    Locked,
    /// An archive of something else.
    NoWorkbook,
    /// A part is missing, cut off, or says what no spreadsheet writes.
    Damaged,
    /// It unpacks to more than [`crate::source::MOST_BYTES`].
    TooLarge,
    /// It has no sheet of this name, but these.
    NoSheet(Vec<String>),
}

/// Reads the sheet of this name; the first that is not hidden, where none is given.
///
/// # Errors
/// [`WorkbookFault`]
pub fn sheet(bytes: &[u8], wanted: Option<&str>) -> Result<Sheet, WorkbookFault> {
    let mut package = Package::open(bytes)?;
    let contents = Contents::of(&mut package)?;
    let names = || contents.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let found = match wanted {
        Some(name) => contents.sheets.iter().find(|sheet| sheet.name == name),
        None => contents.sheets.iter().find(|sheet| !sheet.hidden).or(contents.sheets.first()),
    };
    let listed = found.ok_or_else(|| WorkbookFault::NoSheet(names()))?;
    let styles = contents.styles(&mut package)?;
    let texts = contents.texts(&mut package)?;
    let shared = Shared { texts, styles, from_1904: contents.from_1904 };
    let text = cells::read(&mut Contents::cells(&mut package, listed)?, &shared)?;
    Ok(Sheet { name: listed.name.clone(), text })
}
