//! How text shows loops and paths: one line a hop, the totals, whose money it is, and what comes close.

use super::columns::{Table, aligned, exactly, rounded, wrapped};
use super::text::{WIDTH, Writer};
use super::{LoopReport, PathReport, WalkReport};
use crate::exact::Rational;

/// How a column of numbers is written.
type Align = fn(&[&Rational]) -> Vec<String>;

/// How many of the gaps are listed; JSON has them all.
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

    /// One line a hop.
    pub fn walk(&mut self, walk: &WalkReport, closes: bool) {
        let mut table = Table::default();
        let hops = &walk.hops;
        let sum = self.paint.sum();
        let mut heading = vec!["from".to_owned(), "flow".to_owned(), "medium".to_owned()];
        let mut numbers: Vec<Vec<String>> = Vec::new();
        let mut column = |name: String, values: Vec<Rational>| {
            heading.push(name);
            numbers.push(aligned(&values.iter().collect::<Vec<_>>()));
        };
        let costs: Vec<Rational> = hops.iter().map(|hop| hop.cost.clone()).collect();
        let revenues: Vec<Rational> = hops.iter().map(|hop| hop.revenue.clone()).collect();
        for measure in &walk.measures {
            let of = |hop: &super::HopReport| {
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
        table.row(heading);
        for (place, hop) in hops.iter().enumerate() {
            let words = [hop.from.clone(), hop.flow.clone(), hop.medium.clone()];
            table
                .row(words.into_iter().chain(numbers.iter().filter_map(|column| column.get(place).cloned())));
        }
        self.line("");
        let mut lines = table.lines(3).into_iter();
        let heading = lines.next().unwrap_or_default();
        self.line(&self.paint.dim(&format!("    {heading}")));
        for (hop, line) in hops.iter().zip(lines) {
            self.line(&format!("    {line}"));
            self.beside(hop);
        }
        let last = hops.last().map_or("", |hop| hop.to.as_str());
        self.line(&format!(
            "  {} {last}{}",
            self.paint.arrow(),
            if closes { ", where it closes" } else { "" }
        ));
        self.totals(walk);
        let unit = format!("{} a turn", self.money);
        self.accounts(&walk.accounts, unit.trim_start(), aligned);
    }

    /// What happens with a hop.
    fn beside(&mut self, hop: &super::HopReport) {
        let mut notes = Vec::new();
        if let Some(tries) = &hop.tries {
            notes.push(format!("{} tries for each turn that arrives", rounded(tries)));
        }
        if !hop.via.is_empty() {
            notes.push(format!("via {}", hop.via.join(", ")));
        }
        if !hop.riders.is_empty() {
            notes.push(format!("with {}", hop.riders.join(", ")));
        }
        for line in wrapped(&notes, "; ", WIDTH - 6) {
            self.line(&self.paint.dim(&format!("      {line}")));
        }
    }

    fn totals(&mut self, walk: &WalkReport) {
        self.line("");
        let mut table = Table::default();
        let missing = |what: &str| format!("none, the {what} is 0");
        let ratio = walk.ratio.as_ref().map_or_else(|| missing("cost"), exactly);
        let theta = walk.theta.as_ref().map_or_else(|| missing("revenue"), exactly);
        table.row(["revenue / cost".to_owned(), ratio]);
        table.row(["cost / revenue".to_owned(), theta]);
        let profit = &walk.revenue - &walk.cost;
        table.row(["profit".to_owned(), format!("{} {} a turn", exactly(&profit), self.money)]);
        for measure in &walk.measures {
            table.row([measure.name.clone(), format!("{} {} a turn", exactly(&measure.value), measure.unit)]);
        }
        for line in table.lines(2) {
            self.line(&format!("    {line}"));
        }
    }

    /// Whose money it is; those who lose are marked.
    pub fn accounts(&mut self, accounts: &[super::AccountReport], unit: &str, align: Align) {
        if accounts.is_empty() {
            return;
        }
        let column = |of: &dyn Fn(&super::AccountReport) -> Rational| {
            let values: Vec<Rational> = accounts.iter().map(of).collect();
            align(&values.iter().collect::<Vec<_>>())
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
        if accounts.iter().any(|account| account.of.is_some()) {
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
            let width = walks.iter().map(|walk| exactly(&walk.value).len()).max().unwrap_or(0);
            for (place, walk) in walks.iter().enumerate().skip(1) {
                let flows: Vec<String> = walk.hops.iter().map(|hop| hop.flow.clone()).collect();
                let mut lines =
                    wrapped(&flows, &format!(" {} ", self.paint.arrow()), WIDTH - width - 10).into_iter();
                let first = lines.next().unwrap_or_default();
                self.line(&format!("    {:>2}  {:<width$}  {first}", place + 1, exactly(&walk.value)));
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
        near.for_each(|(flow, gap)| table.row([flow.clone(), exactly(gap), unit.to_owned()]));
        let lines = table.lines(2);
        if lines.is_empty() {
            return;
        }
        self.line("");
        self.line("  just outside: by how much a turn must improve before the flow is on a best loop");
        for line in lines {
            self.line(&format!("    {line}"));
        }
        if let Some(more @ 1..) = found.gaps.len().checked_sub(GAPS_SHOWN) {
            self.line(&self.paint.dim(&format!("    and {more} more")));
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
