//! Lints that need no graph: what is legal and probably wrong.

use super::Checked;
use super::order::{named, needs};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{CASH, Expr, ExprKind, Flow, FlowId, GOODS, Model, Numeric, ValueId, ValueKind, What};
use crate::source::{FileId, Span};

pub(super) fn lint(checked: &Checked, found: &mut Vec<Diagnostic>) {
    let model = &checked.model;
    for id in model.flow_ids() {
        let of_flow = nothing_counted(model.flow(id)).into_iter().chain(repeated_amount(checked, id));
        found.extend(of_flow.map(|lint| lint.labels(model.imported_at(model.flow(id).row))));
    }
    alternatives(model, found);
    // A file without an analysis is there for others to use: what it declares is theirs.
    if model.analyses.is_empty() {
        found.extend(no_analysis(model));
    } else {
        unused(model, found);
    }
}

/// L0503
fn nothing_counted(flow: Flow<'_>) -> Option<Diagnostic> {
    let counts = |given: &crate::model::Given| {
        matches!(given.numeric, Numeric::Cost | Numeric::Revenue | Numeric::Amount | Numeric::Measure(_))
    };
    if flow.given.iter().any(counts) {
        return None;
    }
    let name = flow.name;
    Some(
        Diagnostic::new(Code::L0503, format!("`{name}` has neither cost, revenue nor amount"))
            .label(flow.span?, "this flow changes no number")
            .help("give it a `cost:`, a `revenue:` or an `amount:`"),
    )
}

/// L0505
fn alternatives(model: &Model, found: &mut Vec<Diagnostic>) {
    let mut cash: Vec<Option<FlowId>> = vec![None; model.participants.len()];
    let alone = |flow: Flow<'_>| flow.rides.is_none();
    for id in model.flow_ids() {
        let flow = model.flow(id);
        if flow.medium == CASH && alone(flow) {
            cash[flow.tail.index()].get_or_insert(id);
        }
    }
    for id in model.flow_ids() {
        let flow = model.flow(id);
        let Some(other) =
            cash.get(flow.tail.index()).copied().flatten().filter(|_| flow.medium == GOODS && alone(flow))
        else {
            continue;
        };
        let other = model.flow(other);
        let (Some(place), Some(beside)) = (flow.span, other.span) else { continue };
        let tail = model.participant(flow.tail).name;
        let (goods, money) = (flow.name, other.name);
        found.push(
            Diagnostic::new(
                Code::L0505,
                format!(
                    "a turn leaves `{tail}` with the goods `{goods}` or with the cash `{money}`, never both"
                ),
            )
            .label(place, "goods")
            .label(beside, "cash that leaves the same participant")
            .labels(model.imported_at(flow.row))
            .help(format!("if one happens with the other, it rides it: `rides: {money}`")),
        );
    }
}

/// L0506
fn repeated_amount(checked: &Checked, id: FlowId) -> Option<Diagnostic> {
    let flow = checked.model.flow(id);
    let (amount, revenue) = (flow.given(Numeric::Amount)?, flow.given(Numeric::Revenue)?);
    let terms = checked.flow(id);
    if terms.transfer() != Some(&terms.own.revenue) || terms.own.revenue.is_zero() {
        return None;
    }
    Some(
        Diagnostic::new(Code::L0506, format!("the revenue of `{}` repeats its amount", flow.name))
            .label(revenue.value.span, "earned from outside the graph")
            .label(amount.value.span, "the same sum, which changes hands inside it")
            .help("an amount already counts for the two participants; a revenue comes from outside"),
    )
}

/// L0509
fn no_analysis(model: &Model) -> Option<Diagnostic> {
    // Parts for other files to use declare something; a file with nothing in it is a slip.
    if model.flows.is_empty()
        && model.participants.is_empty()
        && model.values.iter().all(|value| value.declared.span.is_none())
    {
        return Some(
            Diagnostic::new(Code::L0509, "the model is empty")
                .label(Span::new(FileId(0), 0..0), "nothing is declared")
                .help("`loopc new` writes a first one"),
        );
    }
    let first = model.flows.iter().find_map(|flow| flow.span.filter(|span| span.file == FileId(0)))?;
    Some(
        Diagnostic::new(Code::L0509, "the model asks nothing")
            .label(first, "there are flows, and no analysis of them")
            .help("ask for the best loop: `loop best`"),
    )
}

