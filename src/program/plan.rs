//! A plan as a linear program, or with whole numbers as a mixed-integer one.

use super::{Column, ColumnId, Counter, Origin, Program, Row, Sense};
use crate::check::{Checked, Form, Objective, PlanTerms};
use crate::exact::Rational;
use crate::model::{self, Numeric, ParticipantId, Total, What, Whose};
use crate::network::{Circulation, Ledger, Scope};

/// A plan's program, and the way back from it.
///
/// Units: columns count turns by the period; the objective is in its stated unit, a ratio's two parts such that
/// their quotient is. Invariant: the first columns are those of the circulation.
#[derive(Clone, Debug)]
pub struct PlanProgram {
    /// The program of the objective, or of a ratio's numerator.
    pub program: Program,
    /// A ratio's denominator: by column, and where every column is 0.
    pub denominator: Option<(Vec<Rational>, Rational)>,
    pub circulation: Circulation,
    /// How many days (base units of time) the period has; one for a single round.
    pub period: Rational,
}

/// The program of a plan.
///
/// Source: mathematics §4 (4.1).
#[must_use]
pub fn formulate_plan(
    checked: &Checked,
    ledger: &Ledger,
    scope: &Scope,
    (objective, terms): (&Objective, &PlanTerms),
) -> PlanProgram {
    let forms = terms.requirements.iter().map(|one| &one.form).chain([&objective.numerator]);
    let through = forms.chain(&objective.denominator).any(counts_through);
    let circulation = Circulation::of(checked, ledger, scope, !through);
    let period = terms.period.map_or(Rational::ONE, |unit| checked.units.one(unit).value);
    let sense = match objective.sense {
        model::Sense::Maximize => Sense::Maximize,
        model::Sense::Minimize => Sense::Minimize,
    };
    let counter = Counter { checked, ledger, circulation: &circulation };
    let mut maker = Maker { counter, period: &period, program: Program::new(sense) };
    maker.columns();
    maker.exchanges();
    maker.balances();
    maker.volumes();
    maker.shares();
    maker.uses();
    terms.requirements.iter().enumerate().for_each(|(place, one)| maker.requirement(place, one));
    let denominator = maker.objective(objective);
    let mut program = maker.program;
    program.imply_whole(|origin| matches!(origin, Origin::Balance(_) | Origin::Leaving(_)));
    PlanProgram { program, denominator, circulation, period }
}

/// Whether a form counts the turns through a participant, and so those that end there.
fn counts_through(form: &Form) -> bool {
    let through = |total: &Total| total.what == What::Volume && matches!(total.whose, Whose::Participant(_));
    form.terms.iter().any(|(_, total)| through(total))
}

struct Maker<'a> {
    counter: Counter<'a>,
    period: &'a Rational,
    program: Program,
}

