//! Reports that are new or differ, shown one by one to a person who says which are right.

use std::io::{self, BufRead as _, IsTerminal as _};

use unicode_width::UnicodeWidthStr as _;

use super::{Standing, Tested};
use crate::cli::output::{Screen, legible};
use crate::cli::{Refusal, snapshot};

/// Lines of a page that are left for the question.
const MARGIN: usize = 2;

/// Where a terminal does not say how large it is.
const USUAL: (usize, usize) = (80, 24);

/// What a person says of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Accept,
    Reject,
    Skip,
    /// This one and all that follow are skipped.
    Quit,
}

/// Who is asked.
pub(super) trait Person {
    /// Columns and lines that are seen at a time.
    fn sees(&self) -> (usize, usize);

    fn show(&mut self, text: &str) -> Result<(), Refusal>;

    /// The next line that is typed; nothing at the end.
    fn says(&mut self) -> Result<Option<String>, Refusal>;
}

/// The person before the terminal.
pub(super) struct Terminal<'a>(&'a Screen);

impl<'a> Terminal<'a> {
    /// Refuses where nobody could be asked.
    pub fn new(screen: &'a Screen) -> Result<Self, Refusal> {
        if io::stdin().is_terminal() && io::stdout().is_terminal() {
            return Ok(Self(screen));
        }
        Err(Refusal::new(
            "a review needs a terminal to show reports and to ask; --accept takes all of them for right",
        ))
    }
}

impl Person for Terminal<'_> {
    fn sees(&self) -> (usize, usize) {
        let size = terminal_size::terminal_size_of(io::stdout());
        size.map_or(USUAL, |(width, height)| (usize::from(width.0), usize::from(height.0)))
    }

    fn show(&mut self, text: &str) -> Result<(), Refusal> {
        if !self.0.paint(false).color {
            return self.0.print(text);
        }
        let colored = text.split_inclusive('\n').map(|line| {
            let code = match line.trim_start().chars().next() {
                Some('-') => "31",
                Some('+') => "32",
                _ => return line.to_owned(),
            };
            let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
            format!("\u{1b}[{code}m{line}\u{1b}[0m{end}")
        });
        self.0.print(&colored.collect::<String>())
    }

    fn says(&mut self) -> Result<Option<String>, Refusal> {
        let mut line = String::new();
        match io::stdin().lock().read_line(&mut line) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(line)),
            // What is no text is no answer.
            Err(fault) if fault.kind() == io::ErrorKind::InvalidData => Ok(Some(String::new())),
            Err(fault) => Err(Refusal::new(format!("cannot read what is typed: {fault}"))),
        }
    }
}

/// A review of so many reports.
pub(super) struct Review<'a> {
    all: usize,
    asked: usize,
    over: bool,
    person: &'a mut dyn Person,
}

impl<'a> Review<'a> {
    pub const fn new(all: usize, person: &'a mut dyn Person) -> Self {
        Self { all, asked: 0, over: false, person }
    }

    /// Shows a report that is new or differs, and asks whether it is right.
    pub fn ask(&mut self, one: &Tested) -> Result<Answer, Refusal> {
        let (what, text) = match &one.standing {
            Standing::Differs(kept, taken) => {
                let (kept, taken) = (snapshot::contents(kept), snapshot::contents(taken));
                ("the report changed", snapshot::difference(kept, taken, usize::MAX))
            }
            Standing::New(taken) => ("a new report", format!("{}\n", snapshot::contents(taken))),
            Standing::Same | Standing::None => return Ok(Answer::Skip),
        };
        self.about(&format!("{}: {what}", legible(&one.model)), &text)
    }

    fn about(&mut self, title: &str, text: &str) -> Result<Answer, Refusal> {
        if self.over {
            return Ok(Answer::Quit);
        }
        self.asked += 1;
        self.person.show(&format!("\nreview {} of {}  {title}\n", self.asked, self.all))?;
        // A snapshot comes from elsewhere, and must not steer the terminal.
        let text = text.replace(|letter: char| letter != '\n' && letter.is_control(), "\u{fffd}");
        let mut rest: Vec<&str> = text.lines().collect();
        loop {
            let page = fitting(&rest, self.person.sees());
            let after = rest.split_off(page);
            self.person.show(&rest.iter().map(|line| format!("{line}\n")).collect::<String>())?;
            rest = after;
            if let Some(answer) = self.question(rest.len())? {
                self.over = answer == Answer::Quit;
                return Ok(answer);
            }
        }
    }

