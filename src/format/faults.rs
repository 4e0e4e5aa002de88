//! The wording of the faults of formatting, which are loopc's own.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// L0121: the text in its style would say something else.
pub(super) fn says_other(place: Span) -> Diagnostic {
    own(place, "in its style, this file would not say the same", "from here on")
}

/// L0121: the text in its style would be formatted once more.
pub(super) fn does_not_stay(place: Span) -> Diagnostic {
    own(
        Span { end: place.start, ..place },
        "in its style, this file would be formatted once more",
        "in this file",
    )
}

fn own(place: Span, message: &str, label: &str) -> Diagnostic {
    Diagnostic::new(Code::L0121, message)
        .label(place, label)
        .help("this is a fault of loopc, not of the model; please report it")
}