impl Maker<'_> {
    fn name(&self, participant: ParticipantId) -> &str {
        self.counter.checked.model.participant(participant).name
    }

    /// A bound in turns by the period.
    fn turns(&self, bound: &crate::check::Bound) -> Option<Rational> {
        let turns = bound.turns()?;
        Some(if bound.by_time { turns * self.period } else { turns })
    }

    fn column(
        &mut self,
        name: String,
        origin: Origin,
        bounds: (Option<Rational>, Option<Rational>),
    ) -> ColumnId {
        let (lower, upper) = bounds;
        self.program.add_column(Column {
            name,
            origin,
            lower,
            upper,
            objective: Rational::ZERO,
            integral: false,
        })
    }

    fn columns(&mut self) {
        let circulation = self.counter.circulation;
        for id in &circulation.flows {
            let bound = |numeric| self.counter.bound(Ok(*id), numeric).and_then(|bound| self.turns(bound));
            let bounds = (Some(Rational::ZERO), bound(Numeric::Capacity));
            let flow = self.counter.checked.model.flow(*id);
            let (name, integral) = (flow.name.to_string(), flow.integral.is_some());
            self.program.add_column(Column {
                name,
                origin: Origin::Flow(*id),
                lower: bounds.0,
                upper: bounds.1,
                objective: Rational::ZERO,
                integral,
            });
        }
        let ends = [
            (Numeric::Source, &circulation.sources, Origin::Source as fn(ParticipantId) -> Origin),
            (Numeric::Sink, &circulation.sinks, Origin::Sink),
        ];
        for (numeric, participants, origin) in ends {
            for id in participants {
                let upper = self.counter.bound(Err(*id), numeric).and_then(|bound| self.turns(bound));
                let name = format!("{}_{}", numeric.word(), self.name(*id));
                self.column(name, origin(*id), (Some(Rational::ZERO), upper));
            }
        }
    }

    /// Turns that leave here count up to the sink, those that enter down to the source.
    fn exchanges(&mut self) {
        let circulation = self.counter.circulation;
        for id in &circulation.exchanges {
            let limit = |numeric| self.counter.bound(Err(*id), numeric).and_then(|bound| self.turns(bound));
            let bounds = (limit(Numeric::Source).map(|source| -source), limit(Numeric::Sink));
            self.column(format!("exchange_{}", self.name(*id)), Origin::Exchange(*id), bounds);
        }
    }

    /// What leaves a participant is what arrives there (1.1).
    fn balances(&mut self) {
        let circulation = self.counter.circulation;
        let place = |id: &ParticipantId| circulation.participants.binary_search(id).ok();
        let mut terms: Vec<Vec<(ColumnId, Rational)>> = vec![Vec::new(); circulation.participants.len()];
        for arc in circulation.arcs.iter().filter(|arc| arc.factor.is_positive()) {
            let column = ColumnId(u32::try_from(arc.column).unwrap_or(u32::MAX));
            if let Some(at) = arc.tail.as_ref().and_then(place) {
                terms[at].push((column, arc.factor.clone()));
            }
            if let Some(at) = arc.head.as_ref().and_then(place) {
                terms[at].push((column, -&arc.factor));
            }
        }
        for (id, terms) in circulation.participants.iter().zip(terms) {
            let name = format!("balance_{}", self.name(*id));
            self.program.add_row(Row::equal(name, Origin::Balance(*id), terms, Rational::ZERO));
        }
    }

    /// `minimum` and `volume`: one row each, so that each has one price.
    fn volumes(&mut self) {
        for (place, id) in self.counter.circulation.flows.iter().enumerate() {
            for (numeric, origin) in
                [(Numeric::Minimum, Origin::Minimum(*id)), (Numeric::Volume, Origin::Volume(*id))]
            {
                let turns = self.counter.bound(Ok(*id), numeric).and_then(|bound| self.turns(bound));
                let Some(turns) = turns else { continue };
                let name = format!("{}_{}", numeric.word(), self.counter.checked.model.flow(*id).name);
                let upper = Some(turns.clone()).filter(|_| numeric == Numeric::Volume);
                let (terms, lower) = (vec![(ColumnId::at(place), Rational::ONE)], Some(turns));
                self.program.add_row(Row { name, origin, terms, lower, upper });
            }
        }
    }

    /// Shares are of what leaves: a column of its own for each participant that has any, so that rows stay short.
    fn shares(&mut self) {
        let (checked, flows) = (self.counter.checked, &self.counter.circulation.flows);
        let share = |id: &crate::model::FlowId| checked.rare(*id).share.as_ref();
        let mut leaving: Vec<Vec<ColumnId>> = vec![Vec::new(); checked.model.participants.len()];
        let mut shared = vec![false; checked.model.participants.len()];
        for (place, id) in flows.iter().enumerate() {
            let tail = checked.model.flow(*id).tail.index();
            leaving[tail].push(ColumnId::at(place));
            shared[tail] |= share(id).is_some();
        }
        let mut totals = vec![None; checked.model.participants.len()];
        for id in checked.model.participant_ids().filter(|id| shared[id.index()]) {
            let total = self.column(format!("leaving_{}", self.name(id)), Origin::Leaving(id), (None, None));
            let mut terms = vec![(total, Rational::ONE)];
            terms.extend(leaving[id.index()].iter().map(|column| (*column, Rational::from(-1))));
            let name = format!("leaving_{}", self.name(id));
            self.program.add_row(Row::equal(name, Origin::Leaving(id), terms, Rational::ZERO));
            totals[id.index()] = Some(total);
        }
        for (place, id) in flows.iter().enumerate() {
            let flow = checked.model.flow(*id);
            let (Some(share), Some(total)) = (share(id), totals[flow.tail.index()]) else { continue };
            let own = ColumnId::at(place);
            let terms = vec![(own, Rational::ONE), (total, -share)];
            let name = format!("share_{}", flow.name);
            self.program.add_row(Row::equal(name, Origin::Share(*id), terms, Rational::ZERO));
        }
    }

    /// A flow with a fixed cost is used or not, and carries turns only if it is.
    fn uses(&mut self) {
        for (place, id) in self.counter.circulation.flows.iter().enumerate() {
            let checked = self.counter.checked;
            let limits = [Numeric::Capacity, Numeric::Volume]
                .map(|numeric| self.counter.bound(Ok(*id), numeric).and_then(|bound| self.turns(bound)));
            let fixed = checked.rare(*id).fixed.as_ref().filter(|(fixed, _)| fixed.is_positive());
            let (Some(limit), Some(_)) = (limits.into_iter().flatten().min(), fixed) else { continue };
            let name = checked.model.flow(*id).name;
            let (used, row) = (format!("used_{name}"), format!("use_{name}"));
            let used = self.program.add_column(Column {
                name: used,
                origin: Origin::Used(*id),
                lower: Some(Rational::ZERO),
                upper: Some(Rational::ONE),
                objective: Rational::ZERO,
                integral: true,
            });
            let own = ColumnId::at(place);
            let terms = vec![(own, Rational::ONE), (used, -limit)];
            let (lower, upper) = (None, Some(Rational::ZERO));
            self.program.add_row(Row { name: row, origin: Origin::Used(*id), terms, lower, upper });
        }
    }

    /// What a form counts by the period, in base units of its own: by column.
    fn counts(&self, form: &Form) -> Vec<Rational> {
        let mut counts = self.counter.form(form);
        for column in self.program.columns().iter().skip(counts.len()) {
            counts.push(match column.origin {
                Origin::Used(flow) => {
                    let by_time =
                        self.counter.checked.rare(flow).fixed.as_ref().is_some_and(|(_, time)| *time);
                    let fixed = self.counter.fixed(form, flow);
                    if by_time { fixed * self.period } else { fixed }
                }
                _ => Rational::ZERO,
            });
        }
        counts
    }

    fn requirement(&mut self, place: usize, requirement: &crate::check::Requirement) {
        let counts = self.counts(&requirement.form).into_iter().enumerate();
        let terms = counts.map(|(at, count)| (ColumnId::at(at), count)).collect();
        let side = |bound: &Option<Rational>| bound.as_ref().map(|bound| bound * self.period);
        let (lower, upper) = (side(&requirement.lower), side(&requirement.upper));
        let (name, origin) = (format!("require_{}", place + 1), Origin::Requirement(place));
        self.program.add_row(Row { name, origin, terms, lower, upper });
    }

    /// Sets the objective, and gives a ratio's denominator.
    fn objective(&mut self, objective: &Objective) -> Option<(Vec<Rational>, Rational)> {
        let units = &self.counter.checked.units;
        let above = units.factor(&objective.numerator.unit);
        let (counts, constant) = self.stated(&objective.numerator, &above);
        self.program.set_objective(counts, constant);
        let below = objective.denominator.as_ref()?;
        // Such that the quotient is in the objective's unit.
        let worth = above.checked_div(&units.factor(&objective.unit))?;
        Some(self.stated(below, &worth))
    }

    /// A form in units of this worth.
    fn stated(&self, form: &Form, worth: &Rational) -> (Vec<Rational>, Rational) {
        let scale = (worth * self.period).reciprocal().unwrap_or_default();
        let counts = self.counts(form).into_iter().map(|count| count * &scale).collect();
        (counts, form.constant.checked_div(worth).unwrap_or_default())
    }
}
