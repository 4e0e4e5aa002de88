//! The wording of every fault of names, files and attributes: one constructor a fault.

mod attributes;
mod names;
mod parquet;
mod tables;
mod workbooks;

pub(super) use attributes::*;
pub(super) use names::*;
pub(super) use parquet::*;
pub(super) use tables::*;
pub(super) use workbooks::*;

use crate::diagnostic::{Diagnostic, nearest};

/// Adds `did you mean`; it is not certain enough for an edit that a machine applies.
fn suggest<'a>(fault: Diagnostic, written: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    match nearest(written, known) {
        Some(name) => fault.help(format!("did you mean `{name}`?")),
        None => fault,
    }
}
