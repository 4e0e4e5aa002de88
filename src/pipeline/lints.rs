//! Which warnings are shown: those that nobody allowed, and that do not only follow from an error.

use crate::diagnostic::{Code, Diagnostic, Imported, Severity};
use crate::source::Span;
use crate::syntax::Allowance;

/// Allowances as they are looked up: of declarations of the model, then of those in scenarios, then of nothing; each by
/// where their declarations end.
pub(super) fn sorted(mut allowances: Vec<Allowance>) -> Vec<Allowance> {
    allowances.sort_by_key(|one| {
        (one.scope.is_none(), one.is_nested(), one.scope.map(|scope| (scope.file, scope.end)))
    });
    allowances
}

/// Lints that are allowed, or that only follow from a fault.
pub(super) struct Lints<'a> {
    all: &'a [Diagnostic],
    /// Sorted: see [`sorted`].
    allowances: &'a [Allowance],
    /// The scenario that is laid over the model: what stands in others is for others.
    scenario: Option<Span>,
    imported: &'a [Imported],
    /// Whether uses of names may have been lost with something that could not be read.
    lost: bool,
}

impl<'a> Lints<'a> {
    pub fn new(
        all: &'a [Diagnostic],
        (allowances, scenario): (&'a [Allowance], Option<Span>),
        imported: &'a [Imported],
    ) -> Self {
        let hides =
            |code: Code| ["L01", "L02", "L04", "L09"].iter().any(|family| code.name().starts_with(family));
        let lost = all.iter().any(|one| one.is_error() && hides(one.code) && !is_graphs(one.code));
        Self { all, allowances, scenario, imported, lost }
    }

    pub fn kept(&self) -> Vec<Diagnostic> {
        let mut used = vec![false; self.allowances.len()];
        let mut errors: Vec<Span> =
            self.all.iter().filter(|one| one.is_error()).filter_map(Diagnostic::place).collect();
        errors.sort();
        let mut kept: Vec<Diagnostic> = Vec::new();
        for one in self.all {
            let allowed = one
                .place()
                .filter(|_| !one.is_error())
                .is_some_and(|span| self.allowed(one.code, self.declared(one, span), &mut used));
            if !allowed && (one.is_error() || !self.follows(one, &errors)) {
                kept.push(one.clone());
            }
        }
        if !self.lost {
            kept.extend(self.idle(&used));
        }
        kept
    }

    /// Where what a lint points at is declared: a row, by its import.
    fn declared(&self, lint: &Diagnostic, span: Span) -> Span {
        let shown = |one: &&Imported| lint.labels.iter().any(|label| one.item.contains(label.span));
        let import = self.imported.iter().filter(|one| one.file == span.file).find(shown);
        import.map_or(span, |one| one.item)
    }

    fn allowed(&self, code: Code, span: Span, used: &mut [bool]) -> bool {
        // Those of one kind stand in the order of their files and declarations, which do not overlap.
        let nested = self.allowances.partition_point(|one| one.scope.is_some() && !one.is_nested());
        let mut allowed = false;
        for range in [0..nested, nested..self.allowances.len()] {
            let first = self.allowances[range.clone()].partition_point(|one| {
                one.scope.is_some_and(|scope| (scope.file, scope.end) < (span.file, span.end))
            });
            for place in range.skip(first) {
                let allowance = &self.allowances[place];
                if !allowance.scope.is_some_and(|scope| scope.contains(span)) {
                    break;
                }
                if allowance.codes.iter().any(|(known, _)| *known == Some(code)) {
                    used[place] = true;
                    allowed = true;
                }
            }
        }
        allowed
    }

    /// Whether a lint is only the shadow of an error: in the same place, or of a use that was lost.
    fn follows(&self, lint: &Diagnostic, errors: &[Span]) -> bool {
        let unused = lint.code == Code::L0502 && self.lost;
        let beside = matches!(
            lint.code,
            Code::L0502 | Code::L0503 | Code::L0505 | Code::L0506 | Code::L0508 | Code::L0509
        );
        let shadow = |span: Span| {
            let after = errors.partition_point(|error| (error.file, error.start) < (span.file, span.start));
            let inside = errors.get(after).is_some_and(|error| span.contains(*error));
            inside
                || after
                    .checked_sub(1)
                    .and_then(|before| errors.get(before))
                    .is_some_and(|error| error.contains(span))
        };
        unused || beside && (self.lost || lint.labels.iter().any(|label| shadow(label.span)))
    }

    /// Allowances that silence nothing.
    fn idle(&self, used: &[bool]) -> Vec<Diagnostic> {
        let own = |allowance: &Allowance| allowance.scenario == self.scenario || allowance.scenario.is_none();
        let idle = self.allowances.iter().zip(used).filter(|(allowance, used)| !**used && own(allowance));
        let codes = idle.flat_map(|(allowance, _)| &allowance.codes);
        codes.map(|(code, span)| nothing_silenced(*code, *span)).collect()
    }
}

/// Faults of the graph come after all names were read.
fn is_graphs(code: Code) -> bool {
    matches!(code, Code::L0408 | Code::L0410 | Code::L0411 | Code::L0412 | Code::L0421 | Code::L0423)
}

fn nothing_silenced(code: Option<Code>, span: Span) -> Diagnostic {
    let why = match code {
        None => "there is no such code".to_owned(),
        Some(code) if code.severity() == Severity::Error => {
            format!("{code} is an error, and errors cannot be allowed")
        }
        Some(code) => format!("the declaration below has no {code}"),
    };
    Diagnostic::new(Code::L0507, "this allowance silences nothing").label(span, why).help("remove it")
}
