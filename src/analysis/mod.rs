//! Analyses: one file a kind, from the scope to what was found; and the faults that only the graph can show.
//!
//! What lives here: formulating a question, asking the engines, taking the exact answer, and working out all
//! that a report says about it. Nothing is rendered here, and no number that an engine suggested is kept.

mod claims;
mod closure;
mod coverage;
mod faults;
mod levers;
mod loops;
mod money;
mod path;
pub mod plan;
mod program;
mod reclaim;
mod restricted;
mod restricted_claims;
mod restricted_faults;
mod restrictions;
mod walk;

pub use claims::{Decided, decide};
pub use closure::{ClosureFinding, Mend, PieceFinding};
pub use faults::lacking;
pub use loops::{GapFinding, LoopFinding, NamedCertificate, NamedNode};
pub use money::Account;
pub use path::PathFinding;
pub use program::{meaning, place, program};
pub use reclaim::{Claimed, reclaim};
pub use restricted::RestrictedFinding;
pub use restricted_claims::Said;
pub use walk::{Hop, Walk};

use self::plan::{NoPlan, PlanFinding};
use crate::check::{Checked, Objective};
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::model::{Analysis, AnalysisId, AnalysisKind, FlowId, Model, ParticipantId};
use crate::network::{Ledger, Scope};
use crate::solve::{Choice, Engine};
use crate::stop::Stop;

/// What one analysis found.
#[derive(Debug)]
pub struct Finding {
    pub analysis: AnalysisId,
    /// How many flows and participants were in scope.
    pub flows: usize,
    pub participants: usize,
    pub verdict: Verdict,
}

impl Finding {
    /// The best loop or path, if there is one.
    #[must_use]
    pub fn best(&self) -> Option<&Walk> {
        match &self.verdict {
            Verdict::Loops(found) => found.loops.first(),
            Verdict::Path(found) => Some(&found.path),
            Verdict::Restricted(found) => found.walks.first(),
            _ => None,
        }
    }
}

#[derive(Debug)]
pub enum Verdict {
    /// Nothing is in scope.
    Empty,
    /// There is no loop; along every flow the rank falls, which proves it.
    NoLoop {
        ranks: Vec<(ParticipantId, u32)>,
    },
    /// These flows have yields whose rests leave: no loop or path can take them.
    Leaking {
        flows: Vec<FlowId>,
    },
    /// This loop, or path, has no positive denominator; each flow with what it adds.
    Refused {
        cycle: Vec<(FlowId, Rational)>,
    },
    Loops(Box<LoopFinding>),
    /// Nothing leads from the one end to the other; these are all participants that it leads to.
    NoPath {
        reached: Vec<ParticipantId>,
    },
    Path(Box<PathFinding>),
    /// Loops or paths under restrictions: proved, or the best found.
    Restricted(Box<RestrictedFinding>),
    /// Nothing in scope meets the restrictions, proved. `alone` are those that nothing meets even by themselves:
    /// places in `through`, and behind the last one the length.
    Unmet {
        nodes: usize,
        alone: Vec<usize>,
    },
    Closure(Box<ClosureFinding>),
    Plan(Box<PlanFinding>),
    NoPlan(Box<NoPlan>),
}

impl Verdict {
    /// Whether an answer was found and proved.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        match self {
            Self::Loops(_) | Self::Path(_) | Self::Closure(_) => true,
            Self::Plan(found) => found.is_proved(),
            Self::Restricted(found) => found.proved,
            _ => false,
        }
    }
}

/// Everything an analysis starts from.
#[derive(Debug)]
pub struct Ground<'a> {
    pub checked: &'a Checked,
    pub ledger: Ledger,
    /// Who is asked for hints; no answer depends on it.
    pub solver: Choice,
    /// By which method answers are looked for; none depends on it.
    pub engine: Engine,
    /// Whether somebody asked to stop.
    pub stop: Stop,
}

impl<'a> Ground<'a> {
    #[must_use]
    pub fn new(checked: &'a Checked) -> Self {
        let (solver, engine, stop) = (Choice::Auto, Engine::Auto, Stop::default());
        Self { checked, ledger: Ledger::new(checked), solver, engine, stop }
    }

    /// The same, with hints from this solver.
    #[must_use]
    pub fn with_solver(self, solver: Choice) -> Self {
        Self { solver, ..self }
    }

