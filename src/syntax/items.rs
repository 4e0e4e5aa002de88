//! Walkers of declarations: one function a form.

use super::ast::{
    Analysis, AnalysisWord, Distribution, Expr, ExprKind, Flow, Import, ImportKind, Item, ItemKind, Name,
    Param, Participant, Scenario,
};
use super::faults;
use super::grammar::{Pair, Rule};
use super::walker::Walker;

impl Walker<'_> {
    pub(super) fn item(&mut self, declaration: Pair<'_>) -> Item {
        let span = self.span(&declaration);
        let form = match declaration.as_rule() {
            Rule::declaration | Rule::overlay => declaration.into_inner().next(),
            _ => Some(declaration),
        };
        let Some(form) = form else { unreachable!("declaration: one form") };
        let kind = match form.as_rule() {
            Rule::model => self.model(form),
            Rule::currency => self.currency(form),
            Rule::unit => self.unit(form),
            Rule::medium | Rule::role => self.medium_or_role(form),
            Rule::measure => self.measure(form),
            Rule::param => self.param(form),
            Rule::participant => self.participant(form),
            Rule::flow => self.flow(form),
            Rule::analysis => self.analysis(form),
            Rule::expect => self.expect(form),
            Rule::use_file => self.use_file(form),
            Rule::import => self.import(form),
            Rule::set => self.set(form),
            Rule::change => self.change(form),
            Rule::remove => self.remove(form),
            Rule::later => self.later(form),
            rule => unreachable!("declaration: {rule:?}"),
        };
        Item { span, above: 0..0, kind }
    }

    fn model(&mut self, form: Pair<'_>) -> ItemKind {
        let [_, title] = children(form);
        ItemKind::Model { title: self.text(&title) }
    }

    fn currency(&mut self, form: Pair<'_>) -> ItemKind {
        let mut parts = form.into_inner().skip(1);
        let name = self.next_name(&mut parts);
        let worth = self.defined(parts);
        ItemKind::Currency { name, worth }
    }

    fn unit(&mut self, form: Pair<'_>) -> ItemKind {
        let mut parts = form.into_inner().skip(1);
        let name = self.next_name(&mut parts);
        if parts.clone().next().is_some_and(|part| part.as_rule() == Rule::equals)
            && let Some(worth) = self.defined(parts.clone())
        {
            return ItemKind::DerivedUnit { name, worth };
        }
        let mut names = vec![name];
        for part in parts {
            match part.as_rule() {
                Rule::comma => self.sign(&part, ","),
                _ => names.push(self.name(&part)),
            }
        }
        ItemKind::Units { names }
    }

    fn medium_or_role(&mut self, form: Pair<'_>) -> ItemKind {
        let medium = form.as_rule() == Rule::medium;
        let mut parts = form.into_inner().skip(1);
        let name = self.next_name(&mut parts);
        let label = parts.next().map(|text| self.text(&text));
        if medium { ItemKind::Medium { name, label } } else { ItemKind::Role { name, label } }
    }

    fn measure(&mut self, form: Pair<'_>) -> ItemKind {
        let [_, name, colon, unit] = children(form);
        let name = self.name(&name);
        self.sign(&colon, ":");
        ItemKind::Measure { name, unit: self.expression(unit) }
    }

    fn param(&mut self, form: Pair<'_>) -> ItemKind {
        let mut parts = form.into_inner().skip(1);
        let name = self.next_name(&mut parts);
        let [equals, value] = take(&mut parts);
        self.sign(&equals, "=");
        let mut param = Param { name, value: self.expression(value), range: None, distribution: None };
        for part in parts {
            match part.as_rule() {
                Rule::decimal_tail => {
                    self.decimal_tail(&part);
                    param.value.kind = ExprKind::Broken;
                }
                Rule::param_range => param.range = Some(self.param_range(part)),
                Rule::distribution => param.distribution = Some(self.distribution(part)),
                rule => unreachable!("param: {rule:?}"),
            }
        }
        ItemKind::Param(Box::new(param))
    }

    fn param_range(&mut self, range: Pair<'_>) -> (Expr, Expr) {
        let [_, low, dots, high] = children(range);
        self.sign(&dots, "..");
        (self.expression(low), self.expression(high))
    }

    fn distribution(&mut self, distribution: Pair<'_>) -> Distribution {
        let mut parts = distribution.into_inner().skip(1);
        let [name, arguments] = take(&mut parts);
        let name = self.used_name(&name);
        Distribution { name, arguments: self.call_arguments(arguments), truncated: parts.next().is_some() }
    }

    fn participant(&mut self, form: Pair<'_>) -> ItemKind {
        let mut parts = form.into_inner().skip(1);
        let [name, colon, role] = take(&mut parts);
        self.sign(&colon, ":");
        let (name, role) = (self.name(&name), self.used_name(&role));
        let mut participant = Participant { name, role, label: None, company: None, attributes: Vec::new() };
        for part in parts {
            match part.as_rule() {
                Rule::string => participant.label = Some(self.text(&part)),
                Rule::of_company => {
                    let [_, company] = children(part);
                    participant.company = Some(self.used_name(&company));
                }
                Rule::block => participant.attributes = self.block(part),
                rule => unreachable!("participant: {rule:?}"),
            }
        }
        ItemKind::Participant(Box::new(participant))
    }

    fn flow(&mut self, form: Pair<'_>) -> ItemKind {
        let mut parts = form.into_inner().peekable();
        let medium = parts.next_if(|part| part.as_rule() == Rule::name).map(|medium| self.used_name(&medium));
        let [word, name, colon, tail] = take(&mut parts);
        let medium = medium.unwrap_or_else(|| {
            let span = self.span(&word);
            self.fault(faults::no_medium(span));
            Name { span }
        });
        let name = self.name(&name);
        self.sign(&colon, ":");
        let stops = vec![self.used_name(&tail)];
        let mut flow = Flow { medium, name, stops, via: Vec::new(), label: None, attributes: Vec::new() };
        for part in parts {
            match part.as_rule() {
                Rule::arrow => self.sign(&part, "->"),
                Rule::name => flow.stops.push(self.used_name(&part)),
                Rule::via => flow.via.append(&mut self.via(part)),
                Rule::string => flow.label = Some(self.text(&part)),
                Rule::block => flow.attributes = self.block(part),
                rule => unreachable!("flow: {rule:?}"),
            }
        }
        ItemKind::Flow(Box::new(flow))
    }

    fn via(&mut self, via: Pair<'_>) -> Vec<Name> {
        self.names(via.into_inner().skip(1))
    }

    /// Names that are used, between commas.
    fn names<'b>(&mut self, parts: impl Iterator<Item = Pair<'b>>) -> Vec<Name> {
        let mut names = Vec::new();
        for part in parts {
            match part.as_rule() {
                Rule::comma => self.sign(&part, ","),
                _ => names.push(self.used_name(&part)),
            }
        }
        names
    }

    fn analysis(&mut self, form: Pair<'_>) -> ItemKind {
        let mut parts = form.into_inner();
        let [word, name] = take(&mut parts);
        let word = match word.as_rule() {
            Rule::word_loop => AnalysisWord::Loop,
            Rule::word_path => AnalysisWord::Path,
            Rule::word_closure => AnalysisWord::Closure,
            Rule::word_plan => AnalysisWord::Plan,
            rule => unreachable!("analysis: {rule:?}"),
        };
        let mut analysis = Analysis { word, name: self.name(&name), label: None, attributes: Vec::new() };
        for part in parts {
            match part.as_rule() {
                Rule::string => analysis.label = Some(self.text(&part)),
                Rule::block => analysis.attributes = self.block(part),
                rule => unreachable!("analysis: {rule:?}"),
            }
        }
        ItemKind::Analysis(Box::new(analysis))
    }

    fn expect(&mut self, form: Pair<'_>) -> ItemKind {
        let [_, claim] = children(form);
        ItemKind::Expect { claim: self.expression(claim) }
    }

    fn use_file(&mut self, form: Pair<'_>) -> ItemKind {
        let [_, path] = children(form);
        ItemKind::Use { path: self.text(&path) }
    }

    fn import(&mut self, form: Pair<'_>) -> ItemKind {
        let mut parts = form.into_inner().skip(1);
        let [kind, _, path] = take(&mut parts);
        let kind = match kind.as_str() {
            "participants" => ImportKind::Participants,
            "flows" => ImportKind::Flows,
            "params" => ImportKind::Params,
            other => unreachable!("import: {other}"),
        };
        let path = self.text(&path);
        let attributes = parts.next().map_or_else(Vec::new, |block| self.block(block));
        ItemKind::Import(Box::new(Import { kind, path, attributes }))
    }

    fn set(&mut self, form: Pair<'_>) -> ItemKind {
        let mut parts = form.into_inner().skip(1);
        let [name] = take(&mut parts);
        let (name, value) = (self.used_name(&name), self.defined(parts));
        let broken = || Expr { span: name.span, kind: ExprKind::Broken };
        ItemKind::Set { name, value: value.unwrap_or_else(broken) }
    }

    fn change(&mut self, form: Pair<'_>) -> ItemKind {
        let [_, name, block] = children(form);
        ItemKind::Change { name: self.used_name(&name), attributes: self.block(block) }
    }

    fn remove(&mut self, form: Pair<'_>) -> ItemKind {
        ItemKind::Remove { names: self.names(form.into_inner().skip(1)) }
    }

    /// `scenario s "label" from t {`, without what stands in the braces; and its brace.
    pub(super) fn scenario_head<'b>(&mut self, head: Pair<'b>) -> (Scenario, Option<Pair<'b>>) {
        let mut parts = head.into_inner().skip(1);
        let name = self.next_name(&mut parts);
        let mut scenario = Scenario { name, label: None, from: None, items: Vec::new() };
        let mut brace = None;
        for part in parts {
            match part.as_rule() {
                Rule::string => scenario.label = Some(self.text(&part)),
                Rule::from_scenario => {
                    let [_, from] = children(part);
                    scenario.from = Some(self.used_name(&from));
                }
                _ => {
                    self.sign(&part, "{");
                    brace = Some(part);
                }
            }
        }
        (scenario, brace)
    }

    fn later(&mut self, form: Pair<'_>) -> ItemKind {
        let mut parts = form.into_inner();
        let [word] = take(&mut parts);
        let span = self.span(&word);
        self.fault(faults::later(word.as_str(), span));
        let name = parts.find(|part| part.as_rule() == Rule::name).map(|name| self.used_name(&name));
        ItemKind::Later { word: span, name }
    }

    fn next_name<'b>(&mut self, parts: &mut impl Iterator<Item = Pair<'b>>) -> Name {
        let [name] = take(parts);
        self.name(&name)
    }

    /// `= expression`, where it is written.
    fn defined<'b>(&mut self, mut parts: impl Iterator<Item = Pair<'b>>) -> Option<Expr> {
        self.sign(&parts.next()?, "=");
        let mut value = self.expression(parts.next()?);
        for tail in parts {
            self.decimal_tail(&tail);
            value.kind = ExprKind::Broken;
        }
        Some(value)
    }

    fn decimal_tail(&mut self, tail: &Pair<'_>) {
        let start = tail.as_span().start();
        let before = self.piece[..start].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let behind = self.piece[start..].find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.'));
        let end = behind.map_or(self.piece.len(), |length| start + length);
        self.fault(faults::comma_in_number(&self.piece[before..end], self.at(before, end)));
    }
}

/// All children of a pair whose grammar fixes their number.
fn children<const N: usize>(pair: Pair<'_>) -> [Pair<'_>; N] {
    take(&mut pair.into_inner())
}

/// The next children of a pair whose grammar fixes their number.
fn take<'b, const N: usize>(parts: &mut impl Iterator<Item = Pair<'b>>) -> [Pair<'b>; N] {
    std::array::from_fn(|index| match parts.next() {
        Some(part) => part,
        None => unreachable!("the grammar promises {N} children, not {index}"),
    })
}
