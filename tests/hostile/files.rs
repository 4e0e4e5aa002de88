//! Files that use each other: in long chains, in rings, and what is no file at all.

use std::path::{Path, PathBuf};

use super::draw;
use crate::common::codes;
use loopc::pipeline::compile;
use loopc::source::{Disk, SourceFile};

/// A folder of its own, gone at the end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("loopc-hostile-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    pub fn codes(&self, name: &str) -> Vec<String> {
        run(&self.0.join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn run(path: &Path) -> Vec<String> {
    let shown = path.to_string_lossy().into_owned();
    let source = SourceFile::from_bytes(shown, std::fs::read(path).unwrap());
    let mut compilation = compile((path.to_path_buf(), source), &[], &Disk);
    let _ = compilation.solve(&[]);
    let diagnostics = compilation.report();
    draw(&diagnostics, &compilation.sources);
    codes(&diagnostics).into_iter().collect()
}

#[test]
fn a_long_chain() {
    let folder = Folder::new("chain");
    for number in 0..200 {
        folder.write(&format!("f{number}.loop"), &format!("use \"f{}.loop\"\n", number + 1));
    }
    folder.write("f200.loop", "param a = 1\n");
    assert_eq!(folder.codes("f0.loop"), ["L0213"]);
    assert!(folder.codes("f150.loop").is_empty());
}

#[test]
fn rings() {
    let folder = Folder::new("ring");
    for number in 0..40 {
        folder.write(&format!("f{number}.loop"), &format!("use \"f{}.loop\"\n", (number + 1) % 40));
    }
    assert_eq!(folder.codes("f0.loop"), ["L0209"]);
    folder.write("own.loop", "use \"own.loop\"\nuse \"./own.loop\"\n");
    assert_eq!(folder.codes("own.loop"), ["L0209"]);
    // Each uses all: as many ways through them as there are orders.
    let all: String = (0..40).map(|number| format!("use \"g{number}.loop\"\n")).collect();
    for number in 0..40 {
        folder.write(&format!("g{number}.loop"), &all);
    }
    assert_eq!(folder.codes("g0.loop"), ["L0209"]);
}

#[test]
fn one_file_used_often() {
    let folder = Folder::new("often");
    folder.write("leaf.loop", "param a = 1\n");
    folder.write("main.loop", &"use \"leaf.loop\"\n".repeat(20_000));
    assert!(folder.codes("main.loop").is_empty());
    folder.write("none.loop", &"use \"nowhere.loop\"\n".repeat(20_000));
    assert_eq!(folder.codes("none.loop"), ["L0208"]);
    folder.write("bytes.loop", "use \"leaf.bin\"\n");
    std::fs::write(folder.0.join("leaf.bin"), [0xff; 1000]).unwrap();
    assert_eq!(folder.codes("bytes.loop"), ["L0114"]);
}

#[test]
fn no_files() {
    let folder = Folder::new("none");
    for (named, code) in [
        ("", "L0208"),
        (".", "L0208"),
        ("..", "L0210"),
        ("../../../../../../../../etc/passwd", "L0210"),
        ("/etc/passwd", "L0210"),
        ("a/../../b.loop", "L0210"),
        ("x\u{202e}.loop", "L0208"),
        ("\\\\server\\share", "L0208"),
    ] {
        folder.write("main.loop", &format!("use \"{named}\"\n"));
        assert_eq!(folder.codes("main.loop"), [code], "{named}");
    }
    folder.write("main.loop", &format!("use \"{}\"\n", "../".repeat(100_000)));
    assert_eq!(folder.codes("main.loop"), ["L0210"]);
}
