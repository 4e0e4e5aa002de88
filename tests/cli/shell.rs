//! Completions and pages of the manual: accepted by the shells and the `man` that are installed, the same bytes each time.

use std::process::{Command, Output};

use super::{ends, error, out, run};

/// All commands, as the help lists them.
fn commands() -> Vec<String> {
    let help = out(&run(&["--help"]));
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let lines = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let mut names: Vec<String> =
        lines.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect();
    names.retain(|name| name != "help");
    assert!(names.len() > 10, "{names:?}");
    names
}

/// What a program says; nothing where it is not installed.
fn asked(program: &str, arguments: &[&str]) -> Option<Output> {
    // Pages have letters that the plainest of locales has not.
    Command::new(program).args(arguments).env("LC_ALL", "C.UTF-8").output().ok()
}

#[test]
fn shells_take_their_scripts() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let written = run(&["completions", shell]);
        ends(&written, 0);
        let script = out(&written);
        assert_eq!(out(&run(&["completions", shell])), script);
        for command in commands() {
            assert!(script.contains(&command), "{shell}: {command}");
        }
        let path = folder.path().join(shell);
        std::fs::write(&path, &script).unwrap();
        if ["bash", "zsh", "fish"].contains(&shell) {
            let Some(read) = asked(shell, &["-n", path.to_str().unwrap()]) else { continue };
            assert!(read.status.success() && read.stderr.is_empty(), "{shell}: {}", error(&read));
        }
    }
    ends(&run(&["completions", "csh"]), 2);
}

#[test]
fn bash_and_fish_complete_commands_options_and_values() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("script");
    std::fs::write(&path, out(&run(&["completions", "bash"]))).unwrap();
    let typed = [
        ("loopc verif", "verify"),
        ("loopc solve --eng", "--engine"),
        ("loopc solve --engine netw", "network"),
    ];
    for (line, wanted) in typed {
        let words: Vec<&str> = line.split(' ').collect();
        let (last, before) = (words[words.len() - 1], words[words.len() - 2]);
        let script = format!(
            "source '{}'; COMP_WORDS=({line}); COMP_CWORD={}; _loopc loopc {last} {before}; echo \"${{COMPREPLY[@]}}\"",
            path.display(),
            words.len() - 1
        );
        let Some(told) = asked("bash", &["--norc", "-c", &script]) else { break };
        assert_eq!(out(&told).trim(), wanted, "{line}: {}", error(&told));
    }
    std::fs::write(&path, out(&run(&["completions", "fish"]))).unwrap();
    for (line, wanted) in typed {
        let script = format!("source '{}'; complete -C '{line}'", path.display());
        let Some(told) = asked("fish", &["--no-config", "-c", &script]) else { break };
        assert_eq!(out(&told).split_whitespace().next(), Some(wanted), "{line}: {}", error(&told));
    }
}

#[test]
fn every_command_has_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("share/man1");
    ends(&run(&["man", "--output", pages.to_str().unwrap()]), 0);
    let names = std::fs::read_dir(&pages).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    let mut wanted: Vec<String> = commands().iter().map(|name| format!("loopc-{name}.1")).collect();
    wanted.push("loopc.1".to_owned());
    wanted.sort();
    assert_eq!(names, wanted);
    for name in names {
        let written = std::fs::read_to_string(pages.join(&name)).unwrap();
        let command = name.trim_end_matches(".1").trim_start_matches("loopc").trim_start_matches('-');
        let arguments: Vec<&str> = ["man", command].into_iter().filter(|word| !word.is_empty()).collect();
        assert_eq!(out(&run(&arguments)), written, "{name}");
        let title = name.trim_end_matches(".1");
        assert!(
            written.contains(&format!(".TH {title} 1")) && written.contains(".SH EXAMPLES\n.nf\n"),
            "{name}"
        );
        let path = pages.join(&name);
        let Some(shown) = asked("man", &["--warnings", "-l", path.to_str().unwrap()]) else { continue };
        assert!(shown.status.success() && shown.stderr.is_empty(), "{name}: {}", error(&shown));
        // Lines of examples are not joined.
        assert!(out(&shown).contains("EXAMPLES\n       loopc "), "{}", out(&shown));
    }
}

#[test]
fn a_page_of_no_command_is_refused() {
    let refused = run(&["man", "slove"]);
    ends(&refused, 2);
    assert!(
        error(&refused).contains("there is no command `slove`: did you mean `solve`?"),
        "{}",
        error(&refused)
    );
    let file = tempfile::NamedTempFile::new().unwrap();
    ends(&run(&["man", "--output", file.path().to_str().unwrap()]), 2);
    ends(&run(&["man", "solve", "--output", "man1"]), 2);
}
