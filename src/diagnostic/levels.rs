//! How much lints weigh: what a project and a command line say of each, and of all.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Severity, nearest};

/// What becomes of a lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It is not shown.
    Allow,
    Warn,
    /// It is an error.
    Deny,
}

impl Level {
    /// All levels, from the lightest.
    pub const ALL: [Self; 3] = [Self::Allow, Self::Warn, Self::Deny];

    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// The level of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
}

/// What lints weigh; those of which nothing is said are warnings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    codes: BTreeMap<Code, Level>,
    /// Whether what would be a warning is an error, where that is said.
    strict: Option<bool>,
}

impl Levels {
    /// Says what one lint weighs.
    pub fn set(&mut self, lint: Code, level: Level) {
        self.codes.insert(lint, level);
    }

    /// Says whether warnings are errors, but for lints of which more is said.
    pub fn set_strict(&mut self, strict: bool) {
        self.strict = Some(strict);
    }

    /// What is said of one lint.
    #[must_use]
    pub fn said(&self, lint: Code) -> Option<Level> {
        self.codes.get(&lint).copied()
    }

    /// Whether it is said that warnings are errors, or that they are none.
    #[must_use]
    pub const fn strict(&self) -> Option<bool> {
        self.strict
    }

    /// What a lint weighs.
    #[must_use]
    pub fn of(&self, lint: Code) -> Level {
        let all = if self.strict == Some(true) { Level::Deny } else { Level::Warn };
        self.said(lint).unwrap_or(all)
    }

    /// These levels, laid over others: what is said here wins. Where warnings are errors here, so are lints that are
    /// warnings there; what is allowed there is no warning, and stays allowed.
    #[must_use]
    pub fn over(&self, others: &Self) -> Self {
        let mut laid = others.clone();
        if self.strict == Some(true) {
            laid.codes.values_mut().filter(|level| **level == Level::Warn).for_each(|one| *one = Level::Deny);
        }
        laid.codes.extend(&self.codes);
        laid.strict = self.strict.or(others.strict);
        laid
    }

    /// Leaves out warnings that are allowed, and makes errors of those that are denied.
    pub fn weigh(&self, shown: &mut Vec<Diagnostic>) {
        shown.retain(|one| one.is_error() || self.of(one.code) != Level::Allow);
        for one in shown {
            if self.of(one.code) == Level::Deny {
                one.severity = Severity::Error;
            }
        }
    }
}

/// The lint of this code, whatever the case of its `L`.
///
/// # Errors
/// Why there is none: in a few words, and what would mend it.
pub fn lint(name: &str) -> Result<Code, (String, Option<String>)> {
    match Code::named(name) {
        Some(code) if code.severity() == Severity::Warning => Ok(code),
        Some(code) => Err((format!("{code} is an error, and errors have no level"), None)),
        None => {
            let lints = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
            let near = nearest(&name.to_uppercase(), lints.map(|code| code.name()));
            let mend = near.map(|near| format!("did you mean `{near}`?"));
            Err((format!("there is no lint `{name}`"), mend))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Diagnostic, Severity};
    use super::{Level, Levels, lint};

    fn levels(codes: &[(Code, Level)], strict: Option<bool>) -> Levels {
        let mut levels = Levels::default();
        codes.iter().for_each(|(code, level)| levels.set(*code, *level));
        strict.into_iter().for_each(|strict| levels.set_strict(strict));
        levels
    }

    #[test]
    fn what_is_said_of_one_lint_wins_over_what_is_said_of_all() {
        let said = levels(&[(Code::L0501, Level::Allow), (Code::L0502, Level::Warn)], Some(true));
        assert_eq!(
            [Code::L0501, Code::L0502, Code::L0503].map(|code| said.of(code)),
            [Level::Allow, Level::Warn, Level::Deny]
        );
        let faults = [Code::L0501, Code::L0502, Code::L0503, Code::L0302];
        let mut shown = faults.map(|code| Diagnostic::new(code, "it")).to_vec();
        said.weigh(&mut shown);
        let weights: Vec<_> = shown.iter().map(|one| (one.code, one.severity)).collect();
        let wanted = [
            (Code::L0502, Severity::Warning),
            (Code::L0503, Severity::Error),
            (Code::L0302, Severity::Error),
        ];
        assert_eq!(weights, wanted);
    }

    #[test]
    fn flags_are_laid_over_a_project() {
        let project = levels(&[(Code::L0501, Level::Allow), (Code::L0502, Level::Warn)], None);
        let strict = levels(&[], Some(true)).over(&project);
        assert_eq!(
            [Code::L0501, Code::L0502, Code::L0503].map(|code| strict.of(code)),
            [Level::Allow, Level::Deny, Level::Deny]
        );
        let one = levels(&[(Code::L0501, Level::Deny)], None).over(&project);
        assert_eq!(
            [Code::L0501, Code::L0502, Code::L0503].map(|code| one.of(code)),
            [Level::Deny, Level::Warn, Level::Warn]
        );
        let mild = levels(&[], Some(false)).over(&levels(&[(Code::L0502, Level::Deny)], Some(true)));
        assert_eq!([Code::L0501, Code::L0502].map(|code| mild.of(code)), [Level::Warn, Level::Deny]);
    }

    #[test]
    fn lints_are_known_by_their_codes() {
        assert_eq!(lint("l0501"), Ok(Code::L0501));
        assert!(lint("L0302").is_err_and(|(why, _)| why.contains("error")));
        assert!(lint("L0599").is_err_and(|(_, mend)| mend.is_some()));
        assert_eq!(lint("unused"), Err(("there is no lint `unused`".to_owned(), None)));
    }
}
