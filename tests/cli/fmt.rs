//! `loopc fmt`: which files are written, and how; what is said; and that no file is ever half of what it should be.

use std::path::Path;

use super::{ends, error, fed, loopc, out, run};

const LOOSE: &str = "currency CNY\nparam x=1\nparam long=2\n";
const TIDY: &str = "currency CNY\nparam x    = 1\nparam long = 2\n";
const FAULTY: &str = "param x = = 1\n";

fn fmt(folder: &Path, arguments: &[&str]) -> std::process::Output {
    loopc(&[&["fmt"], arguments].concat()).current_dir(folder).output().unwrap()
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// A folder with some files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn files_of_a_folder() {
    let passed = ["target/a.loop", "node_modules/x/a.loop", ".git/a.loop", ".hidden.loop", "a.txt"];
    let mut files = vec![("b.loop", LOOSE), ("a/c.loop", LOOSE), ("a/d.loop", TIDY), ("e.loop", FAULTY)];
    files.extend(passed.iter().map(|name| (*name, LOOSE)));
    let folder = folder(&files);
    let checked = fmt(folder.path(), &["--check"]);
    ends(&checked, 1);
    assert_eq!(out(&checked), "a/c.loop\nb.loop\n");
    assert_eq!(read(folder.path(), "b.loop"), LOOSE);
    let done = fmt(folder.path(), &[]);
    ends(&done, 1);
    assert!(out(&done).is_empty() && error(&done).contains("L0101"));
    assert!(error(&done).contains("e.loop: left as it is"), "{}", error(&done));
    assert!(error(&done).ends_with("2 files formatted, 1 unchanged, 1 left as it is\n"), "{}", error(&done));
    assert_eq!([read(folder.path(), "b.loop"), read(folder.path(), "a/c.loop")], [TIDY, TIDY]);
    assert_eq!(read(folder.path(), "e.loop"), FAULTY);
    passed.iter().for_each(|name| assert_eq!(read(folder.path(), name), LOOSE));
    std::fs::remove_file(folder.path().join("e.loop")).unwrap();
    let again = fmt(folder.path(), &[".", "a", "a/c.loop"]);
    ends(&again, 0);
    assert_eq!(error(&again), "3 files unchanged\n");
    ends(&fmt(folder.path(), &["--check", "--diff"]), 0);
}

#[test]
fn a_diff() {
    let folder = folder(&[("m.loop", LOOSE)]);
    let shown = fmt(folder.path(), &["--diff", "m.loop"]);
    ends(&shown, 0);
    let wanted = "--- m.loop\n+++ m.loop\n@@ -1,3 +1,3 @@\n currency CNY\n-param x=1\n+param x    = 1\n-param long=2\n+param long = 2\n";
    assert_eq!(out(&shown), wanted);
    assert!(error(&shown).ends_with("1 file would be formatted\n"));
    ends(&fmt(folder.path(), &["--diff", "--check", "m.loop"]), 1);
    let colored = fmt(folder.path(), &["--diff", "--color", "always"]);
    assert!(out(&colored).contains("\u{1b}[32m+param x    = 1\u{1b}[0m"), "{}", out(&colored));
    assert_eq!(read(folder.path(), "m.loop"), LOOSE);
}

/// What `patch` makes of a diff is what the formatter writes.
#[test]
fn a_diff_is_a_patch() {
    if std::process::Command::new("patch").arg("--version").output().is_err() {
        return;
    }
    let shared = "participant a: platform participant b: business // c\n\n\n\nparam x=1";
    let far = "param far=1\n\n".repeat(30);
    for text in [LOOSE.to_owned(), format!("\n\n{far}loop l {{\n}}\n{far}// end\n\n\n"), shared.to_owned()] {
        let folder = folder(&[("m.loop", &text)]);
        let diff = out(&fmt(folder.path(), &["--diff"]));
        std::fs::write(folder.path().join("d"), diff).unwrap();
        let mut patch = std::process::Command::new("patch");
        let patched = patch.args(["-s", "m.loop", "d"]).current_dir(folder.path()).output().unwrap();
        assert!(patched.status.success(), "{text}\n{}", out(&patched));
        let wanted = out(&fed(&["fmt", "-"], &text));
        assert_eq!(read(folder.path(), "m.loop"), wanted);
    }
}

