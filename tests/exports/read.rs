//! Small exact readers of the two formats, as far as loopc writes them.

use std::collections::BTreeMap;

use loopc::exact::Rational;

/// What a file says, by name; columns in their order.
#[derive(Debug, Default, PartialEq)]
pub struct Read {
    pub maximize: bool,
    /// What a comment says the objective was multiplied by.
    pub factor: Rational,
    pub objective: BTreeMap<String, Rational>,
    pub columns: Vec<String>,
    pub bounds: BTreeMap<String, (Option<Rational>, Option<Rational>)>,
    pub integral: Vec<String>,
    pub rows: BTreeMap<String, ReadRow>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadRow {
    pub terms: BTreeMap<String, Rational>,
    pub lower: Option<Rational>,
    pub upper: Option<Rational>,
}

/// A decimal, with or without an exponent, exactly.
pub fn number(text: &str) -> Rational {
    let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    let exponent = exponent.parse::<i32>().unwrap() - i32::try_from(places.len()).unwrap();
    let (sign, whole) = whole.strip_prefix('-').map_or((1, whole), |whole| (-1, whole));
    let ten = Rational::from(10);
    let digit =
        |value: Rational, digit: char| value * &ten + Rational::from(i64::from(digit.to_digit(10).unwrap()));
    let value = whole.chars().chain(places.chars()).fold(Rational::ZERO, digit);
    value * &Rational::from(sign) * &ten.power(exponent).unwrap()
}

fn factor(comments: &[&str]) -> Rational {
    let said = comments.iter().find_map(|comment| comment.split("multiplied by ").nth(1));
    said.map_or(Rational::ONE, |said| number(said.split(',').next().unwrap()))
}

/// Reads an LP file.
pub fn lp(text: &str) -> Read {
    let mut read = Read { factor: Rational::ONE, ..Read::default() };
    let (mut section, mut comments, mut statement) = (String::new(), Vec::new(), String::new());
    for line in text.lines().chain(["End"]) {
        if let Some(comment) = line.strip_prefix('\\') {
            comments.push(comment);
        } else if line.starts_with(' ') {
            // A line that goes on begins with two blanks; so does the statement it goes on with, in one.
            if !line.starts_with("   ") {
                read.take(&section, &std::mem::take(&mut statement));
            }
            statement.push_str(line);
        } else {
            read.take(&section, &std::mem::take(&mut statement));
            if section.ends_with("imize") {
                read.factor = factor(&comments);
            }
            read.maximize |= line == "Maximize";
            section = line.to_owned();
            comments.clear();
        }
    }
    read
}

impl Read {
    fn take(&mut self, section: &str, statement: &str) {
        let words: Vec<&str> = statement.split_whitespace().collect();
        match (section, words.as_slice()) {
            (_, []) => {}
            ("Maximize" | "Minimize", [_, terms @ ..]) => self.objective = sum(terms),
            ("Subject To", [name, terms @ .., sign, side]) => {
                let row = self.rows.entry(name.trim_end_matches(':').to_owned()).or_default();
                row.terms = sum(terms);
                match *sign {
                    "<=" => row.upper = Some(number(side)),
                    ">=" => row.lower = Some(number(side)),
                    "=" => (row.lower, row.upper) = (Some(number(side)), Some(number(side))),
                    other => panic!("{other}"),
                }
            }
            ("Bounds", words) => self.bound(words),
            ("General", [name]) => self.integral.push((*name).to_owned()),
            other => panic!("{other:?}"),
        }
    }

