//! From a description to the text of a model.

use loopc::exact::Rational;

use super::describe::{Amount, Ask, Flow, Form, Kind, MEDIA, Own, Pick, Subject, What, World};
use super::spell::{Speller, dollar, number};

/// A declaration, its attributes apart, so that they can be put in another order.
#[derive(Clone, Debug)]
pub struct Piece {
    pub kind: PieceKind,
    pub head: String,
    pub attributes: Vec<Attribute>,
}

/// Declarations keep their order among those of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PieceKind {
    Value,
    Party,
    Flow,
    Ask,
    Claim,
}

#[derive(Clone, Debug)]
pub enum Attribute {
    Plain(String),
    Block(String, Vec<String>),
}

/// The declarations of a model.
pub fn pieces(world: &World, speller: &mut Speller) -> Vec<Piece> {
    let mut written: Vec<Piece> = Vec::new();
    for (place, party) in world.parties.iter().enumerate() {
        let company = party.company.map_or(String::new(), |company| format!(" of p{company}"));
        let head = format!("participant p{place}: business{company}");
        let attributes = own(&party.own, speller, None, true).into_iter().map(Attribute::Plain).collect();
        written.push(Piece { kind: PieceKind::Party, head, attributes });
    }
    for place in 0..world.flows.len() {
        match world.flows[place].chain {
            None => written.push(single(world, place, speller)),
            Some((chain, 1)) => written.push(chained(world, chain, speller)),
            Some(_) => {}
        }
    }
    for (place, ask) in world.asks.iter().enumerate() {
        written.push(asked(world, place, ask, speller));
    }
    let mut all = values(speller);
    all.append(&mut written);
    all
}

fn values(speller: &mut Speller) -> Vec<Piece> {
    let (name, worth) = &speller.currency;
    let mut lines = vec!["currency CNY".to_owned(), format!("currency USD = {} CNY", number(&dollar()))];
    if *name != "CNY" {
        lines.push(format!("currency {name} = {} CNY", number(worth)));
    }
    lines.extend(["unit parcel", "measure delay: day", "medium points"].map(str::to_owned));
    lines.append(&mut speller.params);
    lines.into_iter().map(|head| Piece { kind: PieceKind::Value, head, attributes: Vec::new() }).collect()
}

fn own(own: &Own, speller: &mut Speller, amount: Option<&Amount>, sparse: bool) -> Vec<String> {
    let mut attributes = Vec::new();
    if !sparse || !own.cost.is_zero() {
        attributes.push(format!("cost: {}", speller.money(&own.cost, amount)));
    }
    if !own.revenue.is_zero() {
        attributes.push(format!("revenue: {}", speller.money(&own.revenue, amount)));
    }
    if !own.delay.is_zero() {
        attributes.push(format!("delay: {}", speller.delay(&own.delay)));
    }
    attributes
}

fn single(world: &World, place: usize, speller: &mut Speller) -> Piece {
    let flow = &world.flows[place];
    let names: Vec<String> = flow.via.iter().map(|party| format!("p{party}")).collect();
    let via = if names.is_empty() { String::new() } else { format!(" via {}", names.join(", ")) };
    let head = format!("{} flow f{place}: p{} -> p{}{via}", MEDIA[flow.medium], flow.tail, flow.head);
    let attributes = flow_attributes(world, flow, speller).into_iter().map(Attribute::Plain).collect();
    Piece { kind: PieceKind::Flow, head, attributes }
}

fn flow_attributes(world: &World, flow: &Flow, speller: &mut Speller) -> Vec<String> {
    // The hops of a chain may share attributes, so none of theirs names the amount.
    let amount = Some(&flow.amount).filter(|_| flow.chain.is_none());
    let mut attributes = own(&flow.own, speller, amount, flow.chain.is_none());
    match &flow.amount {
        Amount::None => {}
        Amount::Money(money) => attributes.push(format!("amount: {}", speller.money(money, None))),
        Amount::Parcels(count) => attributes.push(format!("amount: {} parcel", number(count))),
    }
    attributes.extend(flow.payer.map(|payer| format!("payer: p{payer}")));
    attributes.extend(flow.earner.map(|earner| format!("earner: p{earner}")));
    if let Some((share, back)) = &flow.yields {
        let back = back.map_or(String::new(), |back| format!(" else p{back}"));
        attributes.push(format!("yield: {}{back}", speller.bare(share)));
    }
    if let Some((ridden, factor)) = &flow.rides {
        let name = world.flow_name(*ridden);
        let factor = match *factor == Rational::ONE {
            true => String::new(),
            false => format!(" * {}", speller.bare(factor)),
        };
        attributes.push(format!("rides: {name}{factor}"));
    }
    let tags: Vec<String> = flow.tags.iter().map(|tag| format!("t{tag}")).collect();
    if !tags.is_empty() {
        attributes.push(format!("tags: {}", tags.join(", ")));
    }
    attributes
}

