//! What goes on, on one line of a terminal, for whoever waits; erased before anything else is written.
//!
//! Nothing is shown on a pipe, on a dumb terminal or in CI, nor of what takes no time.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::Duration;
#[allow(clippy::disallowed_types, reason = "a rate for a person to read; no report sees it")]
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::interrupt;
use super::narrow::Narrow;
use super::output::Screen;
use crate::stop::{Phase, Seen, Stop};

/// What takes less is not worth a line.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the line is drawn anew.
const PAUSE: Duration = Duration::from_millis(100);

/// Over how many drawings a rate is taken.
const DRAWINGS: usize = 10;

/// How long the bar is.
const BAR: u64 = 20;

/// A line that is drawn until it is dropped.
pub(super) struct Line(Option<Drawn>);

struct Drawn {
    over: mpsc::Sender<()>,
    draws: JoinHandle<()>,
}

impl Line {
    /// Shows how far a computation has come, where somebody would see it.
    pub fn of(stop: &Stop, screen: &Screen) -> Self {
        if !screen.shows_progress() {
            return Self(None);
        }
        let bar = ProgressBar::with_draw_target(
            None,
            ProgressDrawTarget::term_like_with_hz(Box::new(Narrow::stderr()), 10),
        );
        // The template is fixed, and right.
        if let Ok(style) = ProgressStyle::with_template("{wide_msg}") {
            bar.set_style(style);
        }
        interrupt::listen(stop, Some(bar.clone()));
        let (over, ended) = mpsc::channel();
        let (stop, unicode) = (stop.clone(), screen.draws_unicode());
        #[allow(clippy::disallowed_methods, reason = "it draws on a terminal, and touches no report")]
        let draws = std::thread::spawn(move || draw(&stop, &ended, (&bar, unicode)));
        Self(Some(Drawn { over, draws }))
    }

    /// Whether there is anybody to see it.
    pub const fn is_shown(&self) -> bool {
        self.0.is_some()
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(Drawn { over, draws }) = self.0.take() {
            drop(over);
            // What is written next must find the line erased.
            drop(draws.join());
        }
    }
}

#[allow(clippy::disallowed_types, reason = "a rate for a person to read; no report sees it")]
fn draw(stop: &Stop, ended: &mpsc::Receiver<()>, (bar, unicode): (&ProgressBar, bool)) {
    let begun = Instant::now();
    let mut past: Vec<(Duration, Seen)> = Vec::new();
    let mut pause = PATIENCE;
    while ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) && !stop.is_asked() {
        let now = (begun.elapsed(), stop.progress().seen());
        past.retain(|(_, seen)| seen.phase == now.1.phase);
        past.push(now);
        if past.len() > DRAWINGS {
            past.remove(0);
        }
        bar.set_message(words(&past, unicode));
        pause = PAUSE;
    }
    bar.finish_and_clear();
}

/// The line: what goes on, how much of it is done, and how fast. `past` ends with now.
fn words(past: &[(Duration, Seen)], unicode: bool) -> String {
    let (Some((then, before)), Some((now, seen))) = (past.first(), past.last()) else { return String::new() };
    let span = u64::try_from(now.saturating_sub(*then).as_millis()).unwrap_or(u64::MAX);
    let rate = |before: u64, after: u64| (after.saturating_sub(before) * 1000).checked_div(span).unwrap_or(0);
    let seconds = format!("{} s", now.as_secs());
    match seen.phase {
        Phase::Tables if seen.whole > 0 => {
            let done = seen.done.min(seen.whole);
            let share = done.saturating_mul(100) / seen.whole;
            let rate = rate(before.done, seen.done) / 1_000_000;
            format!("reading tables  {}  {share:>2}%  {rate} MB/s", bar(share, unicode))
        }
        Phase::Solving => {
            let which = (seen.done + 1).min(seen.whole.max(1));
            let which = format!("solving {which} of {}", seen.whole.max(1));
            match (seen.steps, seen.best) {
                // Only searches that count their steps end when they are asked to.
                (0, _) => format!("{which}: {seconds}"),
                (steps, Some(best)) => {
                    format!("{which}: best {}, {steps} steps, {seconds}; Ctrl-C ends it", decimal(best))
                }
                (steps, None) => {
                    let rate = rate(before.steps, steps);
                    format!("{which}: {steps} steps, {rate}/s, {seconds}; Ctrl-C ends the search")
                }
            }
        }
        phase => format!("{}, {seconds}", word(phase)),
    }
}

