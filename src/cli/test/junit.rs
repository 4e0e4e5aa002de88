//! What came of tests as JUnit's XML, for CI. It names no time and no machine: the same models give the same bytes.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::cases::{Case, Suite, Verdict};
use crate::cli::Refusal;

/// All suites as one document.
pub(super) fn xml(suites: &[Suite]) -> Result<String, Refusal> {
    let mut report = Report::new("loopc test");
    report.add_test_suites(suites.iter().map(suite));
    report.to_string().map_err(|fault| Refusal::new(format!("cannot write the tests as XML: {fault}")))
}

fn suite(suite: &Suite) -> TestSuite {
    let name = legible(&suite.name);
    let mut out = TestSuite::new(name.as_str());
    out.add_test_cases(suite.cases.iter().map(|one| case(one, &name)));
    out
}

fn case(case: &Case, suite: &str) -> TestCase {
    let status = match &case.verdict {
        Verdict::Passed | Verdict::Absent => TestCaseStatus::success(),
        Verdict::Failed { message, text } => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(legible(message)).set_type("failure");
            if !text.is_empty() {
                status.set_description(legible(text));
            }
            status
        }
        Verdict::NotRun(why) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(*why);
            status
        }
    };
    let mut out = TestCase::new(legible(&case.name), status);
    out.set_classname(suite);
    out
}

/// A text without what XML cannot hold, be it escaped or not, nor what would steer a terminal.
fn legible(text: &str) -> String {
    let wrong =
        |letter: char| letter.is_control() && letter != '\n' || matches!(letter, '\u{fffe}' | '\u{ffff}');
    text.replace(wrong, "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_stands_in_a_text_is_read_back() {
        let odd = "a <b> & \"c\" ]]> \u{1b}[31m\0\u{7}\t\r\u{fffe}\u{ffff} 名 𝄞\nsecond line";
        let verdict = Verdict::Failed { message: odd.to_owned(), text: odd.to_owned() };
        let case = |name: &str, verdict| Case { name: name.to_owned(), verdict };
        let cases = vec![case(odd, verdict), case("b", Verdict::Passed), case("c", Verdict::NotRun("why"))];
        let text = xml(&[Suite { name: odd.to_owned(), cases }]).ok().unwrap();
        let legible = |letter: char| letter == '\n' || !letter.is_control();
        assert!(text.chars().all(legible), "{text:?}");
        let read = Report::deserialize_from_str(&text).unwrap();
        assert_eq!((read.tests, read.failures, read.skipped), (3, 1, 1));
        let wanted = "a <b> & \"c\" ]]> \u{fffd}[31m\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd} 名 𝄞\nsecond line";
        let first = &read.test_suites[0].test_cases[0];
        let TestCaseStatus::NonSuccess { description, .. } = &first.status else { panic!("{first:?}") };
        assert_eq!(description.as_deref(), Some(wanted));
        // In an attribute a line ends as a space.
        assert_eq!(first.name.as_str().replace('\n', " "), wanted.replace('\n', " "));
        assert!(!text.contains("time"), "{text}");
    }
}