/// A chain: what its first hop has may stand for each hop, and hops that are not like it override that.
fn chained(world: &World, chain: usize, speller: &mut Speller) -> Piece {
    let hops = world.hops(chain);
    let tails = hops.iter().map(|hop| world.flows[*hop].tail);
    let stops = tails.chain(hops.last().map(|hop| world.flows[*hop].head)).map(|stop| format!("p{stop}"));
    let medium = MEDIA[world.flows[hops[0]].medium];
    let head = format!("{medium} flow c{chain}: {}", stops.collect::<Vec<_>>().join(" -> "));
    let mut blocks: Vec<Vec<String>> =
        hops.iter().map(|hop| flow_attributes(world, &world.flows[*hop], speller)).collect();
    let mut each = blocks[0].clone();
    each.retain(|shared| {
        let has = |block: &Vec<String>| block.iter().any(|other| key(other) == key(shared));
        blocks.iter().all(has) && speller.random.chance(70)
    });
    for (place, block) in blocks.iter_mut().enumerate() {
        block.retain(|own| {
            let known = each.iter().any(|other| key(other) == key(own));
            !known || !alike(world, (hops[0], hops[place]), key(own))
        });
    }
    let numbered = blocks.into_iter().enumerate();
    let numbered = numbered.map(|(place, block)| Attribute::Block(format!("hop {}", place + 1), block));
    let mut attributes = vec![Attribute::Block("each hop".to_owned(), each)];
    attributes.extend(numbered);
    attributes.retain(|attribute| !matches!(attribute, Attribute::Block(_, inner) if inner.is_empty()));
    Piece { kind: PieceKind::Flow, head, attributes }
}

fn key(attribute: &str) -> &str {
    attribute.split(':').next().unwrap_or_default()
}

/// Whether two hops have one value for an attribute.
fn alike(world: &World, (left, right): (usize, usize), key: &str) -> bool {
    let (left, right) = (&world.flows[left], &world.flows[right]);
    match key {
        "cost" => left.own.cost == right.own.cost,
        "revenue" => left.own.revenue == right.own.revenue,
        "delay" => left.own.delay == right.own.delay,
        "amount" => left.amount == right.amount,
        "payer" => left.payer == right.payer,
        "earner" => left.earner == right.earner,
        "yield" => left.yields == right.yields,
        "rides" => left.rides == right.rides,
        _ => left.tags == right.tags,
    }
}

fn asked(world: &World, place: usize, ask: &Ask, speller: &mut Speller) -> Piece {
    let (word, mut lines) = match ask.kind {
        Kind::Loop { top: 1 } if speller.random.chance(80) => ("loop", vec![]),
        Kind::Loop { top } => ("loop", vec![format!("top: {top}")]),
        Kind::Path { from, to } => ("path", vec![format!("from: p{from}"), format!("to: p{to}")]),
        Kind::Closure => ("closure", vec![]),
    };
    let over = ask.over.iter().map(|pick| match pick {
        Pick::Medium(medium) => MEDIA[*medium].to_owned(),
        Pick::Tag(tag) => format!("t{tag}"),
    });
    let names =
        |subjects: &[Subject]| subjects.iter().map(|one| world.subject_name(*one)).collect::<Vec<_>>();
    for (key, names) in [("over", over.collect()), ("only", names(&ask.only)), ("avoid", names(&ask.avoid))] {
        if !names.is_empty() {
            lines.push(format!("{key}: {}", names.join(", ")));
        }
    }
    let through = names(&ask.through);
    if !through.is_empty() {
        lines.push(format!("through: {}", through.join(", ")));
    }
    lines.extend(ask.length.map(|(low, high)| match low == high {
        true => format!("length: {low}"),
        false => format!("length: {low} .. {high}"),
    }));
    lines.extend(ask.whose.map(|whose| format!("for: p{whose}")));
    if let Some(goal) = &ask.goal {
        let word = if goal.minimize { "minimize" } else { "maximize" };
        let below =
            goal.below.as_ref().map_or(String::new(), |form| format!(" / ({})", sum(world, form, speller)));
        let above = sum(world, &goal.above, speller);
        let above = if goal.above.len() > 1 { format!("({above})") } else { above };
        lines.push(format!("{word}: {above}{below}"));
    }
    let attributes = lines.into_iter().map(Attribute::Plain).collect();
    Piece { kind: PieceKind::Ask, head: format!("{word} a{place}"), attributes }
}

fn sum(world: &World, form: &Form, speller: &mut Speller) -> String {
    let mut text = String::new();
    for (place, (factor, what, about)) in form.iter().enumerate() {
        let word = match what {
            What::Cost => "cost",
            What::Revenue => "revenue",
            What::Profit => "profit",
            What::Delay => "delay",
        };
        let about = about.map_or(String::new(), |about| format!("({})", world.subject_name(about)));
        let sign = match (place, factor.is_negative()) {
            (0, false) => "",
            (_, false) => " + ",
            (_, true) => " - ",
        };
        let times = match factor.abs() == Rational::ONE {
            true => String::new(),
            false => format!("{} * ", speller.bare(&factor.abs())),
        };
        text.push_str(&format!("{sign}{times}{word}{about}"));
    }
    text
}