/// A number with some six digits.
fn decimal(number: f64) -> String {
    let size = number.abs();
    let places = [10.0, 100.0, 1e3, 1e4, 1e5].iter().filter(|limit| size < **limit).count();
    if size != 0.0 && size < 1e-3 || size >= 1e9 {
        format!("{number:.4e}")
    } else {
        format!("{number:.places$}")
    }
}

const fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::Loading => "loading",
        Phase::Tables => "reading",
        Phase::Checking => "checking",
        Phase::Examining => "looking at the graph",
        Phase::Solving => "solving",
        Phase::Verifying => "verifying",
        Phase::Writing => "writing",
    }
}

fn bar(share: u64, unicode: bool) -> String {
    let filled = (share * BAR / 100).min(BAR);
    let (full, empty) = if unicode { ("━", "┄") } else { ("#", "-") };
    let times = |sign: &str, count: u64| sign.repeat(usize::try_from(count).unwrap_or(0));
    times(full, filled) + &times(empty, BAR - filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(phase: Phase, (done, whole, steps): (u64, u64, u64)) -> Seen {
        Seen { phase, done, whole, steps, best: None }
    }

    #[test]
    fn a_line_says_what_goes_on_how_far_and_how_fast() {
        let tables = |done| at(Phase::Tables, (done, 100_000_000, 0));
        let past =
            [(Duration::from_secs(1), tables(10_000_000)), (Duration::from_secs(3), tables(50_000_000))];
        assert_eq!(words(&past, false), "reading tables  ##########----------  50%  20 MB/s");
        assert_eq!(words(&past, true), "reading tables  ━━━━━━━━━━┄┄┄┄┄┄┄┄┄┄  50%  20 MB/s");
        let solving = |steps| at(Phase::Solving, (1, 3, steps));
        let past = [(Duration::from_secs(8), solving(100)), (Duration::from_secs(9), solving(350))];
        assert_eq!(words(&past, false), "solving 2 of 3: 350 steps, 250/s, 9 s; Ctrl-C ends the search");
        let past = [(Duration::from_secs(1), solving(0)), (Duration::from_secs(2), solving(0))];
        assert_eq!(words(&past, false), "solving 2 of 3: 2 s");
        let found = |best| Seen { best: Some(best), ..solving(350) };
        let past = [(Duration::from_secs(8), solving(100)), (Duration::from_secs(9), found(1.372_549))];
        assert_eq!(words(&past, false), "solving 2 of 3: best 1.37255, 350 steps, 9 s; Ctrl-C ends it");
        let past = [(Duration::from_secs(2), at(Phase::Checking, (0, 0, 0)))];
        assert_eq!(words(&past, false), "checking, 2 s");
    }

    #[test]
    fn a_line_fits_into_eighty_columns() {
        let most = at(Phase::Solving, (98, 99, 999_999_999));
        let line = words(
            &[(Duration::ZERO, at(Phase::Solving, (98, 99, 0))), (Duration::from_secs(999), most)],
            true,
        );
        assert!(line.len() < 80, "{line}");
        for best in [-123_456_789.123, -1.234_567e-5, -f64::MAX, f64::NEG_INFINITY, f64::NAN] {
            let line = words(&[(Duration::from_secs(9_999), Seen { best: Some(best), ..most })], true);
            assert!(line.len() < 80, "{line}");
        }
    }

    #[test]
    fn decimals_have_some_six_digits() {
        let read = [0.0, 1.5, -12.345_678, 1_234.567_89, 123_456.7, 4e8, 5e12, 0.012_344, 1e-7].map(decimal);
        let wanted = [
            "0.00000",
            "1.50000",
            "-12.3457",
            "1234.57",
            "123457",
            "400000000",
            "5.0000e12",
            "0.01234",
            "1.0000e-7",
        ];
        assert_eq!(read, wanted);
    }
}
