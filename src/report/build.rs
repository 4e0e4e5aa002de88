//! From findings to a report: ids become names, base units the units that are shown.

use sha2::{Digest as _, Sha256};

use super::{
    AccountReport, AnalysisReport, Arrow, Asked, Body, CertificateReport, ClosureReport, Drawing, FileDigest,
    HopReport, LoopReport, MeasureReport, MendReport, Node, NodeReport, ObjectiveReport, OpenReport,
    PathReport, Report, RiderReport, Status, WalkReport,
};
use crate::analysis::{Account, ClosureFinding, Decided, Finding, LoopFinding, PathFinding, Verdict, Walk};
use crate::check::Checked;
use crate::diagnostic::{Diagnostic, json_value, spelled};
use crate::exact::Rational;
use crate::model::{FlowId, MeasureId, Model, ParticipantId};
use crate::source::{SourceFile, Sources};
use crate::units::Unit;
/// How many loops of a plan are listed where nobody says how many.
pub const MOST_LOOPS: usize = 1_000;

/// The report of what was found.
#[must_use]
pub fn build(
    checked: &Checked,
    sources: &Sources,
    found: (&[Finding], &[Decided]),
    asked: Asked,
    diagnostics: &[Diagnostic],
) -> Report {
    let maker = Maker { checked, sources, loops: asked.loops };
    Report {
        title: checked.model.title.clone(),
        files: digests(sources),
        asked,
        participants: checked.model.participants.len(),
        flows: checked.model.flows.len(),
        money: checked.money.map(|unit| checked.units.name(unit).to_owned()).unwrap_or_default(),
        analyses: found.0.iter().map(|finding| maker.analysis(finding)).collect(),
        claims: found.1.to_vec(),
        diagnostics: diagnostics.iter().map(|diagnostic| json_value(diagnostic, sources)).collect(),
    }
}

/// The files of a model with their digests. Values given on the command line are little sources, not files.
#[must_use]
pub fn digests(sources: &Sources) -> Vec<FileDigest> {
    let files = sources.iter().map(|(_, file)| file);
    files.filter(|file| !file.setting).map(digest).collect()
}

fn digest(file: &SourceFile) -> FileDigest {
    FileDigest { path: file.path.clone(), sha256: hexadecimal(Sha256::new_with_prefix(file.bytes())) }
}

/// The digest of a table, whatever line ends a checkout gave it.
pub(super) fn of_lines(file: &SourceFile) -> String {
    if file.origin.is_some() {
        return digest(file).sha256;
    }
    let mut hash = Sha256::new();
    for (place, part) in file.text.split("\r\n").enumerate() {
        if place > 0 {
            hash.update("\n");
        }
        hash.update(part);
    }
    hexadecimal(hash)
}

fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The drawing of a model, with the flows of a loop or path marked.
#[must_use]
pub fn draw(model: &Model, marked: &[FlowId]) -> Drawing {
    let nodes = model.participants.iter().map(|one| Node {
        label: one.label.unwrap_or(one.name).to_owned(),
        role: model.roles[one.role.index()].name.clone(),
        company: one.company.map(ParticipantId::index),
    });
    let arrows = model.flow_ids().map(|id| {
        let flow = model.flow(id);
        Arrow {
            stops: std::iter::once(flow.tail)
                .chain(flow.via.iter().copied())
                .chain(std::iter::once(flow.head))
                .map(ParticipantId::index)
                .collect(),
            label: flow.label.map_or_else(|| flow.name.to_string(), str::to_owned),
            medium: model.medium(flow.medium).to_owned(),
            rides: flow.rides.is_some(),
            marked: marked.contains(&id),
        }
    });
    let title = model.title.clone().unwrap_or_else(|| "model".to_owned());
    Drawing { title, nodes: nodes.collect(), arrows: arrows.collect() }
}

pub(super) struct Maker<'a> {
    pub checked: &'a Checked,
    pub sources: &'a Sources,
    pub loops: Option<usize>,
}

