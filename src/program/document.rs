//! A program as a document for other solvers: every number a decimal, every name one that readers take.
//!
//! What readers disagree on is not written: two-sided rows in LP files, and a constant of the objective, whose
//! sign HiGHS and CBC turn and GLPK does not (a column that is fixed at 1 carries it). A bound that has no decimal, or
//! that contradicts the other, becomes a row.

use super::names::Names;
use super::{Column, Origin, Program, Row, Sense, lp, mps};
use crate::exact::Rational;
use crate::exact::written::{decimal, decimal_factor};

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Free MPS, which minimises: an objective to maximise is negated.
    Mps,
    /// CPLEX LP.
    Lp,
}

/// What a document says beside the program.
pub struct Notes<'a> {
    /// Its name, in one word.
    pub name: &'a str,
    /// What stands on top, line by line.
    pub head: &'a [String],
    /// Where what a column or row stands for was declared.
    pub place: &'a dyn Fn(Origin) -> Option<String>,
}

impl std::fmt::Debug for Notes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notes").field("name", &self.name).field("head", &self.head).finish_non_exhaustive()
    }
}

/// A program that has no document of bearable size: this row, or the objective, needs a factor with too many
/// digits before it can be written in decimals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritable {
    pub row: String,
}

/// The most digits of a factor. Denominators of a model have few; their least common multiple may have many.
const MOST_DIGITS: usize = 200;

/// The file of a program, exact in every number.
///
/// # Errors
/// [`Unwritable`]
pub fn written(program: &Program, format: Format, notes: &Notes<'_>) -> Result<String, Unwritable> {
    let document = Document::of(program, notes)?;
    Ok(match format {
        Format::Mps => mps::text(&document),
        Format::Lp => lp::text(&document),
    })
}

/// A program whose numbers all have decimals.
pub(super) struct Document {
    pub name: String,
    pub head: Vec<String>,
    pub sense: Sense,
    pub objective: WrittenRow,
    pub columns: Vec<WrittenColumn>,
    pub rows: Vec<WrittenRow>,
}

/// A column: its bounds, and whether it takes whole values only.
pub(super) struct WrittenColumn {
    pub name: String,
    pub notes: Vec<String>,
    pub lower: Option<Rational>,
    pub upper: Option<Rational>,
    pub integral: bool,
}

/// A row, or the objective, which has no sides. Terms name columns by their place.
///
/// Invariant: the lower side is not above the upper.
pub(super) struct WrittenRow {
    pub name: String,
    /// What the upper side is called where it stands apart from the lower.
    pub upper_name: String,
    pub notes: Vec<String>,
    pub terms: Vec<(usize, Rational)>,
    pub lower: Option<Rational>,
    pub upper: Option<Rational>,
}

impl Document {
    fn of(program: &Program, notes: &Notes<'_>) -> Result<Self, Unwritable> {
        let mut writer =
            Writer { notes, columns: Names::default(), rows: Names::default(), extra: Vec::new() };
        let objective = writer.objective(program)?;
        let mut columns: Vec<WrittenColumn> = program
            .columns()
            .iter()
            .enumerate()
            .map(|(place, column)| writer.column(place, column))
            .collect();
        let mut rows = Vec::new();
        for (place, row) in program.rows().iter().enumerate() {
            rows.push(writer.row(place, row)?);
        }
        for line in std::mem::take(&mut writer.extra) {
            rows.push(writer.extra_row(line)?);
        }
        if objective.terms.last().is_some_and(|(place, _)| *place == columns.len()) || columns.is_empty() {
            columns.push(writer.constant());
        }
        let head = notes.head.iter().map(|line| comment(line)).collect();
        let name = Names::default().give(notes.name, "program", 1);
        Ok(Self { name, head, sense: program.sense(), objective, columns, rows })
    }
}

/// A bound or side that stands as a row of its own.
struct Extra {
    wanted: String,
    terms: Vec<(usize, Rational)>,
    lower: Option<Rational>,
    upper: Option<Rational>,
    note: String,
}

struct Writer<'a> {
    notes: &'a Notes<'a>,
    columns: Names,
    rows: Names,
    extra: Vec<Extra>,
}

