//! What a function takes, while its arguments are written.

use gen_lsp_types::{
    ActiveParameter, Documentation, MarkupContent, MarkupKind, ParameterInformation,
    ParameterInformationLabel, Position, SignatureHelp, SignatureInformation,
};

use super::view::View;
use super::{block, reference};

/// Each function with its arguments; the last of `min` and `max` repeats.
const SIGNATURES: [(&str, &[&str]); 12] = [
    ("min", &["a", "…"]),
    ("max", &["a", "…"]),
    ("abs", &["x"]),
    ("floor", &["x", "step"]),
    ("ceil", &["x", "step"]),
    ("round", &["x", "step"]),
    ("annuity", &["r", "n"]),
    ("uniform", &["low", "high"]),
    ("normal", &["mean", "deviation"]),
    ("lognormal", &["mean", "deviation"]),
    ("triangular", &["low", "mode", "high"]),
    ("discrete", &["value", "…"]),
];

pub(super) fn help(view: &View<'_>, place: Position) -> Option<SignatureHelp> {
    let call = block::place(view.text(), view.offset(place)).call?;
    let (name, parameters) = SIGNATURES.iter().find(|(name, _)| *name == call.function)?;
    let last = parameters.len().saturating_sub(1);
    let argument = u32::try_from(call.argument.min(last)).ok()?;
    let parameter = |name: &&str| ParameterInformation {
        label: ParameterInformationLabel::String((*name).to_owned()),
        documentation: None,
    };
    let documentation = reference::function(name)
        .map(|value| Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }));
    let signature = SignatureInformation {
        label: format!("{name}({})", parameters.join(", ")),
        documentation,
        parameters: Some(parameters.iter().map(parameter).collect()),
        active_parameter: Some(ActiveParameter::Int(argument)),
    };
    Some(SignatureHelp {
        signatures: vec![signature],
        active_signature: Some(0),
        active_parameter: Some(ActiveParameter::Int(argument)),
    })
}
