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

use crate::diagnostic::{Diagnostic, Near, near, spelled};
use crate::source::Span;
use crate::syntax::words;

/// Adds `did you mean`, where something is near.
fn suggest<'a>(
    fault: Diagnostic,
    (written, span): (&str, Span),
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    match near(written, known) {
        Some(near) => named(fault, span, near),
        None => fault,
    }
}

/// Adds `did you mean` a declared name, which stands in quotes where it would be read as something else.
fn named(fault: Diagnostic, span: Span, near: Near<'_>) -> Diagnostic {
    match words::is_reserved(near.name) {
        true => fault.meant(span, near, &format!("'{}'", near.name)),
        false => fault.meant(span, near, &spelled(near.name)),
    }
}
