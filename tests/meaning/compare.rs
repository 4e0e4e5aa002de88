//! The oracle's verdicts beside those of loopc: every difference in words.

use loopc::analysis::{ClosureFinding, Finding, LoopFinding, RestrictedFinding, Verdict as Found, Walk};
use loopc::check::Checked;
use loopc::exact::Rational;
use loopc::model::{FlowId, ParticipantId};

use super::closing::Closing;
use super::describe::{Ask, Kind, World};
use super::graph::reached;
use super::judge::{Ranking, Route, Verdict};
use super::money::tries;
use super::restricted::Kept;

/// Collects differences.
pub struct Comparison<'a> {
    pub world: &'a World,
    pub checked: &'a Checked,
    pub differences: Vec<String>,
}

fn flows(ids: &[FlowId]) -> Vec<usize> {
    ids.iter().map(|id| id.index()).collect()
}

fn parties(ids: &[ParticipantId]) -> Vec<usize> {
    ids.iter().map(|id| id.index()).collect()
}

fn terms(cycle: &[(FlowId, Rational)]) -> Vec<(usize, Rational)> {
    cycle.iter().map(|(id, value)| (id.index(), value.clone())).collect()
}

impl Comparison<'_> {
    pub fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, wanted: &T, found: &T) {
        if wanted != found {
            self.differences.push(format!("{what}: wanted {wanted:?}, found {found:?}"));
        }
    }

    pub fn verdict(&mut self, name: &str, ask: &Ask, wanted: &Verdict, found: &Finding) {
        let before = self.differences.len();
        match (wanted, &found.verdict) {
            (Verdict::Empty, Found::Empty) => {}
            (Verdict::Leaking(wanted), Found::Leaking { flows: found }) => {
                self.same("leaking", wanted, &flows(found));
            }
            (Verdict::NoLoop, Found::NoLoop { ranks }) => {
                self.same("ranks", &found.participants, &ranks.len())
            }
            (Verdict::Refused(wanted), Found::Refused { cycle }) => {
                self.same("refused", wanted, &terms(cycle))
            }
            (Verdict::NoPath(wanted), Found::NoPath { reached }) => {
                self.same("reached", wanted, &parties(reached));
            }
            (Verdict::Loops(wanted), Found::Loops(found)) => self.ranking(ask, wanted, found),
            (Verdict::Path(wanted, tied), Found::Path(found)) => {
                self.same("tied", tied, &found.tied);
                self.route(wanted, &found.path);
            }
            (Verdict::Kept(wanted), Found::Restricted(found)) => self.kept(ask, wanted, found),
            (Verdict::Unmet, Found::Unmet { .. }) => {}
            (Verdict::Closing(wanted), Found::Closure(found)) => self.closing(wanted, found),
            (wanted, found) => self.differences.push(format!("wanted {wanted:?}, found {found:?}")),
        }
        for difference in &mut self.differences[before..] {
            difference.insert_str(0, &format!("{name}: "));
        }
    }

    fn kept(&mut self, ask: &Ask, wanted: &Kept, found: &RestrictedFinding) {
        let (closes, top) = match ask.kind {
            Kind::Loop { top } => (true, top),
            Kind::Path { .. } | Kind::Closure => (false, 1),
        };
        self.same("what is proved", &(true, true, closes), &(found.proved, found.complete, found.closes));
        self.same("how many", &wanted.best.len(), &found.walks.len());
        for (wanted, found) in wanted.best.iter().zip(&found.walks) {
            self.route(wanted, found);
        }
        self.same("exhausted", &(wanted.all < top), &found.exhausted);
        self.same("ties", &(wanted.tied, wanted.tie_at_cut), &(found.tied, found.tie_at_cut));
    }

    fn ranking(&mut self, ask: &Ask, wanted: &Ranking, found: &LoopFinding) {
        let Kind::Loop { top } = ask.kind else { return };
        self.same("how many loops", &wanted.best.len(), &found.loops.len());
        for (wanted, found) in wanted.best.iter().zip(&found.loops) {
            self.route(wanted, found);
        }
        self.same("complete", &true, &found.complete);
        // That the loops asked for are just all that there are may be left open.
        if found.exhausted || wanted.all < top {
            self.same("exhausted", &(wanted.all <= top), &found.exhausted);
        }
        self.same("tied", &wanted.tied, &found.tied);
        self.same("tie at the cut", &wanted.tie_at_cut, &found.tie_at_cut);
        self.same("critical", &wanted.critical, &flows(&found.critical));
        let gaps = found.gaps.iter().map(|gap| (gap.flow.index(), gap.gap.clone())).collect();
        self.same("gaps", &wanted.gaps, &gaps);
        self.same("best ratio", &wanted.best[0].value.abs(), &found.certificate.lambda.abs());
    }

    fn route(&mut self, wanted: &Route, found: &Walk) {
        let hops: Vec<usize> = found.hops.iter().map(|hop| hop.flow.index()).collect();
        self.same("flows", &wanted.flows, &hops);
        self.same("stops", &wanted.stops, &parties(&found.stops));
        self.same("value", &wanted.value, &found.value);
        self.same("cost", &wanted.cost, &found.cost);
        self.same("revenue", &wanted.revenue, &found.revenue);
        self.same("profit", &(&wanted.revenue - &wanted.cost), &found.profit());
        self.same("ratio", &wanted.revenue.checked_div(&wanted.cost), &found.ratio());
        self.same("theta", &wanted.cost.checked_div(&wanted.revenue), &found.theta());
        let day = self.checked.units.factor(&self.checked.measures[0]);
        let delay = found.measures.iter().map(|(_, value)| value).sum();
        self.same("delay", &(&wanted.delay * &day), &delay);
        let accounts = found.accounts.iter();
        let accounts = accounts.map(|one| (one.participant.index(), one.earns.clone(), one.pays.clone()));
        self.same("accounts", &wanted.accounts, &accounts.collect());
        self.hops(found);
    }

    fn hops(&mut self, found: &Walk) {
        let cost = found.hops.iter().map(|hop| &hop.cost).sum();
        let revenue = found.hops.iter().map(|hop| &hop.revenue).sum();
        self.same("the hops' cost", &found.cost, &cost);
        self.same("the hops' revenue", &found.revenue, &revenue);
        for hop in &found.hops {
            let flow = hop.flow.index();
            let wanted = Some(tries(self.world, flow)).filter(|tries| *tries != Rational::ONE);
            self.same("tries", &wanted, &hop.tries);
            let rides = |rider: &usize| {
                let happens = !self.world.times(*rider).is_zero();
                happens && *rider != flow && self.world.root(*rider) == flow
            };
            let wanted: Vec<usize> = (0..self.world.flows.len()).filter(rides).collect();
            self.same("riders", &wanted, &hop.riders.iter().map(|(rider, _)| rider.index()).collect());
        }
    }

    fn closing(&mut self, wanted: &Closing, found: &ClosureFinding) {
        let mut open: Vec<(usize, bool)> =
            found.open.iter().map(|open| (open.flow.index(), open.rest)).collect();
        open.sort_unstable();
        self.same("open", &wanted.open, &open);
        self.same("closed", &wanted.open.is_empty(), &found.closed);
        self.same("connected", &wanted.connected, &found.connected);
        let pieces = found.pieces.iter().map(|piece| (parties(&piece.participants), piece.closed)).collect();
        let parts: Vec<_> =
            wanted.pieces.iter().map(|(parties, closed, _)| (parties.clone(), *closed)).collect();
        self.same("pieces", &parts, &pieces);
        let mends = wanted.pieces.iter().map(|(_, _, mends)| mends).sum();
        self.same("how many mends", &mends, &found.mends.len());
        self.mended(wanted, found);
        for open in &found.open {
            for (party, arcs) in
                [(open.stuck_at, wanted.arcs.clone()), (open.begun_at, backward(&wanted.arcs))]
            {
                let onward = reached(&arcs, party.index());
                let is_end = onward.iter().all(|other| reached(&arcs, *other) == onward);
                self.same("nothing leads on", &true, &is_end);
            }
        }
    }

    /// With the mends every part is one round.
    fn mended(&mut self, wanted: &Closing, found: &ClosureFinding) {
        let mut arcs = wanted.arcs.clone();
        arcs.extend(found.mends.iter().map(|mend| (mend.from.index(), mend.to.index())));
        for (piece, ..) in &wanted.pieces {
            for party in piece {
                self.same("mended", piece, &reached(&arcs, *party));
            }
        }
    }
}

fn backward(arcs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    arcs.iter().map(|(tail, head)| (*head, *tail)).collect()
}
