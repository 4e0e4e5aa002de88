//! Random texts without a fault of syntax: every form of the language, with any white space and comments between.

use super::disguise::Dice;

/// A text of some declarations.
pub fn text(seed: u64) -> String {
    let mut writer = Writer { dice: Dice::new(seed), text: String::new(), tidy: seed.is_multiple_of(3) };
    for _ in 0..=writer.dice.below(8) {
        writer.declaration();
    }
    writer.text
}

struct Writer {
    dice: Dice,
    text: String,
    /// Whether it is all on its lines, as people write.
    tidy: bool,
}

const NAMES: [&str; 9] =
    ["a", "shop", "x1", "商户", "'Shop 12'", "a_name_that_is_long", "café", "'it''s'", "pay"];
const NUMBERS: [&str; 9] = ["1", "0.50", "1_000", "5e9", "4M", "12%", "3万", "6.25bn", "1e-3"];
const UNITS: [&str; 5] = ["CNY", "turn", "year", "parcel", "元"];
const OPERATORS: [&str; 16] =
    ["+", "-", "*", "/", "/", "/", "^", "<=", ">=", "==", "!=", "<", ">", "and", "or", "-"];
const LABELS: [&str; 4] = ["\"\"", "\"A label\"", "\"a // b, { \\\" } \\\\\"", "\"商户\""];

impl Writer {
    fn word(&mut self, word: &str) {
        self.gap();
        self.text.push_str(word);
    }

    fn any(&mut self, words: &[&str]) {
        let word = self.dice.one(words);
        self.word(word);
    }

    fn name(&mut self) {
        self.any(&NAMES);
    }

    fn chance(&mut self, of: usize) -> bool {
        self.dice.below(of) == 0
    }

    /// White space, or nothing where signs part what stands beside it.
    fn gap(&mut self) {
        if self.text.is_empty() || self.text.ends_with('\n') && self.tidy {
            return;
        }
        if self.tidy {
            self.text.push(' ');
            return;
        }
        let gap = match self.dice.below(40) {
            0 => "\n   ",
            1 => " // a comment\n ",
            2 => "\n // alone\n\n // and again\n ",
            3 => "\n /// a doc\n ",
            4 => "\t\u{3000} ",
            5..10 => "  ",
            _ => " ",
        };
        self.text.push_str(gap);
    }

    fn declaration(&mut self) {
        let breaks = self.dice.below(4);
        self.text.push_str(&"\n".repeat(breaks.max(1)));
        if self.chance(4) {
            self.text.push_str("\n/// What it is.\n");
        }
        match self.dice.below(12) {
            0 => self.words(&["currency", "CNY"]),
            1 => {
                self.word("unit");
                self.name();
                self.word("=");
                self.expression(2);
            }
            2 => self.param(),
            3 => {
                self.word("expect");
                self.expression(3);
            }
            4 => {
                self.words(&["medium", "points"]);
                self.any(&LABELS);
            }
            5 => self.participant(),
            6..10 => self.flow(),
            10 => {
                self.words(&["import", "flows", "from", "\"t.csv\""]);
                self.block(2);
            }
            _ => {
                self.any(&["loop", "plan", "path", "closure"]);
                self.name();
                self.block(3);
            }
        }
        if self.chance(4) {
            self.text.push_str(" // behind\n");
        }
    }

    fn words(&mut self, words: &[&str]) {
        words.iter().for_each(|word| self.word(word));
    }

    fn param(&mut self) {
        self.word("param");
        self.name();
        self.word("=");
        self.expression(3);
        if self.chance(3) {
            self.word("in");
            self.expression(1);
            self.word("..");
            self.expression(1);
        }
        if self.chance(3) {
            self.words(&["~", "uniform", "(", "1", ",", "2", ")"]);
        }
    }

    fn participant(&mut self) {
        self.word("participant");
        self.name();
        self.words(&[":", "business"]);
        if self.chance(2) {
            self.any(&LABELS);
        }
        if self.chance(3) {
            self.word("of");
            self.name();
        }
        if self.chance(2) {
            self.block(2);
        }
    }

    fn flow(&mut self) {
        self.any(&["cash", "goods", "information", "金"]);
        self.word("flow");
        self.name();
        self.word(":");
        self.name();
        for _ in 0..=self.dice.below(2) {
            self.word("->");
            self.name();
        }
        if self.chance(3) {
            self.word("via");
            self.name();
        }
        if self.chance(4) {
            self.any(&LABELS);
        }
        if !self.chance(4) {
            self.block(2);
        }
    }

    fn block(&mut self, depth: usize) {
        self.word("{");
        let lines = self.chance(2);
        let count = self.dice.below(4);
        for place in 0..count {
            if lines {
                self.text.push_str("\n    ");
            }
            self.attribute(depth);
            if !lines && place + 1 < count || self.chance(5) {
                self.word(",");
            }
        }
        if lines {
            self.text.push('\n');
        }
        // A brace in column one is no declaration's first word.
        self.word("}");
    }

    fn attribute(&mut self, depth: usize) {
        match self.dice.below(8) {
            0 => self.words(&["each", "hop"]),
            1 => self.words(&["hop", "2"]),
            _ => self.any(&["cost", "revenue", "over", "from", "to", "yield", "商"]),
        }
        self.word(":");
        if depth > 0 && self.chance(5) {
            return self.block(depth - 1);
        }
        self.expression(3);
        match self.dice.below(6) {
            0 => {
                self.word("else");
                self.name();
            }
            1 => {
                self.word("..");
                self.expression(1);
            }
            2 => {
                self.word(",");
                self.name();
            }
            _ => {}
        }
    }

    fn expression(&mut self, depth: usize) {
        self.operand(depth);
        for _ in 0..self.dice.below(depth + 1) {
            if self.chance(2) {
                self.word("/");
            } else {
                self.any(&OPERATORS);
            }
            self.operand(depth);
        }
    }

    fn operand(&mut self, depth: usize) {
        if self.chance(8) {
            self.word("-");
        }
        match self.dice.below(7) {
            0..3 => {
                self.any(&NUMBERS);
                if self.chance(2) {
                    // A unit stands on the line of its number.
                    let unit = self.dice.one(&UNITS);
                    self.text.push(' ');
                    self.text.push_str(unit);
                }
            }
            3 if depth > 0 => {
                self.word("(");
                self.expression(depth - 1);
                self.word(")");
            }
            4 if depth > 0 => {
                self.any(&["min(", "profit (", "uniform("]);
                self.expression(depth - 1);
                self.word(",");
                self.expression(depth - 1);
                self.word(")");
            }
            5 => self.any(&["trade.ratio", "consult.1", "'Shop 12'.closed"]),
            6 => self.any(&UNITS),
            _ => self.name(),
        }
    }
}
