//! The wording of every fault of units and meaning: one constructor a fault.

use super::evaluate::literal;
use crate::diagnostic::{Code, Diagnostic, near};
use crate::exact::literal::MOST_DIGITS;
use crate::model::{Expr, Function, Model, ValueId, ValueKind};
use crate::source::Span;
use crate::units::{Unit, UnitTable};

/// A unit in words: `CNY/year`, or `a bare number`.
pub(super) fn unit_words(units: &UnitTable, unit: &Unit) -> String {
    if unit.is_none() { "a bare number".to_owned() } else { format!("`{}`", units.spelled(unit)) }
}

/// The one factor that turns `found` into `wanted`, in words, if there is one.
pub(super) fn mend(units: &UnitTable, wanted: &Unit, found: &Unit, what: &str) -> Option<String> {
    let missing = units.dimension(wanted).times(&units.dimension(found), -1);
    let (base, exponent) = missing.single()?;
    // A unit that one of the two already names reads best; then the year; then whatever has the dimension.
    let of_base = |id: &crate::units::UnitId| units.dimension(&Unit::of(*id)).single() == Some((base, 1));
    let named = wanted.units().chain(found.units()).find(of_base);
    let time = Some(crate::units::YEAR).filter(of_base);
    let any = named.or(time).or_else(|| units.ids().find(of_base))?;
    let name = units.name(any);
    Some(if exponent > 0 {
        format!("multiply {what} by `1 {name}`: `* 1 {name}`")
    } else {
        format!("divide {what} by a {name}: `/ {name}`")
    })
}

/// The unit that a bare number lacks, in words; anything else lacks none.
pub(super) fn write_unit(units: &UnitTable, expr: &Expr, wanted: &Unit) -> Option<String> {
    let bare = literal(expr).filter(|_| !wanted.is_none())?;
    Some(format!("write its unit: `{} {}`", units.shown(&bare), units.spelled(wanted)))
}

/// L0301
pub(super) fn unlike(left: (Span, String), right: (Span, String), place: &str) -> Diagnostic {
    Diagnostic::new(Code::L0301, format!("unlike units in {place}: {} and {}", left.1, right.1))
        .label(right.0, format!("this is in {}", right.1).replace("in a bare", "a bare"))
        .label(left.0, format!("this is in {}", left.1).replace("in a bare", "a bare"))
}

/// L0302
pub(super) fn wrong_unit(key: &str, wanted: &str, found: &str, places: (Span, Span)) -> Diagnostic {
    Diagnostic::new(Code::L0302, format!("`{key}` takes {wanted}, found {found}"))
        .label(places.0, format!("this is in {found}").replace("in a bare", "a bare"))
        .label(places.1, format!("{wanted} is expected"))
}

/// L0207, L0304: a ring of values, in order.
pub(super) fn ring(model: &Model, ring: &[ValueId]) -> Diagnostic {
    let values: Vec<_> = ring.iter().map(|id| model.value(*id)).collect();
    let units = values.iter().any(|value| !matches!(value.kind, ValueKind::Param(_)));
    let (code, what) = if units { (Code::L0304, "units") } else { (Code::L0207, "params") };
    let mut names: Vec<String> = values.iter().map(|value| format!("`{}`", value.declared.name)).collect();
    names.extend(names.first().cloned());
    let needs = |place: usize| format!("needs {}", names.get(place + 1).map_or("itself", String::as_str));
    let labels =
        values.iter().enumerate().filter_map(|(place, value)| Some((value.declared.span?, needs(place))));
    Diagnostic::new(code, format!("{what} that need each other: {}", names.join(" needs "))).labels(labels)
}

/// L0305
pub(super) fn no_rate(name: &str, span: Span, first: &str, first_span: Option<Span>) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0305, format!("the currency `{name}` has no rate"))
        .label(span, format!("how many {first} is one {name}?"))
        .help(format!("give its rate: `currency {name} = 7.1 {first}`"));
    first_span.into_iter().fold(fault, |fault, span| fault.label(span, "the reporting currency"))
}

/// L0306
pub(super) fn no_whole_exponent(span: Span, found: &str) -> Diagnostic {
    Diagnostic::new(Code::L0306, format!("an exponent is a whole number, found `{found}`"))
        .label(span, "a whole number is expected")
}

/// L0307
pub(super) fn division_by_zero(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0307, "a division by zero").label(span, "this is 0")
}

