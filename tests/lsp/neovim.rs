//! A real editor as the client: Neovim, driven by `neovim.lua` beside this file.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitStatus};

/// Runs a program to its end; what it wrote where it failed.
fn run(command: &mut Command) -> Result<ExitStatus, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    let words = [output.stdout, output.stderr].concat();
    if output.status.success() {
        Ok(output.status)
    } else {
        Err(String::from_utf8_lossy(&words).into_owned())
    }
}

#[test]
fn neovim_is_served() {
    if run(Command::new("nvim").arg("--version")).is_err() {
        assert!(std::env::var_os("CI").is_none(), "Neovim is not installed");
        // Not as a test prints: that would not be shown.
        drop(writeln!(std::io::stderr(), "skipped: Neovim is not installed"));
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    let model = place("neighbourhood.loop");
    std::fs::copy(root.join("models/neighbourhood.loop"), &model).unwrap();
    let mut nvim = Command::new("nvim");
    // Nothing of whoever runs this: no settings, no files of exchange, no log among theirs.
    nvim.args(["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c"])
        .arg(format!("luafile {}", root.join("tests/lsp/neovim.lua").display()))
        .arg(&model)
        .env("LOOPC", env!("CARGO_BIN_EXE_loopc"));
    for kind in ["CONFIG", "DATA", "STATE", "CACHE"] {
        nvim.env(format!("XDG_{kind}_HOME"), place("home"));
    }
    run(&mut nvim).unwrap();

    let read = |name: &str| std::fs::read_to_string(place(name)).unwrap();
    insta::with_settings!({ snapshot_path => root.join("tests/lsp"), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("neovim", read("neighbourhood.loop.said"));
    });
    let before = place("before.loop");
    std::fs::rename(place("neighbourhood.loop.before"), &before).unwrap();
    run(Command::new(env!("CARGO_BIN_EXE_loopc")).arg("fmt").arg(&before)).unwrap();
    assert_eq!(read("neighbourhood.loop.after"), read("before.loop"));
}
