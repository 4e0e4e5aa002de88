//! `loopc new`: the project passes all that its workflow, and the pages about it, run; nothing is overwritten or left over.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn loopc(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_loopc")).current_dir(folder).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

/// A folder with a new project `shop` in it.
fn made() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let output = loopc(folder.path(), &["new", "shop"]);
    assert!(output.status.success(), "{}", said(&output));
    let shop = folder.path().join("shop");
    (folder, shop)
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<String> {
    let (mut folders, mut found) = (vec![folder.to_path_buf()], Vec::new());
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let shown = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            if path.is_dir() { folders.push(path) } else { found.push(shown) }
        }
    }
    found.sort();
    found
}

fn git(folder: &Path, arguments: &str) {
    let mut command = Command::new("git");
    let name = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    let output = command.current_dir(folder).args(name).args(arguments.split_whitespace()).output().unwrap();
    assert!(output.status.success(), "git {arguments}\n{}", said(&output));
}

/// What a YAML text runs: the values of `run` and `entry`, and the commands of a list, where loopc is in them.
fn scripts(text: &str) -> Vec<String> {
    let (mut found, mut lines) = (Vec::new(), text.lines().peekable());
    let depth = |line: &str| line.len() - line.trim_start().len();
    while let Some(line) = lines.next() {
        let value = line.trim_start().trim_start_matches("- ");
        let value = ["run: ", "entry: "].iter().find_map(|key| value.strip_prefix(key)).unwrap_or(value);
        if value == "|" {
            let mut script = String::new();
            while let Some(next) = lines.next_if(|next| next.is_empty() || depth(next) > depth(line)) {
                script.push_str(next.trim_start());
                script.push('\n');
            }
            found.push(script);
        } else if value.starts_with("loopc ") {
            found.push(value.to_owned());
        }
    }
    found.retain(|script| script.contains("loopc ") && !script.contains("cargo install"));
    found
}

