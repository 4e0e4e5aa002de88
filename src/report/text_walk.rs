//! How text shows loops and paths: one line a hop, the totals, whose money it is, and what comes close.

use super::columns::{Digits, Table, wrapped};
use super::json::names;
use super::listed::{MOST_LISTED, first_names, greatest, greatest_in_order, rest};
use super::text::{WIDTH, Writer};
use super::{AccountReport, HopReport, LoopReport, PathReport, WalkReport};
use crate::exact::Rational;

/// How a column of numbers is written.
type Align = fn(Digits, &[&Rational]) -> Vec<String>;

/// How many of the gaps are listed.
const GAPS_SHOWN: usize = 5;

impl Writer<'_> {
    pub fn loops(&mut self, found: &LoopReport) {
        if let Some(best) = found.walks.first() {
            self.walk(best, true);
        }
        if found.tied {
            self.line("");
            self.line("  another loop is as good; declaration order decides. On some best loop are:");
            self.names(&found.critical, ", ", "    ");
        }
        self.runners_up(&found.walks, (found.tie_at_cut, found.exhausted), "in scope");
        self.gaps(found);
    }

    /// One line a hop, and whose money it is.
    pub fn walk(&mut self, walk: &WalkReport, closes: bool) {
        self.hops(walk);
        let last = walk.hops.last().map_or("", |hop| hop.to.as_str());
        self.line(&format!(
            "  {} {last}{}",
            self.paint.arrow(),
            if closes { ", where it closes" } else { "" }
        ));
        self.totals(walk);
        let unit = format!("{} a turn", self.money);
        self.accounts(&walk.accounts, unit.trim_start(), Digits::aligned);
    }

    /// One line a hop; of a long way those that move most, in their order.
    fn hops(&mut self, walk: &WalkReport) {
        let hops = &walk.hops;
        let places = greatest_in_order(hops.len(), MOST_LISTED, |place| {
            &hops[place].cost.abs() + &hops[place].revenue.abs()
        });
        let shown: Vec<&HopReport> = places.iter().map(|place| &hops[*place]).collect();
        let (heading, numbers) = self.columns(walk, &places);
        let mut table = Table::default();
        table.row(heading);
        for (place, hop) in shown.iter().enumerate() {
            let words = [hop.from.clone(), hop.flow.clone(), hop.medium.clone()];
            table
                .row(words.into_iter().chain(numbers.iter().filter_map(|column| column.get(place).cloned())));
        }
        self.line("");
        if shown.len() < hops.len() {
            let words =
                format!("the {} flows that move most, in their order; sums run over all", shown.len());
            self.line(&self.paint.dim(&format!("    {words}")));
        }
        let mut lines = table.lines(3).into_iter();
        let heading = lines.next().unwrap_or_default();
        self.line(&self.paint.dim(&format!("    {heading}")));
        for (hop, line) in shown.iter().zip(lines) {
            self.line(&format!("    {line}"));
            self.beside(hop);
        }
        let cost = rest([&walk.cost].into_iter(), shown.iter().map(|hop| &hop.cost));
        let revenue = rest([&walk.revenue].into_iter(), shown.iter().map(|hop| &hop.revenue));
        let sums = self.money_words(&cost, &revenue, self.money);
        self.more(hops.len(), MOST_LISTED, sums.trim_end());
    }

    /// The columns of numbers of these hops, each with its heading; those of words come first.
    fn columns(&self, walk: &WalkReport, places: &[usize]) -> (Vec<String>, Vec<Vec<String>>) {
        let hops = &walk.hops;
        let sum = self.paint.sum();
        let mut heading = vec!["from".to_owned(), "flow".to_owned(), "medium".to_owned()];
        let mut numbers: Vec<Vec<String>> = Vec::new();
        let mut column = |name: String, values: Vec<Rational>| {
            heading.push(name);
            numbers.push(
                self.digits
                    .aligned(&places.iter().filter_map(|place| values.get(*place)).collect::<Vec<_>>()),
            );
        };
        let costs: Vec<Rational> = hops.iter().map(|hop| hop.cost.clone()).collect();
        let revenues: Vec<Rational> = hops.iter().map(|hop| hop.revenue.clone()).collect();
        for measure in &walk.measures {
            let of = |hop: &HopReport| {
                hop.measures
                    .iter()
                    .find(|own| own.name == measure.name)
                    .map_or(Rational::ZERO, |own| own.value.clone())
            };
            let name = if measure.unit == measure.name {
                measure.name.clone()
            } else {
                format!("{} {}", measure.name, measure.unit)
            };
            column(name, hops.iter().map(of).collect());
        }
        column("cost".to_owned(), costs.clone());
        column("revenue".to_owned(), revenues.clone());
        column(format!("{sum}cost"), running(&costs));
        column(format!("{sum}revenue"), running(&revenues));
        (heading, numbers)
    }

    /// What happens with a hop.
    fn beside(&mut self, hop: &HopReport) {
        let mut notes = Vec::new();
        if let Some(tries) = &hop.tries {
            notes.push(format!("{} tries for each turn that arrives", self.digits.rounded(tries)));
        }
        if !hop.via.is_empty() {
            notes.push(format!("via {}", hop.via.join(", ")));
        }
        if !hop.riders.is_empty() {
            let riders = first_names(names(&hop.riders).into_iter(), MOST_LISTED);
            notes.push(format!("with {}", riders.join(", ")));
        }
        for line in wrapped(&notes, "; ", WIDTH - 6) {
            self.line(&self.paint.dim(&format!("      {line}")));
        }
    }

    fn totals(&mut self, walk: &WalkReport) {
        self.line("");
        let mut table = Table::default();
        let missing = |what: &str| format!("none, the {what} is 0");
        let ratio = walk.ratio.as_ref().map_or_else(|| missing("cost"), |ratio| self.digits.exactly(ratio));
        let theta =
            walk.theta.as_ref().map_or_else(|| missing("revenue"), |theta| self.digits.exactly(theta));
        table.row(["revenue / cost".to_owned(), ratio]);
        table.row(["cost / revenue".to_owned(), theta]);
        let profit = &walk.revenue - &walk.cost;
        table.row(["profit".to_owned(), format!("{} {} a turn", self.digits.exactly(&profit), self.money)]);
        for measure in &walk.measures {
            table.row([
                measure.name.clone(),
                format!("{} {} a turn", self.digits.exactly(&measure.value), measure.unit),
            ]);
        }
        for line in table.lines(2) {
            self.line(&format!("    {line}"));
        }
    }

    /// Whose money it is; those who lose are marked.
    pub fn accounts(&mut self, all: &[AccountReport], unit: &str, align: Align) {
        if all.is_empty() {
            return;
        }
        let accounts = greatest(&all.iter().collect::<Vec<_>>(), MOST_LISTED, |one| &one.earns + &one.pays);
        let column = |of: &dyn Fn(&AccountReport) -> Rational| {
            let values: Vec<Rational> = accounts.iter().map(|one| of(one)).collect();
            align(self.digits, &values.iter().collect::<Vec<_>>())
        };
        let (earns, pays) = (column(&|one| one.earns.clone()), column(&|one| one.pays.clone()));
        let keeps = column(&|one| &one.earns - &one.pays);
        let mut table = Table::default();
        table.row([unit.to_owned(), "earns".to_owned(), "pays".to_owned(), "keeps".to_owned()]);
        for (place, account) in accounts.iter().enumerate() {
            let desk = account.of.as_ref().map_or_else(String::new, |company| format!(" (of {company})"));
            let cell = |column: &[String]| column.get(place).cloned().unwrap_or_default();
            table.row([format!("{}{desk}", account.participant), cell(&earns), cell(&pays), cell(&keeps)]);
        }
        self.line("");
        for (place, line) in table.lines(1).iter().enumerate() {
            let line = format!("    {line}");
            let account = place.checked_sub(1).and_then(|place| accounts.get(place));
            self.line(&match account {
                None => self.paint.dim(&line),
                Some(one) if one.earns < one.pays => {
                    format!("{line}  {}", self.paint.verdict("loses", false))
                }
                Some(_) => line,
            });
        }
        // A company's line includes its desks', so that what is left would count twice.
        let desks = all.iter().any(|account| account.of.is_some());
        let left = |of: fn(&AccountReport) -> &Rational| {
            rest(all.iter().map(of), accounts.iter().map(|one| of(one)))
        };
        let (earns, pays) = (left(|one| &one.earns), left(|one| &one.pays));
        let sums = format!("earns {}, pays {}", self.digits.rounded(&earns), self.digits.rounded(&pays));
        self.more(all.len(), MOST_LISTED, if desks { "" } else { &sums });
        if desks {
            self.line(
                &self
                    .paint
                    .dim("    a company's line includes its desks; cash between them counts neither way"),
            );
        }
    }

    /// The loops behind the best, and whether there are more `of` the kind.
    pub fn runners_up(&mut self, walks: &[WalkReport], (tie_at_cut, exhausted): (bool, bool), of: &str) {
        if walks.len() > 1 {
            self.line("");
            self.line("  runners-up");
            let width = walks.iter().map(|walk| self.digits.exactly(&walk.value).len()).max().unwrap_or(0);
            for (place, walk) in walks.iter().enumerate().skip(1) {
                let flows: Vec<&String> = walk.hops.iter().map(|hop| &hop.flow).collect();
                let flows = first_names(flows.into_iter(), MOST_LISTED);
                let mut lines =
                    wrapped(&flows, &format!(" {} ", self.paint.arrow()), WIDTH - width - 10).into_iter();
                let first = lines.next().unwrap_or_default();
                self.line(&format!(
                    "    {:>2}  {:<width$}  {first}",
                    place + 1,
                    self.digits.exactly(&walk.value)
                ));
                for line in lines {
                    self.line(&format!("        {:<width$}  {line}", ""));
                }
            }
        }
        if tie_at_cut {
            self.line("    the next loop ties with the last one listed");
        }
        if exhausted && walks.len() == 1 {
            self.line(&format!("\n  there is no other loop {of}"));
        } else if exhausted {
            self.line(&format!("    there are no more loops {}", of.replace("meets", "meet")));
        }
    }

    fn gaps(&mut self, found: &LoopReport) {
        let near = found.gaps.iter().take(GAPS_SHOWN);
        let unit = if found.gap_unit == "1" { "" } else { found.gap_unit.as_str() };
        let mut table = Table::default();
        near.for_each(|(flow, gap)| table.row([flow.clone(), self.digits.exactly(gap), unit.to_owned()]));
        let lines = table.lines(2);
        if lines.is_empty() {
            return;
        }
        self.line("");
        self.line("  just outside: by how much a turn must improve before the flow is on a best loop");
        for line in lines {
            self.line(&format!("    {line}"));
        }
        match found.gaps.len().checked_sub(GAPS_SHOWN) {
            Some(more @ 1..=MOST_LISTED) => self.line(&self.paint.dim(&format!("    and {more} more"))),
            _ => self.more(found.gaps.len(), GAPS_SHOWN, ""),
        }
    }

    pub fn path(&mut self, found: &PathReport) {
        self.walk(&found.walk, false);
        if found.tied {
            self.line("");
            self.line("  another path is as good; the fewest flows, then declaration order decide");
        }
    }
}

/// Running totals.
fn running(values: &[Rational]) -> Vec<Rational> {
    let mut total = Rational::ZERO;
    let mut sums = Vec::new();
    for value in values {
        total += value;
        sums.push(total.clone());
    }
    sums
}
