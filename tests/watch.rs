//! `loopc watch`, as a process that is waited for: every test waits for words, however long they take, and none for a time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![cfg(unix)]

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

#[path = "watch/saves.rs"]
mod saves;
#[path = "watch/terminal.rs"]
mod terminal;

/// Longer than anything takes that goes well, on any machine.
const EVER: Duration = Duration::from_secs(120);

const MODEL: &str = "currency CNY
participant platform: platform
participant shoppers: consumer
param fee = 2 CNY
information flow advert: platform -> shoppers { cost: fee }
cash flow order: shoppers -> platform { revenue: 5 CNY }
loop trade
expect trade.ratio >= 2
scenario cheap { set fee = 1 CNY
    expect trade.ratio == 5 }
";

/// A folder with a model.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("shop.loop"), MODEL).unwrap();
    folder
}

/// A model whose adverts cost something else.
fn costing(fee: &str) -> String {
    MODEL.replace("fee = 2 CNY", &format!("fee = {fee} CNY"))
}

/// A process that watches, and what it printed since it was asked last.
struct Watch {
    child: Child,
    printed: Receiver<Vec<u8>>,
    unread: String,
}

impl Watch {
    fn begin(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loopc"));
        command.arg("watch").args(arguments).args(["--message-format", "short"]).current_dir(folder);
        // Both streams through one pipe, in the order of what was written.
        let (mut reader, writer) = std::io::pipe().unwrap();
        let child = command.stdin(Stdio::null()).stdout(writer.try_clone().unwrap()).stderr(writer);
        let child = child.spawn().unwrap();
        drop(command);
        let (sender, printed) = mpsc::channel();
        #[allow(
            clippy::disallowed_methods,
            reason = "it reads what a process prints, and touches no report"
        )]
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { child, printed, unread: String::new() }
    }

    /// All that is printed up to some words and the end of their line.
    fn until(&mut self, words: &str) -> String {
        loop {
            let end = self.unread.find(words).and_then(|at| Some(at + self.unread[at..].find('\n')? + 1));
            if let Some(end) = end {
                return self.unread.drain(..end).collect();
            }
            match self.printed.recv_timeout(EVER) {
                Ok(bytes) => self.unread.push_str(&String::from_utf8_lossy(&bytes)),
                Err(fault) => panic!("waited for `{words}` ({fault}) and got\n{}", self.unread),
            }
        }
    }

    /// Ctrl-C: all that is left to be printed.
    fn interrupted(mut self) -> (String, Option<i32>) {
        let told = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        while let Ok(bytes) = self.printed.recv_timeout(EVER) {
            self.unread.push_str(&String::from_utf8_lossy(&bytes));
        }
        let code = self.child.wait().unwrap().code();
        (std::mem::take(&mut self.unread), code)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Writes a file as editors do: another one first, which then takes its place.
fn renamed(path: &Path, text: &str) {
    let beside = PathBuf::from(format!("{}.tmp~", path.display()));
    std::fs::write(&beside, text).unwrap();
    std::fs::rename(&beside, path).unwrap();
}

#[test]
fn ctrl_c_is_how_it_ends() {
    let folder = folder();
    let mut watch = Watch::begin(folder.path(), &["shop.loop"]);
    let first = watch.until("ok      shop.loop: 1 expectation");
    assert!(first.starts_with("shop.loop\nshop.loop: 2 participants, 2 flows\n"), "{first}");
    assert!(!first.contains("since the last run") && !first.contains('\u{1b}'), "{first}");
    let (rest, code) = watch.interrupted();
    assert_eq!((rest.as_str(), code), ("", Some(0)));
}

#[test]
fn what_is_not_there_is_refused() {
    let folder = folder();
    for (path, why) in [("no.loop", "there is no such file"), ("-", "standard input is no file")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loopc"));
        let output = command.current_dir(folder.path()).args(["watch", path]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stderr).unwrap().contains(why), "{path}");
    }
}

#[test]
fn it_ends_when_nobody_reads() {
    let folder = folder();
    let mut command = Command::new(env!("CARGO_BIN_EXE_loopc"));
    command.current_dir(folder.path()).args(["watch", "shop.loop"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// A choice among many whole flows under several budgets: no search closes it soon.
fn endless() -> String {
    let mut state = 17_u64;
    let mut draw = |low: u64, high: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + (state >> 33) % (high - low)
    };
    let weights: Vec<Vec<u64>> = (0..5).map(|_| (0..40).map(|_| draw(100, 999)).collect()).collect();
    let mut text = "currency CNY\nparticipant a: business\nparticipant b: consumer\n".to_owned();
    for flow in 0..40 {
        let mean = weights.iter().map(|budget| budget[flow]).sum::<u64>() / 5;
        let revenue = mean + draw(0, 60) - 30;
        text.push_str(&format!(
            "cash flow item_{flow}: a -> b {{ revenue: {revenue} CNY, integral: yes, capacity: 1 turn/day }}\n"
        ));
    }
    text.push_str(
        "goods flow back: b -> a { cost: 0.01 CNY }\nplan best {\n    period: day\n    maximize: profit\n",
    );
    for budget in &weights {
        let terms = budget.iter().enumerate().map(|(flow, weight)| format!("{weight} * volume(item_{flow})"));
        let most = budget.iter().sum::<u64>() / 2;
        text.push_str(&format!(
            "    require: {} <= {most} turn/day\n",
            terms.collect::<Vec<_>>().join(" + ")
        ));
    }
    text + "}\n"
}
