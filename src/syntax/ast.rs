//! The syntax tree: what is written, with its places, and nothing more. Names are spans of the source.

use std::ops::Range;

use crate::exact::Rational;
use crate::source::{FileId, Span};

/// A parsed file.
///
/// Invariant: items stand in source order; every span lies in `file`.
#[derive(Clone, Debug)]
pub struct Ast {
    pub file: FileId,
    pub items: Vec<Item>,
    pub comments: Vec<Comment>,
    /// The parts in which it was read, each from the beginning of a declaration to that of the next.
    pub cuts: Vec<Range<usize>>,
    /// Names that a malformed declaration seems to declare, so that their uses are not faults of their own.
    pub lost: Vec<Name>,
}

/// A comment, from its slashes to the end of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    pub span: Span,
    /// `///`
    pub doc: bool,
    /// Nothing but white space stands before it on its line.
    pub alone: bool,
}

/// A name as it is written, quotes included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    pub span: Span,
}

/// A string as it is written, quotes included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub span: Span,
}

/// A declaration.
#[derive(Clone, Debug)]
pub struct Item {
    /// From its first word to its last token; comments above are not part of it.
    pub span: Span,
    /// The comments directly above it, as places in [`Ast::comments`].
    pub above: Range<usize>,
    pub kind: ItemKind,
}

#[derive(Clone, Debug)]
pub enum ItemKind {
    Model {
        title: Text,
    },
    Currency {
        name: Name,
        worth: Option<Expr>,
    },
    Units {
        names: Vec<Name>,
    },
    DerivedUnit {
        name: Name,
        worth: Expr,
    },
    Medium {
        name: Name,
        label: Option<Text>,
    },
    Role {
        name: Name,
        label: Option<Text>,
    },
    Measure {
        name: Name,
        unit: Expr,
    },
    Param(Box<Param>),
    Participant(Box<Participant>),
    Flow(Box<Flow>),
    Analysis(Box<Analysis>),
    Expect {
        claim: Expr,
    },
    Use {
        path: Text,
    },
    Import(Box<Import>),
    Scenario(Box<Scenario>),
    /// `set take = 4%`, in a scenario.
    Set {
        name: Name,
        value: Expr,
    },
    /// `change checkout { … }`, in a scenario.
    Change {
        name: Name,
        attributes: Vec<Attribute>,
    },
    /// `remove checkout, charge`, in a scenario.
    Remove {
        names: Vec<Name>,
    },
    /// A declaration of a later version.
    Later {
        word: Span,
        name: Option<Name>,
    },
}

#[derive(Clone, Debug)]
pub struct Param {
    pub name: Name,
    pub value: Expr,
    pub range: Option<(Expr, Expr)>,
    pub distribution: Option<Distribution>,
}

#[derive(Clone, Debug)]
pub struct Distribution {
    pub name: Name,
    pub arguments: Vec<Expr>,
    pub truncated: bool,
}

#[derive(Clone, Debug)]
pub struct Participant {
    pub name: Name,
    pub role: Name,
    pub label: Option<Text>,
    pub company: Option<Name>,
    pub attributes: Vec<Attribute>,
}

/// A flow, or a chain where there are more than two stops.
#[derive(Clone, Debug)]
pub struct Flow {
    pub medium: Name,
    pub name: Name,
    pub stops: Vec<Name>,
    pub via: Vec<Name>,
    pub label: Option<Text>,
    pub attributes: Vec<Attribute>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnalysisWord {
    Loop,
    Path,
    Closure,
    Plan,
}

impl AnalysisWord {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loop => "loop",
            Self::Path => "path",
            Self::Closure => "closure",
            Self::Plan => "plan",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Analysis {
    pub word: AnalysisWord,
    pub name: Name,
    pub label: Option<Text>,
    pub attributes: Vec<Attribute>,
}

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    Participants,
    Flows,
    Params,
}

/// `import flows from "payments.csv" { … }`
#[derive(Clone, Debug)]
pub struct Import {
    pub kind: ImportKind,
    pub path: Text,
    pub attributes: Vec<Attribute>,
}

/// `scenario own_card "The platform brings its own card" from base { … }`
///
/// Invariant: no item is a scenario, a title or a used file.
#[derive(Clone, Debug)]
pub struct Scenario {
    pub name: Name,
    pub label: Option<Text>,
    /// The scenario that this one is laid upon.
    pub from: Option<Name>,
    pub items: Vec<Item>,
}

#[derive(Clone, Debug)]
pub struct Attribute {
    pub key: Key,
    pub value: Value,
    /// From its key to its last token.
    pub span: Span,
}

/// What stands before an attribute's colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub span: Span,
    pub hop: Option<Hop>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hop {
    Each,
    Number(u32),
}

#[derive(Clone, Debug)]
pub enum Value {
    Block(Vec<Attribute>),
    Terms(Vec<Term>),
}

/// One value of an attribute: an expression, a range, or a yield with its `else`.
#[derive(Clone, Debug)]
pub struct Term {
    pub span: Span,
    pub value: Expr,
    pub to: Option<Expr>,
    pub otherwise: Option<Name>,
}

#[derive(Clone, Debug)]
pub struct Expr {
    pub span: Span,
    pub kind: ExprKind,
}

/// Invariant: nests at most [`super::DEEPEST`] levels; rows of like operators are one level.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// Something whose fault has been reported.
    Broken,
    Number(Rational),
    Text,
    /// A number or parenthesis that counts a unit.
    Counted(Box<Expr>, Name),
    Reference(Box<Reference>),
    Negative(Box<Expr>),
    Not(Box<Expr>),
    /// Terms, each with whether it is taken away.
    Sum(Vec<(bool, Expr)>),
    /// Factors, each with whether it divides.
    Product(Vec<(bool, Expr)>),
    Power(Box<Expr>, Box<Expr>),
    /// `a <= b`, `a <= b <= c`: the first, then each further with its comparison.
    Comparison(Box<Expr>, Vec<(Comparison, Expr)>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    In(Box<Expr>, Box<Expr>),
}

/// `name`, `name.member`, `name(arguments)`, `name.member(arguments)`.
#[derive(Clone, Debug)]
pub struct Reference {
    pub name: Name,
    pub member: Option<Name>,
    pub arguments: Option<Vec<Expr>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    AtMost,
    AtLeast,
    Equal,
    Unequal,
    Below,
    Above,
}