#[test]
fn standard_input() {
    let done = fed(&["fmt", "-"], LOOSE);
    ends(&done, 0);
    assert_eq!((out(&done).as_str(), error(&done).as_str()), (TIDY, ""));
    let faulty = fed(&["fmt", "-", "--message-format", "short"], FAULTY);
    ends(&faulty, 1);
    assert!(out(&faulty).is_empty() && error(&faulty).starts_with("<stdin>:1:11: error[L0101]"));
    let checked = fed(&["fmt", "--check", "-"], LOOSE);
    ends(&checked, 1);
    assert_eq!(out(&checked), "<stdin>\n");
    ends(&fed(&["fmt", "--check", "-"], TIDY), 0);
    assert!(out(&fed(&["fmt", "--diff", "-"], LOOSE)).starts_with("--- <stdin>\n"));
    ends(&run(&["fmt", "-", "models"]), 2);
}

#[test]
fn paths_that_cannot_be_formatted() {
    let folder = folder(&[("m.loop", LOOSE), ("empty/x.txt", "")]);
    let missing = fmt(folder.path(), &["missing.loop", "m.loop"]);
    ends(&missing, 2);
    assert!(error(&missing).contains("cannot read missing.loop"), "{}", error(&missing));
    assert_eq!(read(folder.path(), "m.loop"), TIDY);
    ends(&fmt(folder.path(), &["empty"]), 2);
}

#[test]
fn a_tidy_file_is_not_touched() {
    let folder = folder(&[("m.loop", TIDY)]);
    let path = folder.path().join("m.loop");
    let long_ago = std::fs::FileTimes::new().set_modified(std::time::UNIX_EPOCH);
    std::fs::File::options().write(true).open(&path).unwrap().set_times(long_ago).unwrap();
    ends(&fmt(folder.path(), &[]), 0);
    assert_eq!(std::fs::metadata(&path).unwrap().modified().unwrap(), std::time::UNIX_EPOCH);
}

#[cfg(unix)]
#[test]
fn modes_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let outside = folder(&[("m.loop", LOOSE)]);
    let folder = folder(&[("own.loop", LOOSE), ("locked.loop", LOOSE)]);
    let path = |name: &str| folder.path().join(name);
    symlink(outside.path().join("m.loop"), path("link.loop")).unwrap();
    symlink(folder.path(), path("ring")).unwrap();
    symlink(folder.path(), path("ring.loop")).unwrap();
    symlink("nowhere", path("dangling.loop")).unwrap();
    let set =
        |name: &str, mode| std::fs::set_permissions(path(name), PermissionsExt::from_mode(mode)).unwrap();
    set("own.loop", 0o666);
    set("locked.loop", 0o444);
    let done = fmt(folder.path(), &[]);
    ends(&done, 2);
    assert!(error(&done).contains("locked.loop: it is read-only"), "{}", error(&done));
    assert!(error(&done).ends_with("2 files formatted, 1 not read or written\n"), "{}", error(&done));
    assert_eq!(std::fs::metadata(path("own.loop")).unwrap().permissions().mode() & 0o777, 0o666);
    assert!(std::fs::symlink_metadata(path("link.loop")).unwrap().is_symlink());
    assert_eq!([read(outside.path(), "m.loop"), read(folder.path(), "locked.loop")], [TIDY, LOOSE]);
}

#[test]
fn windows_line_ends_and_the_mark_of_byte_order_stay() {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let folder = folder(&[("m.loop", &windows(LOOSE))]);
    ends(&fmt(folder.path(), &[]), 0);
    assert_eq!(read(folder.path(), "m.loop"), windows(TIDY));
}

/// Killed at any time, the formatter leaves every file as it was or as it is to be.
#[cfg(unix)]
#[test]
fn killed_at_any_time() {
    let texts: Vec<(String, String, String)> = (0..12)
        .map(|at| {
            let many = |space: &str| format!("param x{at}{space}={space}1\n\n").repeat(200);
            (format!("m{at}.loop"), many(""), many(" ").trim_end().to_owned() + "\n")
        })
        .collect();
    let files: Vec<(&str, &str)> =
        texts.iter().map(|(name, loose, _)| (name.as_str(), loose.as_str())).collect();
    let folder = folder(&files);
    let (mut old, mut new) = (0, 0);
    for round in 0..120_u64 {
        for (name, loose, _) in &texts {
            std::fs::write(folder.path().join(name), loose).unwrap();
        }
        let mut child = loopc(&["fmt", "."])
            .current_dir(folder.path())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_micros(2_000 + 1_000 * (round % 120)));
        drop(child.kill());
        child.wait().unwrap();
        for (name, loose, tidy) in &texts {
            let found = read(folder.path(), name);
            assert!(found == *loose || found == *tidy, "{name} is {} bytes", found.len());
            old += usize::from(found == *loose);
            new += usize::from(found == *tidy);
        }
    }
    assert!(old > 0 && new > 0, "{old} old, {new} new");
}