    fn bound(&mut self, words: &[&str]) {
        let (name, bounds) = match words {
            [name, "free"] => (name, (None, None)),
            ["-inf", "<=", name, "<=", upper] => (name, (None, Some(number(upper)))),
            [lower, "<=", name, "<=", upper] => (name, (Some(number(lower)), Some(number(upper)))),
            [name, "=", value] => (name, (Some(number(value)), Some(number(value)))),
            [name, ">=", lower] => (name, (Some(number(lower)), None)),
            other => panic!("{other:?}"),
        };
        self.columns.push((*name).to_owned());
        self.bounds.insert((*name).to_owned(), bounds);
    }
}

/// `+ 2 x - y`
fn sum(words: &[&str]) -> BTreeMap<String, Rational> {
    let (mut terms, mut words) = (BTreeMap::new(), words.iter().peekable());
    while let Some(sign) = words.next() {
        let sign = Rational::from(if *sign == "-" { -1 } else { 1 });
        let first = words.next().unwrap();
        let (factor, name) = match words.peek() {
            Some(name) if **name != "+" && **name != "-" => (number(first), *words.next().unwrap()),
            _ => (Rational::ONE, *first),
        };
        assert!(terms.insert(name.to_owned(), factor * &sign).is_none(), "{name} twice");
    }
    terms.retain(|_, factor| !factor.is_zero());
    terms
}

/// Reads a free MPS file.
pub fn mps(text: &str) -> Read {
    let mut read = Read { factor: Rational::ONE, ..Read::default() };
    let (mut section, mut comments, mut whole) = (String::new(), Vec::new(), false);
    let mut kinds = BTreeMap::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match (section.as_str(), words.as_slice()) {
            _ if line.starts_with('*') => comments.push(line),
            _ if !line.starts_with(' ') => section = words[0].to_owned(),
            ("ROWS", ["N", "objective"]) => read.factor = factor(&std::mem::take(&mut comments)),
            ("ROWS", [kind, name]) => {
                kinds.insert((*name).to_owned(), (*kind).to_owned());
                read.rows.insert((*name).to_owned(), sided(kind, Rational::ZERO));
            }
            ("COLUMNS", ["MARKER", "'MARKER'", way]) => whole = *way == "'INTORG'",
            ("COLUMNS", [name, row, factor]) => read.entry(name, row, (number(factor), whole)),
            ("RHS", ["RHS", row, side]) => {
                let terms = std::mem::take(&mut read.rows.get_mut(*row).unwrap().terms);
                read.rows.insert((*row).to_owned(), ReadRow { terms, ..sided(&kinds[*row], number(side)) });
            }
            ("RANGES", ["RANGES", row, range]) => {
                let row = read.rows.get_mut(*row).unwrap();
                row.lower = row.upper.as_ref().map(|upper| upper - &number(range));
            }
            ("BOUNDS", [kind, "BOUND", name, rest @ ..]) => {
                let bounds = read.bounds.get_mut(*name).unwrap();
                let value = rest.first().map(|value| number(value));
                match *kind {
                    "FR" => *bounds = (None, None),
                    "MI" => bounds.0 = None,
                    "PL" => bounds.1 = None,
                    "BV" => *bounds = (Some(Rational::ZERO), Some(Rational::ONE)),
                    "FX" => *bounds = (value.clone(), value),
                    "LO" => bounds.0 = value,
                    "UP" | "UI" => bounds.1 = value,
                    other => panic!("{other}"),
                }
            }
            other => panic!("{other:?}"),
        }
    }
    read
}

fn sided(kind: &str, side: Rational) -> ReadRow {
    let has = |kinds: &str| kinds.contains(kind).then(|| side.clone());
    ReadRow { terms: BTreeMap::new(), lower: has("EG"), upper: has("EL") }
}

impl Read {
    fn entry(&mut self, name: &str, row: &str, (factor, whole): (Rational, bool)) {
        if self.columns.last().is_none_or(|last| last != name) {
            self.columns.push(name.to_owned());
            self.bounds.insert(name.to_owned(), (Some(Rational::ZERO), None));
            self.integral.extend(whole.then(|| name.to_owned()));
        }
        let terms =
            if row == "objective" { &mut self.objective } else { &mut self.rows.get_mut(row).unwrap().terms };
        if !factor.is_zero() {
            assert!(terms.insert(name.to_owned(), factor).is_none(), "{name} twice on {row}");
        }
    }
}
