//! How text shows what restricted analyses found, and which proof there is.

use super::text::Writer;
use super::{Proof, RestrictedReport, RestrictionsReport, UnmetReport};

impl RestrictedReport {
    pub(super) fn verdict(&self, scope: &str) -> (&'static str, String) {
        let plural = if self.closes { "loops" } else { "paths" };
        match (&self.proof, self.walks.is_empty()) {
            (Proof::Search { .. }, _) => ("proved optimal", format!(" among all {plural} of {scope}")),
            (Proof::Bound { .. }, false) => {
                ("best found", format!(", not proved, among {plural} of {scope}"))
            }
            (Proof::Bound { .. }, true) => ("nothing found", format!(" among {plural} of {scope}")),
        }
    }

    /// What none can exceed.
    fn bound(&self, bound: &str) -> String {
        let (none, passes) = (
            if self.closes { "no loop" } else { "no path" },
            if self.minimizes { "fall below" } else { "exceed" },
        );
        let unit = if self.unit == "1" { String::new() } else { format!(" {}", self.unit) };
        format!("{none} can {passes} {bound}{unit}")
    }
}

impl UnmetReport {
    pub(super) fn verdict(&self, scope: &str) -> (&'static str, String) {
        let word = if self.closes { "no loop" } else { "no path" };
        (word, format!(": proved, none of {scope} meets the restrictions"))
    }
}

impl Writer<'_> {
    pub fn restricted(&mut self, found: &RestrictedReport) {
        self.restrictions(&found.restrictions);
        match &found.proof {
            Proof::Search { nodes } => self.searched(*nodes),
            Proof::Bound { bound: Some(bound) } => {
                self.line(&format!(
                    "    the search was cut short; {}",
                    found.bound(&self.digits.exactly(bound))
                ));
            }
            Proof::Bound { bound: None } => self.line("    the search was cut short, and no bound is known"),
        }
        if let Some(best) = found.walks.first() {
            self.walk(best, found.closes);
        }
        if found.tied {
            let one = if found.closes { "loop" } else { "path" };
            self.line("");
            self.line(&format!("  another {one} is as good; the one order for ties decides"));
        }
        let cut = (found.tie_at_cut && found.walks.len() > 1, found.exhausted && found.closes);
        self.runners_up(&found.walks, cut, "that meets the restrictions");
    }

    pub fn unmet(&mut self, found: &UnmetReport) {
        self.restrictions(&found.restrictions);
        self.searched(found.nodes);
    }

    fn searched(&mut self, nodes: usize) {
        self.line(&match nodes {
            0 => "    nothing was left to search".to_owned(),
            1 => "    searched to the end: 1 node".to_owned(),
            _ => format!("    searched to the end: {nodes} nodes"),
        });
    }

    fn restrictions(&mut self, restrictions: &RestrictionsReport) {
        if !restrictions.through.is_empty() {
            self.names(&restrictions.through, ", ", "    through ");
        }
        match restrictions.length {
            Some((1, 1)) => self.line("    of 1 flow"),
            Some((fewest, most)) if fewest == most => self.line(&format!("    of {fewest} flows")),
            Some((fewest, most)) => self.line(&format!("    of {fewest} to {most} flows")),
            None => {}
        }
    }
}