    /// What is answered; nothing where more is to be seen first.
    fn question(&mut self, more: usize) -> Result<Option<Answer>, Refusal> {
        let next = match more {
            0 => String::new(),
            1 => ", Enter: 1 more line".to_owned(),
            more => format!(", Enter: {more} more lines"),
        };
        loop {
            self.person.show(&format!("a accept, r reject, s skip, q quit{next} > "))?;
            let Some(said) = self.person.says()? else {
                self.person.show("\n")?;
                return Ok(Some(Answer::Quit));
            };
            match said.trim().to_lowercase().as_str() {
                "a" | "accept" => return Ok(Some(Answer::Accept)),
                "r" | "reject" => return Ok(Some(Answer::Reject)),
                "s" | "skip" => return Ok(Some(Answer::Skip)),
                "q" | "quit" => return Ok(Some(Answer::Quit)),
                "" if more > 0 => return Ok(None),
                _ => {}
            }
        }
    }
}

/// How many lines are seen at a time, those that are broken counted as they are; one at the least.
fn fitting(lines: &[&str], (columns, rows): (usize, usize)) -> usize {
    let room = rows.saturating_sub(MARGIN).max(1);
    let mut taken = 0;
    let fits = |line: &&&str| {
        taken += line.width().div_ceil(columns.max(1)).max(1);
        taken <= room
    };
    lines.iter().take_while(fits).count().max(1).min(lines.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody who says these words, one after the other, and sees so much.
    struct Scripted {
        words: Vec<&'static str>,
        sees: (usize, usize),
        pages: Vec<String>,
    }

    impl Person for Scripted {
        fn sees(&self) -> (usize, usize) {
            self.sees
        }

        fn show(&mut self, text: &str) -> Result<(), Refusal> {
            self.pages.push(text.to_owned());
            Ok(())
        }

        fn says(&mut self) -> Result<Option<String>, Refusal> {
            Ok((!self.words.is_empty()).then(|| format!("{}\n", self.words.remove(0))))
        }
    }

    fn asked(words: &[&'static str], text: &str) -> (Answer, Scripted) {
        let mut person = Scripted { words: words.to_vec(), sees: (20, 12), pages: Vec::new() };
        let answer = Review::new(1, &mut person).about("a model", text).ok().unwrap();
        (answer, person)
    }

    #[test]
    fn answers_are_letters_or_words() {
        for (said, answer) in [
            ("a", Answer::Accept),
            ("Accept", Answer::Accept),
            ("r", Answer::Reject),
            (" s ", Answer::Skip),
            ("QUIT", Answer::Quit),
        ] {
            assert_eq!(asked(&[said], "one line\n").0, answer, "{said}");
        }
        // What is no answer is asked again, and the end of what is typed takes nothing for right.
        assert_eq!(asked(&["", "yes", "accept it", "r"], "one line\n").0, Answer::Reject);
        assert_eq!(asked(&["y"], "one line\n").0, Answer::Quit);
    }

    #[test]
    fn a_long_difference_is_shown_page_by_page() {
        let text: String = (0..25).map(|line| format!("line {line}\n")).collect();
        let (answer, person) = asked(&["", "", "a"], &text);
        assert_eq!(answer, Answer::Accept);
        let shown = person.pages.concat();
        assert!(
            shown.contains("line 9\na accept") && shown.contains("Enter: 15 more lines > line 10\n"),
            "{shown}"
        );
        assert!(
            shown.contains("Enter: 5 more lines")
                && shown.contains("line 24\na accept, r reject, s skip, q quit > ")
        );
        // It may be accepted before all of it was seen.
        assert!(!asked(&["a"], &text).1.pages.concat().contains("line 10"));
        assert!(asked(&["a"], "x\u{1b}[2J\n").1.pages.concat().contains("x\u{fffd}[2J\n"));
        // A line that is broken takes the room of several.
        assert_eq!(fitting(&["x".repeat(61).as_str(), "y"], (20, 6)), 1);
        assert_eq!(fitting(&["x".repeat(41).as_str(), "y"], (20, 6)), 2);
        assert_eq!(fitting(&["x".repeat(500).as_str(), "y"], (20, 6)), 1);
        assert_eq!(fitting(&[], (20, 6)), 0);
    }

    #[test]
    fn who_quits_is_asked_no_more() {
        let mut person = Scripted { words: vec!["a", "q", "a"], sees: (80, 24), pages: Vec::new() };
        let mut review = Review::new(3, &mut person);
        let answers: Vec<Answer> = (0..3).map(|_| review.about("m", "x").ok().unwrap()).collect();
        assert_eq!(answers, [Answer::Accept, Answer::Quit, Answer::Quit]);
        assert!(person.pages.concat().contains("review 2 of 3") && !person.pages.concat().contains("3 of 3"));
    }
}