/// L0308
pub(super) fn too_large(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0308, format!("a value with more than {MOST_DIGITS} digits"))
        .label(span, "this grows too large")
        .help("round what is multiplied again and again: `round(x, step)`")
}

/// L0308: values that are fine one by one and too fine together.
pub(super) fn too_fine(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::L0308,
        format!("values whose common denominator has more than {MOST_DIGITS} digits"),
    )
    .label(span, "with this flow the values up to here become too fine to be counted together")
    .help("round them: `round(x, 0.0001 CNY)`")
}

/// L0309
pub(super) fn wrong_arguments(function: Function, count: usize, span: Span) -> Diagnostic {
    let given = if count == 1 { "one argument".to_owned() } else { format!("{count} arguments") };
    Diagnostic::new(Code::L0309, format!("`{}` does not take {given} like this", function.name()))
        .label(span, format!("`{}`", function.usage()))
        .help(format!("it is called `{}`", function.usage()))
}

/// L0309
pub(super) fn no_step(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0309, "a step is above zero").label(span, "rounded to multiples of this")
}

/// L0309
pub(super) fn annuity_arguments(span: Span, rate: &str, periods: &str) -> Diagnostic {
    Diagnostic::new(Code::L0309, "`annuity` takes a bare rate and a whole number of periods")
        .label(span, format!("the rate is {rate}, the periods are {periods}"))
        .help("`annuity(rate, periods)`: a rate for each period, such as `12% / 12`, and how many there are")
}

/// L0310
pub(super) fn no_positive_unit(name: &str, span: Span, found: &str) -> Diagnostic {
    Diagnostic::new(Code::L0310, format!("`{name}` is worth {found}, and a unit is worth more than 0"))
        .label(span, "a positive amount is expected")
}

/// L0302: a rate that is no money.
pub(super) fn no_money_rate(name: &str, span: Span, found: &str, help: Option<String>) -> Diagnostic {
    Diagnostic::new(Code::L0302, format!("the rate of `{name}` is an amount of money, found {found}"))
        .label(span, "an amount in another currency is expected")
        .maybe_help(help)
}

/// L0311
pub(super) fn out_of_range(name: &str, span: Span, found: &str, range_span: Span, range: &str) -> Diagnostic {
    Diagnostic::new(Code::L0311, format!("`{name}` is {found}, outside its range {range}"))
        .label(span, format!("this is {found}"))
        .label(range_span, "its range")
}

/// L0312
pub(super) fn unknown_distribution(name: &str, span: Span) -> Diagnostic {
    let known = ["uniform", "normal", "lognormal", "triangular", "discrete"];
    let fault = Diagnostic::new(Code::L0312, format!("unknown distribution `{name}`"))
        .label(span, "no distribution has this name");
    match near(name, known) {
        Some(near) => fault.meant(span, near, near.name),
        None => fault.help(format!("the distributions are `{}`", known.join("`, `"))),
    }
}

/// L0312
pub(super) fn distribution_arguments(name: &str, span: Span, count: usize) -> Diagnostic {
    Diagnostic::new(Code::L0312, format!("`{name}` takes {count} arguments")).label(
        span,
        match name {
            "triangular" => "`triangular(low, mode, high)`",
            "uniform" => "`uniform(low, high)`",
            "discrete" => "`discrete(a, b, …)`",
            _ => "`(mean, deviation)`",
        },
    )
}

/// L0312
pub(super) fn distribution_falls(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0312, format!("the arguments of `{name}` rise from low to high"))
        .label(span, "these do not rise")
}

/// L0313
pub(super) fn no_currency(key: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0313, format!("`{key}` is money, and the model declares no currency"))
        .label(span, "an amount of money is expected")
        .help("declare one: `currency CNY`")
}

/// L0407
pub(super) fn no_share(span: Span, found: &str) -> Diagnostic {
    Diagnostic::new(Code::L0407, format!("a yield is above 0% and at most 100%, found {found}"))
        .label(span, "the share of what is tried that arrives")
}

/// L0407
pub(super) fn no_else(span: Span, tail: &str) -> Diagnostic {
    Diagnostic::new(Code::L0407, "a yield below 100% says where the rest returns")
        .label(span, "where does the rest go?")
        .help(format!("name it: `else {tail}`"))
}

