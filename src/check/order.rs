//! The order in which values need each other, and the rings in which none comes first.

use super::faults;
use crate::diagnostic::Diagnostic;
use crate::model::{Expr, ExprKind, Model, ValueId, ValueKind};

/// Values, each after all that it needs. Depth first with a stack of its own: params may build long chains.
pub(super) fn order(model: &Model, faults: &mut Vec<Diagnostic>) -> Vec<ValueId> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut rings = Rings { told: vec![false; model.values.len()], room: MOST_RINGED };
    let needs: Vec<Vec<ValueId>> = model.values.iter().map(|value| needs(&value.kind)).collect();
    let mut state = vec![State::New; model.values.len()];
    let mut order = Vec::new();
    for root in 0..model.values.len() {
        let mut stack: Vec<(usize, usize)> = Vec::new();
        if state[root] == State::New {
            state[root] = State::Open;
            stack.push((root, 0));
        }
        while let Some((at, next)) = stack.last_mut() {
            let Some(need) = needs[*at].get(*next).map(|id| id.index()) else {
                state[*at] = State::Done;
                order.push(ValueId::at(*at));
                stack.pop();
                continue;
            };
            *next += 1;
            match state[need] {
                State::New => {
                    state[need] = State::Open;
                    stack.push((need, 0));
                }
                State::Open => {
                    let ring = stack.iter().map(|(at, _)| *at).skip_while(|at| *at != need);
                    faults.extend(rings.tell(model, &ring.collect::<Vec<_>>()));
                }
                State::Done => {}
            }
        }
    }
    order
}

/// Rings of a knot share their values: after so many values in rings, only the first ring of each knot is told.
const MOST_RINGED: usize = 10_000;

/// The rings that were told so far.
struct Rings {
    told: Vec<bool>,
    room: usize,
}

impl Rings {
    /// The fault of a ring, where it is news.
    fn tell(&mut self, model: &Model, ring: &[usize]) -> Option<Diagnostic> {
        let news = if self.room > 0 {
            ring.iter().any(|at| !self.told[*at])
        } else {
            ring.iter().all(|at| !self.told[*at])
        };
        ring.iter().for_each(|at| self.told[*at] = true);
        self.room = self.room.saturating_sub(ring.len());
        news.then(|| faults::ring(model, &ring.iter().map(|at| ValueId::at(*at)).collect::<Vec<_>>()))
    }
}

/// The values that a declaration names.
pub(super) fn needs(kind: &ValueKind) -> Vec<ValueId> {
    let exprs: Vec<&Expr> = match kind {
        ValueKind::BuiltIn | ValueKind::Unit | ValueKind::Currency { worth: None } => Vec::new(),
        ValueKind::Currency { worth: Some(expr) } | ValueKind::DerivedUnit { worth: expr } => vec![expr],
        ValueKind::Measure { unit, .. } => vec![unit],
        ValueKind::Param(param) => {
            let range = param.range.iter().flat_map(|(low, high)| [low, high]);
            let drawn = param.distribution.iter().flat_map(|distribution| &distribution.arguments);
            std::iter::once(&*param.value).chain(range).chain(drawn).collect()
        }
    };
    let mut found = Vec::new();
    exprs.into_iter().for_each(|expr| named(expr, &mut |id| found.push(id)));
    found
}

/// Shows the values that an expression names.
pub(super) fn named(expr: &Expr, see: &mut dyn FnMut(ValueId)) {
    expr.visit(&mut |part| match part.kind {
        ExprKind::Value(id) | ExprKind::Counted(_, id, _) => see(id),
        _ => {}
    });
}
