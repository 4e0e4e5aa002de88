//! Reports of restricted analyses, as plain data.

use super::WalkReport;
use super::build::Maker;
use crate::analysis::{Finding, RestrictedFinding};
use crate::exact::Rational;
use crate::model::{AnalysisKind, FlowId, Model, Sense, SubjectKind};

/// What a restricted analysis found.
#[derive(Clone, Debug)]
pub struct RestrictedReport {
    /// Whether these are loops; paths, if not.
    pub closes: bool,
    pub minimizes: bool,
    pub walks: Vec<WalkReport>,
    pub proof: Proof,
    pub restrictions: RestrictionsReport,
    /// The objective's.
    pub unit: String,
    pub exhausted: bool,
    pub complete: bool,
    pub tied: bool,
    pub tie_at_cut: bool,
}

/// Nothing meets the restrictions.
#[derive(Clone, Debug)]
pub struct UnmetReport {
    pub closes: bool,
    pub nodes: usize,
    pub restrictions: RestrictionsReport,
}

/// What is proved of an answer.
#[derive(Clone, Debug)]
pub enum Proof {
    /// Everything was searched, so many beginnings of loops or paths.
    Search { nodes: usize },
    /// Nothing but what none can exceed, if that is known.
    Bound { bound: Option<Rational> },
}

/// `through` and `length`, as they are asked for.
#[derive(Clone, Debug, Default)]
pub struct RestrictionsReport {
    pub through: Vec<String>,
    /// The fewest and the most flows.
    pub length: Option<(usize, usize)>,
}

impl Maker<'_> {
    pub fn restricted(&self, finding: &Finding, found: &RestrictedFinding, unit: String) -> RestrictedReport {
        let objective = self.checked.objectives[finding.analysis.index()].as_ref();
        RestrictedReport {
            closes: found.closes,
            minimizes: objective.is_some_and(|objective| objective.sense == Sense::Minimize),
            walks: found.walks.iter().map(|walk| self.walk(walk)).collect(),
            proof: match found.proved {
                true => Proof::Search { nodes: found.nodes },
                false => Proof::Bound { bound: found.bound.clone() },
            },
            restrictions: self.restrictions(finding),
            unit,
            exhausted: found.exhausted,
            complete: found.complete,
            tied: found.tied,
            tie_at_cut: found.tie_at_cut,
        }
    }

    pub fn unmet(&self, finding: &Finding, nodes: usize) -> UnmetReport {
        let closes = self.model().analysis(finding.analysis).kind == AnalysisKind::Loop;
        UnmetReport { closes, nodes, restrictions: self.restrictions(finding) }
    }

    fn restrictions(&self, finding: &Finding) -> RestrictionsReport {
        let analysis = self.model().analysis(finding.analysis);
        let length = analysis.length.as_ref().map(|_| self.checked.lengths[finding.analysis.index()]);
        let through = analysis.through.iter().flat_map(|subject| names(self.model(), &subject.kind));
        RestrictionsReport { through: through.collect(), length }
    }
}

fn names(model: &Model, subject: &SubjectKind) -> Vec<String> {
    let flow = |id: &FlowId| model.flow(*id).name.to_string();
    match subject {
        SubjectKind::Participant(id) => vec![model.participant(*id).name.to_owned()],
        SubjectKind::Flows(flows) => flows.iter().map(flow).collect(),
    }
}
