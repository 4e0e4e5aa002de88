//! What a terminal is shown, by a pseudo-terminal of util-linux where there is one.

#![cfg(target_os = "linux")]

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::{MODEL, costing, endless, folder, renamed};

const SHOWN: &str = "watching; Ctrl-C ends it";

/// A terminal of 80 columns and 24 lines on which a model is watched, and all that it received.
struct Terminal {
    script: Child,
    input: ChildStdin,
    output: ChildStdout,
    received: String,
}

impl Terminal {
    /// Nothing where there is no `script`.
    fn begin(folder: &Path, path: &str) -> Option<Self> {
        // In the place of the shell: one that also received Ctrl-C would say so instead of loopc.
        let command = format!("stty cols 80 rows 24; exec '{}' watch {path}", env!("CARGO_BIN_EXE_loopc"));
        let mut script = Command::new("script");
        script
            .args(["-qec", &command, "/dev/null"])
            .current_dir(folder)
            .env_remove("CI")
            .env("SHELL", "/bin/sh")
            .env("LC_ALL", "C.UTF-8")
            .env("TERM", "xterm");
        script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut script = script.spawn().ok()?;
        let (input, output) = (script.stdin.take()?, script.stdout.take()?);
        Some(Self { script, input, output, received: String::new() })
    }

    /// Waits until words were received so often.
    fn until(&mut self, words: &str, times: usize) {
        let mut bytes = [0; 4096];
        while self.received.matches(words).count() < times {
            let count = self.output.read(&mut bytes).unwrap();
            assert!(count > 0, "waited for `{words}` and got\n{}", self.received);
            self.received.push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
    }

    /// Ctrl-C, as it is typed: the exit status.
    fn interrupted(mut self) -> Option<i32> {
        self.input.write_all(b"\x03").unwrap();
        self.script.wait().unwrap().code()
    }
}

#[test]
fn a_terminal_is_cleared_and_ctrl_c_ends_it() {
    let folder = folder();
    let Some(mut terminal) = Terminal::begin(folder.path(), "shop.loop") else { return };
    terminal.until(SHOWN, 1);
    renamed(&folder.path().join("shop.loop"), &costing("4"));
    terminal.until(SHOWN, 2);
    let all = terminal.received.clone();
    let screens: Vec<&str> = all.split("\u{1b}[2J\u{1b}[3J\u{1b}[H").collect();
    assert_eq!(screens.len(), 3, "{all:?}");
    assert!(screens[0].is_empty() && screens[1].contains("ok      shop.loop"), "{all:?}");
    assert!(screens[2].contains("since the last run") && screens[2].contains("-50%"), "{all:?}");
    assert!(!all.contains("changed ─"), "{all:?}");
    assert_eq!(terminal.interrupted(), Some(0));
}

#[test]
fn models_stand_in_their_order_whenever_they_came() {
    let folder = folder();
    let Some(mut terminal) = Terminal::begin(folder.path(), ".") else { return };
    terminal.until(SHOWN, 1);
    renamed(&folder.path().join("a.loop"), MODEL);
    terminal.until(SHOWN, 2);
    let all = terminal.received.replace('\r', "");
    let lines = "\nok      a.loop: 1 expectation\nok      shop.loop: 1 expectation\nwatching";
    assert!(all.contains(lines), "{all}");
    // Of many models the reports would hide what changed.
    assert_eq!(all.matches("proved optimal").count(), 1, "{all}");
    assert_eq!(terminal.interrupted(), Some(0));
}

/// A search that goes on is ended by the next save, and by Ctrl-C.
#[test]
fn a_search_that_goes_on_is_ended() {
    let folder = folder();
    let path = folder.path().join("shop.loop");
    std::fs::write(&path, endless()).unwrap();
    let Some(mut terminal) = Terminal::begin(folder.path(), "shop.loop") else { return };
    terminal.until("solving …", 1);
    renamed(&path, MODEL);
    terminal.until(SHOWN, 1);
    let all = &terminal.received;
    assert!(all.contains("ok      shop.loop") && !all.contains("not proved"), "{all}");
    std::fs::write(&path, endless()).unwrap();
    terminal.until("solving …", 2);
    assert_eq!(terminal.interrupted(), Some(0));
}