    /// The same, by this engine.
    #[must_use]
    pub fn with_engine(self, engine: Engine) -> Self {
        Self { engine, ..self }
    }

    /// The same, until somebody asks to stop.
    #[must_use]
    pub fn until(self, stop: Stop) -> Self {
        Self { stop, ..self }
    }
}

/// The faults and lints that need the graph, without optimising anything.
///
/// Errors: L0408, L0410–L0412, L0423; warnings L0501.
#[must_use]
pub fn examine(ground: &Ground<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    each(ground, &mut found, &mut |question, found| {
        let verdict = match question.analysis().kind {
            _ if question.is_empty() => Some(Verdict::Empty),
            AnalysisKind::Loop | AnalysisKind::Path { .. } if restricted::is_restricted(question) => {
                restricted::obstacle(question)
            }
            AnalysisKind::Loop => loops::obstacle(question),
            AnalysisKind::Path { from, to } => path::obstacle(question, (from, to)),
            AnalysisKind::Plan => {
                found.extend(plan::misfits(question));
                None
            }
            AnalysisKind::Closure => None,
        };
        found.extend(verdict.iter().flat_map(|verdict| faults::of_verdict(question, verdict)));
    });
    found
}

/// Solves the analyses that `chosen` picks, and reports all that [`examine`] would of them.
///
/// Errors and warnings: as [`examine`]; L0701–L0721.
#[must_use]
pub fn solve(ground: &Ground<'_>, chosen: &dyn Fn(AnalysisId) -> bool) -> (Vec<Finding>, Vec<Diagnostic>) {
    let (mut findings, mut found) = (Vec::new(), Vec::new());
    each(ground, &mut found, &mut |question, found| {
        if !chosen(question.id) {
            return;
        }
        let verdict = match question.analysis().kind {
            _ if question.is_empty() => Verdict::Empty,
            AnalysisKind::Plan => {
                found.extend(plan::misfits(question));
                plan::solve(question)
            }
            AnalysisKind::Loop | AnalysisKind::Path { .. } if restricted::is_restricted(question) => {
                restricted::solve(question)
            }
            AnalysisKind::Loop => loops::solve(question),
            AnalysisKind::Path { from, to } => path::solve(question, (from, to)),
            AnalysisKind::Closure => {
                Verdict::Closure(Box::new(closure::find(question.model(), &question.scope)))
            }
        };
        found.extend(faults::of_verdict(question, &verdict));
        let (flows, participants) = (question.scope.flows.len(), question.scope.participants.len());
        findings.push(Finding { analysis: question.id, flows, participants, verdict });
        ground.stop.progress().advance(1);
        ground.stop.progress().found(None);
    });
    (findings, found)
}

/// One analysis with its scope.
struct Question<'a> {
    ground: &'a Ground<'a>,
    id: AnalysisId,
    scope: Scope,
}

impl Question<'_> {
    fn checked(&self) -> &Checked {
        self.ground.checked
    }

    fn model(&self) -> &Model {
        &self.ground.checked.model
    }

    fn analysis(&self) -> &Analysis {
        self.model().analysis(self.id)
    }

    fn objective(&self) -> Option<&Objective> {
        self.checked().objectives[self.id.index()].as_ref()
    }

    /// The books in which its loops and paths are counted.
    fn books<'b>(&'b self, ledger: &'b Ledger) -> walk::Books<'b> {
        walk::Books { checked: self.checked(), ledger, whose: self.analysis().whose }
    }

    fn is_empty(&self) -> bool {
        self.scope.is_empty
    }
}

type Each<'e> = dyn FnMut(&Question<'_>, &mut Vec<Diagnostic>) + 'e;

/// Every analysis in turn, and then the flows that none of them covers.
fn each(ground: &Ground<'_>, found: &mut Vec<Diagnostic>, act: &mut Each<'_>) {
    let model = &ground.checked.model;
    let mut coverage = coverage::Coverage::new(model);
    for place in 0..model.analyses.len() {
        let id = AnalysisId::at(place);
        let question = Question { ground, id, scope: Scope::of(ground.checked, model.analysis(id)) };
        act(&question, found);
        coverage.add(&question);
    }
    found.extend(coverage.lints(model));
}
