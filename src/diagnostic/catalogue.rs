//! Every code there is, with its severity and its title. A code is never used again for another fault.
//!
//! To add one: a line here, a page in `docs/errors/`, one constructor in the room that finds the fault,
//! and one file in `tests/ui/`. The tests hold these four together.

use std::fmt;

/// How much a fault weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The model cannot be compiled, or an analysis has no answer.
    Error,
    /// Legal, and probably wrong.
    Warning,
}

impl Severity {
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($code:ident $severity:ident $title:literal;)*) => {
        /// The code of a fault: `L` and four digits, the first two of which name the family.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $title] $code,)* }

        impl Code {
            /// All codes, in order.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => stringify!($code),)* }
            }

            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$code => Severity::$severity,)* }
            }

            /// What the code stands for, in a few words.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$code => $title,)* }
            }

            /// The page that `loopc explain` prints, in Markdown.
            #[must_use]
            pub const fn page(self) -> &'static str {
                match self { $(Self::$code => include_str!(concat!("../../docs/errors/", stringify!($code), ".md")),)* }
            }
        }
    };
}

codes! {
    // 01 syntax
    L0101 Error "text that is not understood";
    L0102 Error "a bracket that is never closed";
    L0103 Error "a string that is never closed";
    L0104 Error "no separator between two attributes";
    L0105 Error "a separator too many, or a wrong one";
    L0106 Error "a wrong sign between a name and its value";
    L0107 Error "an arrow that is written otherwise";
    L0108 Error "a comma inside a number";
    L0109 Error "full-width or typographic punctuation";
    L0110 Error "a number with too many digits";
    L0111 Error "an exponent that is too large";
    L0112 Error "nesting that is too deep";
    L0113 Error "a reserved word used as a name";
    L0114 Error "text that is not UTF-8, or a control character";
    L0115 Error "a magnitude or unit apart from its number";
    L0116 Error "a declaration that this version does not know yet";
    L0117 Error "too many faults in one file";
    L0118 Error "a file that is too large";
    L0119 Error "an operator that is written otherwise";
    L0120 Error "a declaration that stands in a wrong place";
    L0121 Error "a file that the formatter leaves alone";
    // 02 names and files
    L0201 Error "an unknown value";
    L0202 Error "an unknown participant";
    L0203 Error "an unknown flow";
    L0204 Error "an unknown medium, role or tag";
    L0205 Error "an unknown analysis";
    L0206 Error "a name that is declared twice";
    L0207 Error "params that need each other";
    L0208 Error "a used file that cannot be read";
    L0209 Error "files that use each other";
    L0210 Error "a used file outside the project's folder";
    L0211 Warning "names that look alike";
    L0212 Error "a name of another kind";
    L0213 Error "a chain of used files that is too long";
    L0214 Error "a chain where one flow is meant";
    L0215 Error "a setting that names no param";
    L0216 Error "an unknown scenario";
    L0217 Error "a change of something that a scenario cannot change";
    L0218 Error "a use of something that a scenario removes";
    L0219 Error "scenarios that are laid upon each other";
    L0220 Error "too many scenarios";
    L0221 Error "a project file that cannot be read";
    L0222 Error "an unknown key of a project file";
    L0223 Error "a wrong value in a project file";
    L0224 Error "a level of what is no lint";
    L0225 Error "a member that is not there";
    // 03 units
    L0301 Error "unlike units in a sum or comparison";
    L0302 Error "a value of the wrong unit";
    L0303 Error "an unknown unit";
    L0304 Error "units that need each other";
    L0305 Error "a currency without a rate";
    L0306 Error "an exponent that is no whole number";
    L0307 Error "a division by zero";
    L0308 Error "a value with too many digits";
    L0309 Error "wrong arguments of a function";
    L0310 Error "a unit that is not a positive amount";
    L0311 Error "a param outside its range";
    L0312 Error "a distribution that is not understood";
    L0313 Error "money without a currency";
    // 04 meaning
    L0401 Error "an unknown attribute";
    L0402 Error "an attribute given twice";
    L0403 Error "an attribute of another kind of declaration";
    L0404 Error "a flow from a participant to itself";
    L0405 Error "a chain with bare attributes";
    L0406 Error "a hop that the chain does not have";
    L0407 Error "a yield that is no share of what is tried";
    L0408 Error "a yield that a loop cannot take";
    L0409 Error "an objective that is neither a ratio nor linear";
    L0410 Error "a loop without a positive denominator";
    L0411 Error "an analysis with nothing in scope";
    L0412 Error "no loop or path in scope";
    L0414 Error "a rider that cannot ride";
    L0415 Error "an attribute with a value of another kind";
    L0416 Error "a claim that cannot be made";
    L0417 Error "a value out of bounds";
    L0418 Error "an attribute that is missing or one too many";
    L0419 Error "a path that ends where it begins";
    L0420 Error "desks of each other";
    L0421 Error "an expectation that does not hold";
    L0423 Error "restrictions that no loop or path meets";
    L0431 Error "a requirement that is no linear condition";
    L0432 Error "a product of two unknowns";
    L0433 Error "a period that is no unit of time";
    L0434 Error "a bound that the plan's period does not take";
    L0435 Error "shares above 100% together";
    L0436 Error "a fixed cost without a capacity";
    // 05 lints
    L0501 Warning "a flow on no loop";
    L0502 Warning "a declaration that nothing uses";
    L0503 Warning "a flow with neither cost, revenue nor amount";
    L0504 Warning "a percentage above 100 where a share is meant";
    L0505 Warning "goods and cash as alternatives";
    L0506 Warning "a revenue that repeats the amount";
    L0507 Warning "an allowance that silences nothing";
    L0508 Warning "a doc comment that documents nothing";
    L0509 Warning "a model without an analysis";
    L0510 Warning "flows that shares of 100% leave idle";
    // 06 plans
    L0601 Error "requirements that no plan meets";
    L0602 Error "a plan that earns without limit";
    L0603 Error "a ratio whose denominator is not positive";
    L0604 Error "a ratio of nothing";
    L0605 Warning "a ratio that is only approached";
    L0606 Warning "a plan in which nothing moves";
    // 07 solving
    L0701 Warning "runners-up that were cut short";
    L0702 Error "a solver that is not built in";
    L0703 Error "a solver that is not installed";
    L0710 Error "a plan beyond the limit of pivots";
    L0712 Error "a ratio of whole turns without a limit";
    L0720 Warning "a search that was cut short";
    L0721 Error "a search that found nothing before its limit";
    L0730 Error "more memory than is allowed";
    // 08 certificates
    L0801 Error "a file that is no report";
    L0802 Error "a source that changed since the report";
    L0803 Error "a certificate that does not hold";
    L0804 Error "a report that says other than its proof";
    // 09 tables
    L0901 Error "a column that the table does not have";
    L0902 Error "a file that is no table";
    L0903 Error "a column that stands twice";
    L0904 Error "a quote in a table that is never closed";
    L0905 Error "a row with another number of cells";
    L0906 Error "a cell that is no number";
    L0907 Warning "a table of which nothing is imported";
    L0908 Error "a cell that is no name";
    L0909 Error "a column outside the totals of its group";
    L0910 Error "a name that is a column and a value";
    L0911 Error "more bad rows than are shown";
    L0912 Warning "bad rows that were left out";
    L0913 Error "quotes that do not enclose a cell";
    L0914 Error "a table in a format that is not read";
    L0915 Error "a sheet that the workbook does not have";
}

impl Code {
    /// The code of this name, whatever the case of its `L`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