/// L0502: declarations of the main file that nothing uses. What a used file declares may be for others.
fn unused(model: &Model, found: &mut Vec<Diagnostic>) {
    let uses = Uses::of(model);
    let mut report = |kind: &str, name: &str, span: Option<Span>, used: bool| {
        let used = used || model.mentioned.contains(name);
        if let Some(span) = span.filter(|span| !used && span.file == FileId(0)) {
            found.push(
                Diagnostic::new(Code::L0502, format!("the {kind} `{name}` is never used"))
                    .label(span, "nothing uses this")
                    .help("remove it, or silence this with `// loopc: allow L0502` above it"),
            );
        }
    };
    for (value, used) in model.values.iter().zip(&uses.values) {
        let kind = match &value.kind {
            ValueKind::BuiltIn => continue,
            ValueKind::Currency { .. } => "currency",
            ValueKind::Unit | ValueKind::DerivedUnit { .. } => "unit",
            ValueKind::Measure { .. } => "measure",
            ValueKind::Param(_) => "param",
        };
        report(kind, &value.declared.name, value.declared.span, *used);
    }
    for (participant, used) in model.participants.iter().zip(&uses.participants) {
        report("participant", participant.name, participant.span, *used);
    }
    for (medium, used) in model.media.iter().zip(&uses.media) {
        report("medium", &medium.name, medium.span, *used);
    }
    for (role, used) in model.roles.iter().zip(&uses.roles) {
        report("role", &role.name, role.span, *used);
    }
}

/// What is used by something else.
struct Uses {
    values: Vec<bool>,
    participants: Vec<bool>,
    media: Vec<bool>,
    roles: Vec<bool>,
}

impl Uses {
    fn of(model: &Model) -> Self {
        let mut uses = Self {
            values: vec![false; model.values.len()],
            participants: vec![false; model.participants.len()],
            media: vec![false; model.media.len()],
            roles: vec![false; model.roles.len()],
        };
        for value in &model.values {
            uses.mark(&needs(&value.kind));
        }
        for participant in model.participants.iter() {
            uses.roles[participant.role.index()] = true;
            participant.company.into_iter().for_each(|company| uses.participants[company.index()] = true);
            uses.given(model, participant.given);
        }
        for flow in model.flows.iter() {
            uses.flow(model, flow);
        }
        for analysis in &model.analyses {
            let objective = analysis.objective.as_ref().map(|objective| &objective.value);
            let length =
                analysis.length.iter().flat_map(|length| [&length.low].into_iter().chain(&length.high));
            let required = analysis.requirements.iter().map(|requirement| &requirement.condition);
            let exprs = objective.into_iter().chain(&analysis.top).chain(length);
            let exprs = exprs.chain(&analysis.period).chain(required);
            exprs.for_each(|expr| uses.expr(model, expr));
        }
        model.claims.iter().for_each(|claim| uses.expr(model, &claim.condition));
        uses
    }

    fn mark(&mut self, ids: &[ValueId]) {
        ids.iter().for_each(|id| self.values[id.index()] = true);
    }

    fn given(&mut self, model: &Model, given: &[crate::model::Given]) {
        for one in given {
            if let Numeric::Measure(id) = one.numeric {
                self.mark(&[model.measures[id.index()]]);
            }
            self.expr(model, &one.value);
        }
    }

    fn expr(&mut self, model: &Model, expr: &Expr) {
        named(expr, &mut |id| self.values[id.index()] = true);
        expr.visit(&mut |part| {
            if let ExprKind::Total(total) = &part.kind
                && let What::Measure(id) = total.what
            {
                self.mark(&[model.measures[id.index()]]);
            }
        });
    }

    fn flow(&mut self, model: &Model, flow: Flow<'_>) {
        self.media[flow.medium.index()] = true;
        let parties = [Some(flow.tail), Some(flow.head), flow.payer, flow.earner];
        let rest = flow.rest.and_then(|rest| rest.otherwise);
        for id in parties.into_iter().flatten().chain(rest).chain(flow.via.iter().copied()) {
            self.participants[id.index()] = true;
        }
        // All rows of a table have the same expressions.
        if flow.row.is_none_or(|row| row.place == 0) {
            self.given(model, flow.given);
        }
        flow.rest.iter().for_each(|rest| self.expr(model, &rest.share));
        flow.rides
            .iter()
            .filter_map(|rides| rides.factor.as_ref())
            .for_each(|factor| self.expr(model, factor));
    }
}
