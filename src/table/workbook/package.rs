//! The parts of a workbook: files of XML in a zip archive, unpacked as they are read and no further than a limit.

use std::io::{self, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::WorkbookFault;
use crate::source::MOST_BYTES;

/// An archive, and how many bytes may still come out of it: a small one may hold a very large text.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    left: usize,
}

/// Ends with a fault where no more may be read.
struct Limited<'p, R> {
    inner: R,
    left: &'p mut usize,
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(*self.left);
        if most == 0 && !buffer.is_empty() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.inner.read(buffer.get_mut(..most).unwrap_or_default())?;
        *self.left -= read.min(*self.left);
        Ok(read)
    }
}

/// What comes out of an archive that is in memory.
type Unpacked<'p, 'b> = ZipFile<'p, Cursor<&'b [u8]>>;

/// One part, read event by event.
pub(super) struct Part<'p, 'b> {
    reader: Reader<BufReader<Limited<'p, Unpacked<'p, 'b>>>>,
    buffer: Vec<u8>,
}

impl<'b> Package<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, WorkbookFault> {
        // Workbooks behind a password, and those of before 2007, are containers of another kind.
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(WorkbookFault::Locked);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookFault::NoArchive)?;
        Ok(Self { archive, left: MOST_BYTES })
    }

    /// A part by its path; nothing, where the archive has none.
    pub fn part(&mut self, path: &str) -> Result<Option<Part<'_, 'b>>, WorkbookFault> {
        let path = path.trim_start_matches('/');
        let named = |name: &std::borrow::Cow<'_, str>| name.eq_ignore_ascii_case(path);
        let found = self.archive.file_names().flatten().find(named).map(|name| name.into_owned());
        let Some(name) = found else { return Ok(None) };
        let inner = self.archive.by_name(&name).map_err(|_| WorkbookFault::Damaged)?;
        let limited = Limited { inner, left: &mut self.left };
        let mut reader = Reader::from_reader(BufReader::new(limited));
        reader.config_mut().expand_empty_elements = true;
        Ok(Some(Part { reader, buffer: Vec::new() }))
    }
}

impl Part<'_, '_> {
    pub fn next(&mut self) -> Result<Event<'_>, WorkbookFault> {
        self.buffer.clear();
        self.reader.read_event_into(&mut self.buffer).map_err(|fault| match fault {
            quick_xml::Error::Io(fault) if fault.kind() == io::ErrorKind::FileTooLarge => {
                WorkbookFault::TooLarge
            }
            _ => WorkbookFault::Damaged,
        })
    }

    /// The text up to the end of the element that has begun.
    pub fn text(&mut self) -> Result<String, WorkbookFault> {
        let (mut text, mut depth) = (String::new(), 0_usize);
        loop {
            match self.next()? {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(named) => {
                    let character = named.resolve_char_ref().map_err(|_| WorkbookFault::Damaged)?;
                    match character {
                        Some(character) => text.push(character),
                        None => text.push_str(entity(&named.xml10_content())),
                    }
                }
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return Ok(text),
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(WorkbookFault::Damaged),
                _ => {}
            }
        }
    }
}

/// What the entities of every XML stand for; others are declared nowhere in a workbook.
fn entity(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "\u{fffd}",
    }
}

/// Whether an element has this name, whatever its namespace is called.
pub(super) fn is(element: &BytesStart<'_>, name: &str) -> bool {
    element.local_name().as_ref() == name
}

/// An attribute of an element, by its name without namespace.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    // Without checks: to compare each name with those before takes time with the square of their number.
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(
        quick_xml::escape::unescape(&found.value)
            .map_or_else(|_| found.value.to_string(), |text| text.into_owned()),
    )
}