/// L0409
pub(super) fn no_objective(span: Span, why: &str) -> Diagnostic {
    Diagnostic::new(Code::L0409, "an objective is a ratio or linear, in cost, revenue, profit and measures")
        .label(span, why)
        .help("`revenue / cost`, `profit`, `cost + 2 CNY / day * delay` are objectives")
}

/// L0431
pub(super) fn no_requirement(span: Span, why: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::L0431, "a requirement compares what a plan counts with a number")
        .label(span, why)
        .help(help)
}

/// L0432
pub(super) fn product_of_unknowns(first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(Code::L0432, "a product of two unknowns is not linear")
        .label(second, "times this, which is unknown too")
        .label(first, "this depends on what is solved for")
        .help("multiply by a number; a ratio of two is an objective: `profit / cost`")
}

/// L0433
pub(super) fn no_period(span: Span, found: &str) -> Diagnostic {
    Diagnostic::new(Code::L0433, format!("a period is one unit of time, found {found}"))
        .label(span, "`day`, `week`, `month`, `quarter` or `year` is expected")
        .help("for another length declare it: `unit fortnight = 2 week`")
}

/// L0414
pub(super) fn rider_with(key: &str, span: Span, rides: Span) -> Diagnostic {
    Diagnostic::new(Code::L0414, format!("a rider has no `{key}` of its own"))
        .label(span, "this belongs to the flow that is ridden")
        .label(rides, "this makes the flow a rider")
}

/// L0414
pub(super) fn rider_named(name: &str, (span, why): (Span, &str), rides: Option<Span>) -> Diagnostic {
    let fault =
        Diagnostic::new(Code::L0414, format!("`{name}` is a rider: it happens whenever its flow does"))
            .label(span, why)
            .help("name the flow that it rides");
    rides.into_iter().fold(fault, |fault, span| fault.label(span, "it rides here"))
}

/// L0414
pub(super) fn rider_ring(names: &[String], spans: Vec<Span>) -> Diagnostic {
    let labels = spans.into_iter().map(|span| (span, "rides the next one".to_owned()));
    Diagnostic::new(Code::L0414, format!("riders ride each other in a ring: {}", names.join(" rides ")))
        .labels(labels)
}

/// L0416
pub(super) fn no_condition(span: Span, found: &str) -> Diagnostic {
    Diagnostic::new(Code::L0416, "an expectation is a condition")
        .label(span, format!("this is {found}, which neither holds nor fails"))
        .help("compare it: `>= 1.2`")
}

/// L0416
pub(super) fn no_number(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0416, "a condition cannot be compared or computed with")
        .label(span, "a number is expected")
}

/// L0416
pub(super) fn not_of_kind(property: &str, name: &str, kind: &str, span: Span) -> Diagnostic {
    let has = match kind {
        "closure" => "a closure has `closed` and `proved`",
        "plan" => {
            "it has `value`, `ratio`, `cost`, `revenue`, `profit`, `profit(p)`, `volume(f)` and `proved`"
        }
        _ => "it has `value`, `ratio`, `cost`, `revenue`, `profit`, `profit(p)`, `length` and `proved`",
    };
    Diagnostic::new(Code::L0416, format!("`{name}` is a {kind} and has no `{property}`"))
        .label(span, format!("nothing that a {kind} finds"))
        .help(has)
}

/// L0417
pub(super) fn out_of_bounds(key: &str, wanted: &str, found: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0417, format!("`{key}` is {wanted}, found {found}"))
        .label(span, format!("this is {found}"))
}

/// L0417
pub(super) fn falling_length(low: Span, high: Span) -> Diagnostic {
    Diagnostic::new(Code::L0417, "`length` goes from the fewest flows to the most")
        .label(high, "the most, less than the fewest")
        .label(low, "the fewest")
}

/// L0417
pub(super) fn bound_of_nothing(key: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0417, format!("`{key}` counts what turns carry, and they carry 0"))
        .label(span, "no number of turns makes this")
        .help("bound the turns themselves: `turn/year`")
}

/// L0436
pub(super) fn no_capacity(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0436, "a fixed cost needs a finite capacity")
        .label(span, "paid once the flow is used at all: up to how many turns?")
        .help("give the flow a `capacity:`")
}

/// L0420
pub(super) fn desk_ring(names: &[String], spans: Vec<Span>) -> Diagnostic {
    let labels = spans.into_iter().map(|span| (span, "a desk of the next one".to_owned()));
    Diagnostic::new(Code::L0420, format!("desks of each other: {}", names.join(" of "))).labels(labels)
}