impl Maker<'_> {
    pub fn model(&self) -> &Model {
        &self.checked.model
    }

    pub fn party(&self, id: ParticipantId) -> String {
        self.model().participant(id).name.to_owned()
    }

    pub fn flow(&self, id: FlowId) -> String {
        self.model().flow(id).name.to_string()
    }

    fn parties(&self, ids: &[ParticipantId]) -> Vec<String> {
        ids.iter().map(|id| self.party(*id)).collect()
    }

    fn flows(&self, ids: &[FlowId]) -> Vec<String> {
        ids.iter().map(|id| self.flow(*id)).collect()
    }

    fn analysis(&self, finding: &Finding) -> AnalysisReport {
        let analysis = self.model().analysis(finding.analysis);
        let (status, body, value) = self.verdict(finding);
        AnalysisReport {
            name: analysis.declared.name.clone(),
            label: analysis.declared.label.clone(),
            kind: analysis.kind.word(),
            status,
            whose: analysis.whose.map(|id| self.party(id)),
            objective: self.objective(finding, value),
            flows: finding.flows,
            participants: finding.participants,
            body,
        }
    }

    fn objective(&self, finding: &Finding, value: Option<Rational>) -> Option<ObjectiveReport> {
        let objective = self.checked.objectives[finding.analysis.index()].as_ref()?;
        let written = self.model().analysis(finding.analysis).objective.as_ref();
        let text = written.map(|objective| {
            let source = self.sources.text(objective.value.span);
            source.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        Some(ObjectiveReport {
            sense: objective.sense.word(),
            text: text.unwrap_or_else(|| "revenue / cost".to_owned()),
            unit: self.checked.units.spelled(&objective.unit),
            value,
        })
    }

    fn verdict(&self, finding: &Finding) -> (Status, Body, Option<Rational>) {
        let objective = self.checked.objectives[finding.analysis.index()].as_ref();
        let spelled = |unit: Option<&Unit>| {
            unit.map_or_else(|| "1".to_owned(), |unit| self.checked.units.spelled(unit))
        };
        let culprit = |cycle: &[(FlowId, Rational)], unit: Option<&Unit>| Body::Culprit {
            flows: cycle.iter().map(|(flow, value)| (self.flow(*flow), value.clone())).collect(),
            unit: spelled(unit),
        };
        match &finding.verdict {
            Verdict::Empty | Verdict::Leaking { .. } => (Status::Refused, Body::Nothing, None),
            Verdict::NoLoop { ranks } => {
                let ranks = ranks.iter().map(|(id, rank)| (self.party(*id), *rank)).collect();
                (Status::None, Body::Acyclic { ranks }, None)
            }
            Verdict::NoPath { reached } => {
                (Status::None, Body::Unreachable { reached: self.parties(reached) }, None)
            }
            Verdict::Refused { cycle } => {
                let below =
                    objective.and_then(|objective| objective.denominator.as_ref()).map(|form| &form.unit);
                (Status::Refused, culprit(cycle, below), None)
            }
            Verdict::Restricted(found) => {
                let status = match (found.proved, found.walks.is_empty()) {
                    (true, _) => Status::Optimal,
                    (false, false) => Status::Found,
                    (false, true) => Status::Failed,
                };
                let unit = spelled(objective.map(|objective| &objective.unit));
                let value = found.walks.first().map(|best| best.value.clone());
                (status, Body::Restricted(Box::new(self.restricted(finding, found, unit))), value)
            }
            Verdict::Unmet { nodes, .. } => (Status::None, Body::Unmet(self.unmet(finding, *nodes)), None),
            Verdict::Loops(found) => {
                let value = found.loops.first().map(|best| best.value.clone());
                let above = objective.map(|objective| &objective.numerator.unit);
                (Status::Optimal, Body::Loops(self.loops(found, spelled(above))), value)
            }
            Verdict::Path(found) => {
                (Status::Optimal, Body::Path(self.path(found)), Some(found.path.value.clone()))
            }
            Verdict::Plan(found) => {
                let report = self.plan(finding.analysis, found);
                let status = if found.is_proved() { Status::Optimal } else { Status::Found };
                (status, Body::Plan(Box::new(report)), Some(found.value.clone()))
            }
            Verdict::NoPlan(why) => {
                let (status, body) = self.no_plan(finding.analysis, why);
                (status, body, None)
            }
            Verdict::Closure(found) => {
                let status = if found.closed { Status::Closed } else { Status::Open };
                (status, Body::Closure(self.closure(found)), None)
            }
        }
    }

    fn loops(&self, found: &LoopFinding, gap_unit: String) -> LoopReport {
        let certificate = &found.certificate;
        let nodes = certificate.nodes.iter().map(|node| NodeReport {
            removed: self.flows(&node.removed),
            cycle: self.flows(&node.cycle),
            lambda: node.lambda.clone(),
            pi: node.pi.clone(),
        });
        LoopReport {
            walks: found.loops.iter().map(|walk| self.walk(walk)).collect(),
            exhausted: found.exhausted,
            complete: found.complete,
            tied: found.tied,
            tie_at_cut: found.tie_at_cut,
            critical: if found.tied { self.flows(&found.critical) } else { Vec::new() },
            gaps: found.gaps.iter().map(|near| (self.flow(near.flow), near.gap.clone())).collect(),
            gap_unit,
            certificate: CertificateReport {
                lambda: certificate.lambda.clone(),
                participants: self.parties(&certificate.participants),
                rho: certificate.rho.clone(),
                rank: certificate.rank.clone(),
                nodes: nodes.collect(),
            },
        }
    }

    fn path(&self, found: &PathFinding) -> PathReport {
        PathReport {
            walk: self.walk(&found.path),
            tied: found.tied,
            participants: self.parties(&found.participants),
            pi: found.pi.clone(),
        }
    }

    pub fn measures(&self, measures: &[(MeasureId, Rational)]) -> Vec<MeasureReport> {
        let units = &self.checked.units;
        let shown = |(id, value): &(MeasureId, Rational)| {
            let unit = &self.checked.measures[id.index()];
            MeasureReport {
                name: self.model().measure_name(*id).to_owned(),
                unit: units.spelled(unit),
                value: value.checked_div(&units.factor(unit)).unwrap_or_default(),
            }
        };
        measures.iter().map(shown).collect()
    }

    pub fn walk(&self, walk: &Walk) -> WalkReport {
        let once = Rational::ONE;
        let hops = walk.hops.iter().map(|hop| {
            let flow = self.model().flow(hop.flow);
            HopReport {
                from: self.party(flow.tail),
                to: self.party(flow.head),
                flow: flow.name.to_string(),
                medium: self.model().medium(flow.medium).to_owned(),
                via: self.parties(flow.via),
                cost: hop.cost.clone(),
                revenue: hop.revenue.clone(),
                measures: self.measures(&hop.measures),
                tries: hop.tries.clone(),
                riders: self.riders(&hop.riders, hop.tries.as_ref().unwrap_or(&once)),
            }
        });
        WalkReport {
            value: walk.value.clone(),
            hops: hops.collect(),
            stops: self.parties(&walk.stops),
            cost: walk.cost.clone(),
            revenue: walk.revenue.clone(),
            ratio: walk.ratio(),
            theta: walk.theta(),
            measures: self.measures(&walk.measures),
            accounts: self.accounts(&walk.accounts),
        }
    }

    /// What rides a flow that is tried so often.
    pub fn riders(&self, riders: &[(FlowId, Rational)], tries: &Rational) -> Vec<RiderReport> {
        let rider = |(id, factor): &(FlowId, Rational)| {
            let flow = self.model().flow(*id);
            RiderReport {
                flow: self.flow(*id),
                from: self.party(flow.tail),
                to: self.party(flow.head),
                medium: self.model().medium(flow.medium).to_owned(),
                turns: factor * tries,
            }
        };
        riders.iter().map(rider).collect()
    }

    pub fn accounts(&self, accounts: &[Account]) -> Vec<AccountReport> {
        let account = |account: &Account| AccountReport {
            participant: self.party(account.participant),
            of: self.model().participant(account.participant).company.map(|company| self.party(company)),
            earns: account.earns.clone(),
            pays: account.pays.clone(),
        };
        accounts.iter().map(account).collect()
    }

    fn closure(&self, found: &ClosureFinding) -> ClosureReport {
        let open = found.open.iter().map(|open| OpenReport {
            flow: self.flow(open.flow),
            rest: open.rest,
            stuck_at: self.party(open.stuck_at),
            begun_at: self.party(open.begun_at),
        });
        let mends = found.mends.iter().map(|mend| {
            let (from, to) = (self.party(mend.from), self.party(mend.to));
            let medium = self.model().medium(mend.medium);
            let source = format!("{medium} flow {}: {} -> {}", mend.name, spelled(&from), spelled(&to));
            MendReport { from, to, source }
        });
        ClosureReport {
            closed: found.closed,
            connected: found.connected,
            pieces: found
                .pieces
                .iter()
                .map(|piece| (self.parties(&piece.participants), piece.closed))
                .collect(),
            open: open.collect(),
            mends: mends.collect(),
        }
    }
}