/// Runs a script as a shell of a workflow does, with loopc on the path.
fn run(script: &str, folder: &Path) -> Output {
    let bin = Path::new(env!("CARGO_BIN_EXE_loopc")).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(bin.to_path_buf()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let mut command = Command::new("sh");
    command.args(["-e", "-c", script]).current_dir(folder).env("PATH", path.unwrap());
    command.env("BASE", "HEAD~1").env("GITHUB_STEP_SUMMARY", folder.join("summary.md"));
    command.output().unwrap()
}

/// A repository with a new project whose model changed with the last revision, for the better.
fn changed() -> (tempfile::TempDir, PathBuf) {
    let (folder, shop) = made();
    git(&shop, "init -q");
    git(&shop, "add .");
    git(&shop, "commit -q -m one");
    let model = shop.join("model.loop");
    let text = std::fs::read_to_string(&model).unwrap();
    std::fs::write(&model, text.replace("param basket = 200 CNY", "param basket = 200.00 CNY")).unwrap();
    git(&shop, "commit -q -a -m two");
    (folder, shop)
}

#[test]
fn a_new_project_passes_its_own_workflow() {
    let workflow = std::fs::read_to_string(root().join("src/cli/new/workflow.yml")).unwrap();
    let (_folder, shop) = changed();
    assert_eq!(std::fs::read_to_string(shop.join(".github/workflows/loopc.yml")).unwrap(), workflow);
    let scripts = scripts(&workflow);
    assert_eq!(scripts.len(), 4, "{scripts:?}");
    for script in &scripts {
        let output = run(script, &shop);
        assert!(output.status.success(), "{script}\n{}", said(&output));
    }
    let summary = std::fs::read_to_string(shop.join("summary.md")).unwrap();
    assert!(summary.contains("trade") && summary.contains("model.loop"), "{summary}");
    // What the workflow is there for fails it.
    let model = shop.join("model.loop");
    let text = std::fs::read_to_string(&model).unwrap();
    std::fs::write(&model, text.replace("param take   = 5%", "param take = 6%\nparam spare = 1")).unwrap();
    let failed = scripts.iter().filter(|script| run(script, &shop).status.code() == Some(1));
    assert_eq!(failed.count(), 3);
}

#[test]
fn what_the_page_runs_passes_in_a_new_project() {
    let page = std::fs::read_to_string(root().join("docs/ci.md")).unwrap().replace("\r\n", "\n");
    let workflow = std::fs::read_to_string(root().join("src/cli/new/workflow.yml")).unwrap();
    assert!(
        page.contains(&format!("```yaml\n{}```\n", workflow.replace("\r\n", "\n"))),
        "the workflow is shown as it is"
    );
    let hooks = std::fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let (_folder, shop) = changed();
    let knows_junit = said(&loopc(&shop, &["test", "--help"])).contains("--junit");
    let blocks: Vec<&str> = page.split("```").skip(1).step_by(2).collect();
    let mut ran = 0;
    for script in blocks.iter().chain([&hooks.as_str()]).flat_map(|text| scripts(text)) {
        if script.contains("--junit") && !knows_junit {
            continue;
        }
        let output = run(&script, &shop);
        assert!(output.status.success(), "{script}\n{}", said(&output));
        ran += 1;
    }
    assert!(ran >= 13, "only {ran} commands");
    // Hooks that the page names are there.
    let named: Vec<&str> = page.lines().filter_map(|line| line.trim().strip_prefix("- id: loopc-")).collect();
    assert_eq!(named.len(), 3);
    assert!(named.iter().all(|name| hooks.contains(&format!("- id: loopc-{name}\n"))));
}

#[test]
fn a_new_project_is_told_file_by_file() {
    let folder = tempfile::tempdir().unwrap();
    let output = loopc(folder.path(), &["new", "deep/in/shop"]);
    let shop = folder.path().join("deep/in/shop");
    let made = files(&shop);
    assert_eq!(
        made,
        [
            ".gitattributes",
            ".github/workflows/loopc.yml",
            ".gitignore",
            "loop.toml",
            "model.loop",
            "snapshots/model.loop.snap"
        ]
    );
    let told = said(&output);
    assert!(made.iter().all(|path| told.contains(&format!("  {path} "))), "{told}");
    assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
    for line in told.lines().filter_map(|line| line.strip_prefix("next: ")) {
        let output = run(line, folder.path());
        assert!(output.status.success() && said(&output).contains("= 3"), "{line}\n{}", said(&output));
    }
    // The report is what `loopc test` itself takes for right.
    let snapshot = shop.join("snapshots/model.loop.snap");
    let kept = std::fs::read(&snapshot).unwrap();
    std::fs::remove_file(&snapshot).unwrap();
    assert!(loopc(&shop, &["test", "--accept"]).status.success());
    assert_eq!(std::fs::read(&snapshot).unwrap(), kept);
    // What waits to be accepted is not for git.
    git(&shop, "init -q");
    std::fs::write(shop.join("snapshots/model.loop.snap.new"), "").unwrap();
    let mut status = Command::new("git");
    let status = status.args(["status", "--porcelain", "-uall"]).current_dir(&shop).output().unwrap();
    assert!(!said(&status).contains(".new") && said(&status).contains("snapshots/model.loop.snap"));
}

#[test]
fn nothing_is_overwritten() {
    let (folder, shop) = made();
    std::fs::write(shop.join("model.loop"), "mine").unwrap();
    let again = loopc(folder.path(), &["new", "shop"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("shop exists and is not empty"), "{}", said(&again));
    assert_eq!(std::fs::read_to_string(shop.join("model.loop")).unwrap(), "mine");
    std::fs::write(folder.path().join("file"), "mine").unwrap();
    assert_eq!(loopc(folder.path(), &["new", "file"]).status.code(), Some(2));
    assert_eq!(loopc(folder.path(), &["new", "file/below"]).status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(folder.path().join("file")).unwrap(), "mine");
    // An empty folder, and a repository without a file, are there to be filled.
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    git(&empty, "init -q");
    assert!(loopc(&empty, &["new", "."]).status.success());
    assert!(loopc(&empty, &["test", "--ci"]).status.success());
}

/// Where no file may be longer than 1,024 bytes, the first model cannot be written.
#[cfg(unix)]
#[test]
fn a_creation_that_fails_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    for target in ["a/b/shop", "empty"] {
        let script = format!("trap '' XFSZ; ulimit -f 1; exec loopc new {target}");
        let output = run(&script, folder.path());
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("cannot write"), "{}", said(&output));
    }
    assert!(!folder.path().join("a").exists());
    assert_eq!(std::fs::read_dir(folder.path().join("empty")).unwrap().count(), 0);
}
