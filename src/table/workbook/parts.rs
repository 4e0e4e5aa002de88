//! What a workbook says of its sheets: their names and places, the texts that cells share, and which styles are dates.

use quick_xml::events::Event;

use super::WorkbookFault;
use super::dates::{self, Shown};
use super::package::{Package, Part, attribute, is};

/// A sheet: its name, and where its cells stand.
#[derive(Debug)]
pub(super) struct Listed {
    pub name: String,
    pub hidden: bool,
    part: String,
}

/// The sheets in their order, and whether dates count from 1904.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub sheets: Vec<Listed>,
    pub from_1904: bool,
    /// Where the texts stand that cells share, and the styles; a workbook may be without.
    texts: Option<String>,
    styles: Option<String>,
}

/// The texts that cells share, end to end: a text each would take more memory than its letters.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    pub fn get(&self, place: usize) -> Option<&str> {
        let end = *self.ends.get(place)?;
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.all.get(start..end)
    }
}

/// What each element of a part says, in their order.
fn elements(
    package: &mut Package<'_>,
    path: &str,
    mut look: impl FnMut(&quick_xml::events::BytesStart<'_>),
) -> Result<bool, WorkbookFault> {
    let Some(mut part) = package.part(path)? else { return Ok(false) };
    loop {
        match part.next()? {
            Event::Start(element) => look(&element),
            Event::Eof => return Ok(true),
            _ => {}
        }
    }
}

/// A path that a part names, from the folder of that part.
fn joined(folder: &str, named: &str) -> String {
    if named.starts_with('/') || folder.is_empty() { named.to_owned() } else { format!("{folder}/{named}") }
}

impl Contents {
    pub fn of(package: &mut Package<'_>) -> Result<Self, WorkbookFault> {
        let mut main = "xl/workbook.xml".to_owned();
        elements(package, "_rels/.rels", |element| {
            let kind = attribute(element, "Type").unwrap_or_default();
            if is(element, "Relationship") && kind.ends_with("/officeDocument") {
                main = attribute(element, "Target").unwrap_or_default();
            }
        })?;
        let main = main.trim_start_matches('/').to_owned();
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let mut targets = std::collections::BTreeMap::new();
        let mut contents = Self::default();
        elements(package, &joined(folder, &format!("_rels/{file}.rels")), |element| {
            if !is(element, "Relationship") {
                return;
            }
            let kind = attribute(element, "Type").unwrap_or_default();
            let target = joined(folder, &attribute(element, "Target").unwrap_or_default());
            match kind.rsplit('/').next() {
                // Charts are sheets without cells.
                Some("worksheet") => {
                    targets.insert(attribute(element, "Id").unwrap_or_default(), target);
                }
                Some("sharedStrings") => contents.texts = Some(target),
                Some("styles") => contents.styles = Some(target),
                _ => {}
            }
        })?;
        let found = elements(package, &main, |element| {
            if is(element, "workbookPr") {
                contents.from_1904 =
                    matches!(attribute(element, "date1904").as_deref(), Some("1" | "true" | "on"));
            } else if is(element, "sheet")
                && let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "id"))
                && let Some(target) = targets.get(&id)
            {
                let state = attribute(element, "state");
                let hidden = matches!(state.as_deref(), Some("hidden" | "veryHidden"));
                contents.sheets.push(Listed { name, hidden, part: target.clone() });
            }
        })?;
        if found { Ok(contents) } else { Err(WorkbookFault::NoWorkbook) }
    }

    /// The cells of a sheet.
    pub fn cells<'p, 'b>(
        package: &'p mut Package<'b>,
        sheet: &Listed,
    ) -> Result<Part<'p, 'b>, WorkbookFault> {
        package.part(&sheet.part)?.ok_or(WorkbookFault::Damaged)
    }

    /// The texts that cells share.
    pub fn texts(&self, package: &mut Package<'_>) -> Result<Texts, WorkbookFault> {
        let mut texts = Texts::default();
        let Some(path) = &self.texts else { return Ok(texts) };
        let mut part = package.part(path)?.ok_or(WorkbookFault::Damaged)?;
        loop {
            let begins = match part.next()? {
                Event::Start(element) => is(&element, "si"),
                Event::Eof => return Ok(texts),
                _ => false,
            };
            if begins {
                let text = string(&mut part)?;
                texts.all.push_str(&text);
                texts.ends.push(texts.all.len());
            }
        }
    }

    /// How the numbers of each style are shown.
    pub fn styles(&self, package: &mut Package<'_>) -> Result<Vec<Shown>, WorkbookFault> {
        let mut own = std::collections::BTreeMap::new();
        let (mut styles, mut inside) = (Vec::new(), false);
        let Some(path) = &self.styles else { return Ok(styles) };
        elements(package, path, |element| {
            let number = |name| attribute(element, name).and_then(|text| text.parse::<u32>().ok());
            if is(element, "numFmt") {
                let code = attribute(element, "formatCode").unwrap_or_default();
                own.extend(number("numFmtId").map(|id| (id, dates::shown_by(&code))));
            } else if is(element, "cellXfs") {
                inside = true;
            } else if is(element, "cellStyles") || is(element, "dxfs") {
                inside = false;
            } else if inside && is(element, "xf") {
                let id = number("numFmtId").unwrap_or(0);
                styles.push(own.get(&id).copied().unwrap_or_else(|| dates::shown_by_number(id)));
            }
        })?;
        Ok(styles)
    }
}

/// The text of a string that has begun: its pieces, whatever their fonts, without the reading aids of Japanese.
pub(super) fn string(part: &mut Part<'_, '_>) -> Result<String, WorkbookFault> {
    let (mut text, mut depth) = (String::new(), 0_usize);
    loop {
        let (piece, aid) = match part.next()? {
            Event::Start(element) => (is(&element, "t"), is(&element, "rPh")),
            Event::End(_) if depth == 0 => return Ok(unescaped(&text)),
            Event::End(_) => {
                depth -= 1;
                continue;
            }
            Event::Eof => return Err(WorkbookFault::Damaged),
            _ => continue,
        };
        if piece {
            text.push_str(&part.text()?);
        } else if aid {
            part.text()?;
        } else {
            depth += 1;
        }
    }
}

/// The text with the characters that `_x000D_` and its like stand for.
pub(super) fn unescaped(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 7).and_then(|code| code.strip_suffix('_'));
        let plain = |code: &&str| code.bytes().all(|byte| byte.is_ascii_hexdigit());
        let character =
            code.filter(plain).and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        let (kept, behind) = match character {
            Some(_) => (at, at + 7),
            None => (at + 2, at + 2),
        };
        out.push_str(rest.get(..kept).unwrap_or(""));
        out.extend(character);
        rest = rest.get(behind..).unwrap_or("");
    }
    out.push_str(rest);
    out
}