impl Writer<'_> {
    /// The objective, with the constant on a further column.
    fn objective(&mut self, program: &Program) -> Result<WrittenRow, Unwritable> {
        let name = self.rows.give("objective", "row", 0);
        let numbers = program.columns().iter().map(|column| &column.objective);
        let factor = factor(numbers.clone().chain([&program.constant]), &name)?;
        let mut terms: Vec<(usize, Rational)> = numbers.map(|number| number * &factor).enumerate().collect();
        terms.push((terms.len(), &program.constant * &factor));
        terms.retain(|(_, number)| !number.is_zero());
        let times = |text: String| format!("{text}: divide the optimum by it");
        let notes = scaled(&factor).map(times).into_iter().collect();
        Ok(WrittenRow { name, upper_name: String::new(), notes, terms, lower: None, upper: None })
    }

    fn column(&mut self, place: usize, column: &Column) -> WrittenColumn {
        let name = self.columns.give(&column.name, "column", place + 1);
        let notes = self.about(&column.name, &name, column.origin);
        let mut written = WrittenColumn {
            name,
            notes,
            lower: column.lower.clone(),
            upper: column.upper.clone(),
            integral: column.integral,
        };
        let whole = |bound: &Option<Rational>| bound.as_ref().is_none_or(|bound| decimal(bound).is_some());
        let crossed = written.lower > written.upper && written.upper.is_some();
        if !whole(&written.lower) {
            let lower = written.lower.take();
            self.extra.push(Extra::bound("lower", (place, &written.name), (lower, None)));
        }
        if crossed || !whole(&written.upper) {
            let upper = written.upper.take();
            self.extra.push(Extra::bound("upper", (place, &written.name), (None, upper)));
        }
        written
    }

    fn row(&mut self, place: usize, row: &Row) -> Result<WrittenRow, Unwritable> {
        let name = self.rows.give(&row.name, "row", place + 1);
        let mut notes = self.about(&row.name, &name, row.origin);
        let terms = row.terms.iter().map(|(column, factor)| (column.index(), factor.clone())).collect();
        let (lower, mut upper) = (row.lower.clone(), row.upper.clone());
        if lower > upper && upper.is_some() {
            self.extra.push(Extra {
                wanted: format!("{name}.upper"),
                terms: row.terms.iter().map(|(column, factor)| (column.index(), factor.clone())).collect(),
                lower: None,
                upper: upper.take(),
                note: format!("the upper side of {name}, which is below its lower"),
            });
        }
        let upper_name = match (&lower, &upper) {
            (Some(lower), Some(upper)) if lower < upper => {
                self.rows.give(&format!("{name}.upper"), "row", place + 1)
            }
            _ => String::new(),
        };
        let mut line = WrittenRow { name, upper_name, notes: Vec::new(), terms, lower, upper };
        notes.extend(line.scale()?);
        Ok(WrittenRow { notes, ..line })
    }

    fn extra_row(&mut self, extra: Extra) -> Result<WrittenRow, Unwritable> {
        let Extra { wanted, terms, lower, upper, note } = extra;
        let name = self.rows.give(&wanted, "row", terms.first().map_or(0, |(place, _)| place + 1));
        let mut line =
            WrittenRow { name, upper_name: String::new(), notes: vec![comment(&note)], terms, lower, upper };
        let scaled = line.scale()?;
        line.notes.extend(scaled);
        Ok(line)
    }

    /// The column that carries the objective's constant.
    fn constant(&mut self) -> WrittenColumn {
        WrittenColumn {
            name: self.columns.give("constant", "column", 0),
            notes: vec!["always 1: it carries the constant of the objective".to_owned()],
            lower: Some(Rational::ONE),
            upper: Some(Rational::ONE),
            integral: false,
        }
    }

    /// What it is called in the source, where that differs, and where it stands there.
    fn about(&self, wanted: &str, name: &str, origin: Origin) -> Vec<String> {
        let called = (wanted != name).then(|| format!("{name} is `{wanted}`"));
        let place = (self.notes.place)(origin);
        [called, place].into_iter().flatten().map(|text| comment(&text)).collect()
    }
}

impl Extra {
    fn bound(
        side: &str,
        (place, name): (usize, &str),
        (lower, upper): (Option<Rational>, Option<Rational>),
    ) -> Self {
        let (terms, note) = (vec![(place, Rational::ONE)], format!("the {side} bound of {name}"));
        Self { wanted: format!("{side}_{name}"), terms, lower, upper, note }
    }
}

impl WrittenRow {
    /// Multiplies the row until all its numbers have decimals; says so where it had to.
    fn scale(&mut self) -> Result<Option<String>, Unwritable> {
        let sides = self.lower.iter().chain(&self.upper);
        let factor = factor(self.terms.iter().map(|(_, factor)| factor).chain(sides), &self.name)?;
        if factor == Rational::ONE {
            return Ok(None);
        }
        self.terms.iter_mut().for_each(|(_, number)| *number = &*number * &factor);
        let sides = self.lower.iter_mut().chain(&mut self.upper);
        sides.for_each(|side| *side = &*side * &factor);
        Ok(scaled(&factor))
    }
}

fn factor<'a>(numbers: impl Iterator<Item = &'a Rational>, row: &str) -> Result<Rational, Unwritable> {
    decimal_factor(numbers, MOST_DIGITS).ok_or_else(|| Unwritable { row: row.to_owned() })
}

fn scaled(factor: &Rational) -> Option<String> {
    (*factor != Rational::ONE).then(|| format!("multiplied by {factor}, to be exact in decimals"))
}

/// A text that stays on its line, and on a readable one.
fn comment(text: &str) -> String {
    let one_line = |letter: char| if letter.is_control() { '\u{fffd}' } else { letter };
    text.chars().take(400).map(one_line).collect()
}
