//! Members of a project: paths in its folder, in which `*` and `?` stand for parts of one name.

use super::faults;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// One name of a member's path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Name(String),
    /// With `*` for any letters, and `?` for one.
    Pattern(String),
}

/// A model, a folder of models, or a pattern of such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// As it is written.
    pub text: String,
    /// Names from the project's folder; none is the folder itself.
    pub parts: Vec<Part>,
    pub span: Span,
}

impl Member {
    /// Errors: L0223.
    pub(super) fn of(text: &str, span: Span) -> Result<Self, Diagnostic> {
        let inside = "a member is a path below the folder of `loop.toml`, with `/` between names";
        if text.is_empty() {
            return Err(faults::wrong_member("a member is empty", span, inside));
        }
        if text.starts_with('/') || text.contains('\\') || text.split('/').any(|name| name == "..") {
            let why = format!("the member `{text}` is no path in the project's folder");
            return Err(faults::wrong_member(&why, span, inside));
        }
        if text.contains("**") {
            let why = format!("the member `{text}` has a `**`");
            let help = "a folder stands for all models below it, however deep";
            return Err(faults::wrong_member(&why, span, help));
        }
        let names = text.split('/').filter(|name| !name.is_empty() && *name != ".");
        let part = |name: &str| {
            if name.contains(['*', '?']) {
                Part::Pattern(name.to_owned())
            } else {
                Part::Name(name.to_owned())
            }
        };
        Ok(Self { text: text.to_owned(), parts: names.map(part).collect(), span })
    }
}

impl Part {
    /// Whether this is the name of a file or folder; a name that begins with a dot is meant only by a part that does.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        match self {
            Self::Name(own) => own == name,
            Self::Pattern(own) => own.starts_with('.') == name.starts_with('.') && fits(own, name),
        }
    }
}

/// Whether a name is one that a pattern stands for: a `*` takes as little as it can, and more where the rest needs it.
fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut letter) = (0, 0);
    // The last star, and the first letter behind what it takes.
    let mut star: Option<(usize, usize)> = None;
    while letter < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, letter));
                at += 1;
            }
            Some(sign) if *sign == '?' || *sign == name[letter] => {
                at += 1;
                letter += 1;
            }
            _ => {
                let Some((place, taken)) = star else { return false };
                star = Some((place, taken + 1));
                (at, letter) = (place + 1, taken + 1);
            }
        }
    }
    pattern[at..].iter().all(|sign| *sign == '*')
}

#[cfg(test)]
mod tests {
    use super::{Part, fits};

    #[test]
    fn stars_and_question_marks_stand_for_letters() {
        for (pattern, yes, no) in [
            ("*.loop", "shop.loop", "shop.csv"),
            ("v?.loop", "v1.loop", "v12.loop"),
            ("*a*b", "aab", "aba"),
            ("a*", "a", "ba"),
            ("店?-*", "店1-", "店-1"),
            ("*", "anything", ".hidden"),
            (".*", ".hidden", "shown"),
        ] {
            let part = Part::Pattern(pattern.to_owned());
            assert!(part.is(yes) && !part.is(no), "{pattern}");
        }
        // No name takes longer than its length times the pattern's.
        assert!(!fits(&"a*".repeat(50), &"a".repeat(49)));
        assert!(!fits(&format!("{}b", "*a".repeat(50)), &"a".repeat(2_000)));
    }
}
