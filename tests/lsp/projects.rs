//! Several files: models that use each other, tables, what is open and what lies on the disk.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::client::{Client, capabilities, uri};

struct Project {
    _folder: tempfile::TempDir,
    root: PathBuf,
}

impl Project {
    fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for (name, text) in files {
            std::fs::write(root.join(name), text).unwrap();
        }
        Self { _folder: folder, root }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }
}

const MAIN: &str = "use \"parts.loop\"\ncash flow pay: a -> b { cost: fee }\ncash flow back: b -> a { revenue: 3 CNY }\nloop l\n";
const PARTS: &str = "currency CNY\nparticipant a: business\nparticipant b: business\nparam fee = 2 CNY\n";

fn at(path: &Path, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": uri(path) }, "position": { "line": line, "character": character } })
}

fn codes(told: &[Value]) -> Vec<&str> {
    told.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[test]
fn a_part_is_looked_at_as_a_part() {
    let project = Project::of(&[("main.loop", MAIN), ("parts.loop", PARTS)]);
    let (mut client, _) = Client::begin(&project.root, &capabilities(true));
    let (main, parts) = (project.path("main.loop"), project.path("parts.loop"));
    client.open(&main, MAIN);
    assert!(client.diagnostics(&main, 1).is_empty());
    client.open(&parts, PARTS);
    assert!(client.diagnostics(&parts, 1).is_empty(), "what others use is of use");
    // From a use to the declaration in another file, and back to all places.
    let found = client.ask("textDocument/definition", at(&main, 1, 33));
    assert_eq!(
        (found["uri"].as_str(), &found["range"]["start"]["line"]),
        (Some(uri(&parts).as_str()), &json!(3))
    );
    let found = client.ask("textDocument/definition", at(&main, 0, 6));
    assert_eq!(found["uri"], uri(&parts));
    let mut params = at(&parts, 3, 6);
    params["context"] = json!({ "includeDeclaration": true });
    let all = client.ask("textDocument/references", params.clone());
    assert_eq!(all.as_array().unwrap().len(), 2);
    params["newName"] = json!("toll");
    let edit = client.ask("textDocument/rename", params);
    let changes = edit["changes"].as_object().unwrap();
    assert_eq!(changes.len(), 2);
    // Made in both files, the model is as good as before.
    let renamed = |text: &str| text.replace("fee", "toll");
    client.change(&parts, 2, json!([{ "text": renamed(PARTS) }]));
    let told = client.diagnostics(&parts, 2);
    assert!(told.is_empty(), "{told:?}");
    let told = client.until(|message| {
        message["params"]["uri"] == uri(&main)
            && message["params"]["diagnostics"].as_array().is_some_and(|all| !all.is_empty())
    });
    assert_eq!(codes(told["params"]["diagnostics"].as_array().unwrap()), ["L0201"]);
    client.change(&main, 2, json!([{ "text": renamed(MAIN) }]));
    assert!(client.diagnostics(&main, 2).is_empty());
    assert_eq!(client.end(), Some(0));
}

#[test]
fn what_is_open_wins_over_the_disk() {
    let project = Project::of(&[("main.loop", MAIN), ("parts.loop", "broken {")]);
    let (mut client, _) = Client::begin(&project.root, &capabilities(true));
    let (main, parts) = (project.path("main.loop"), project.path("parts.loop"));
    client.open(&main, MAIN);
    assert!(!client.diagnostics(&main, 1).is_empty());
    client.open(&parts, PARTS);
    let told = client.until(|message| {
        message["params"]["uri"] == uri(&main) && message["params"]["diagnostics"] == json!([])
    });
    assert_eq!(told["params"]["version"], 1);
    // Closed, it is what lies on the disk again, and that was mended there.
    std::fs::write(&parts, PARTS.replace("2 CNY", "1 day")).unwrap();
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&parts) } }));
    let told = client.until(|message| {
        message["params"]["uri"] == uri(&main)
            && message["params"]["diagnostics"].as_array().is_some_and(|all| !all.is_empty())
    });
    let told = told["params"]["diagnostics"].as_array().unwrap().clone();
    assert_eq!(codes(&told), ["L0302"]);
    let related = told[0]["relatedInformation"].as_array().unwrap();
    assert!(related.iter().any(|one| one["location"]["uri"] == uri(&parts)), "{related:?}");
    // A file that others changed is read again when the client tells.
    std::fs::write(&parts, PARTS).unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(&parts), "type": 2 }] }));
    client.until(|message| {
        message["params"]["uri"] == uri(&main) && message["params"]["diagnostics"] == json!([])
    });
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_table_belongs_to_its_model() {
    let model = "currency CNY\nimport flows from \"pay.csv\" {\n    medium: cash, name: id, from: payer, to: payee\n    role:   business\n    cost:   fee * CNY\n}\nloop l { minimize: cost / cost }\n";
    let table = "id,payer,payee,fee\none,x,y,1\ntwo,y,x,2\n";
    let project = Project::of(&[("m.loop", model), ("pay.csv", table)]);
    let (mut client, _) = Client::begin(&project.root, &capabilities(true));
    let path = project.path("m.loop");
    client.open(&path, model);
    assert!(client.diagnostics(&path, 1).is_empty());
    let found = client.ask("textDocument/completion", at(&path, 4, 12));
    let labels: Vec<&str> =
        found["items"].as_array().unwrap().iter().map(|one| one["label"].as_str().unwrap()).collect();
    assert!(labels.starts_with(&["fee"]), "{labels:?}");
    let links = client.ask("textDocument/documentLink", json!({ "textDocument": { "uri": uri(&path) } }));
    assert_eq!(links[0]["target"], uri(&project.path("pay.csv")));
    // A bad cell is told where the cell is, though the table is not open.
    std::fs::write(project.path("pay.csv"), table.replace("x,2", "x,two")).unwrap();
    client.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": uri(&project.path("pay.csv")), "type": 2 }] }),
    );
    let told = client.until(|message| message["params"]["uri"] == uri(&project.path("pay.csv")));
    let told = told["params"]["diagnostics"].as_array().unwrap().clone();
    assert_eq!((codes(&told), &told[0]["range"]["start"]["line"]), (vec!["L0906"], &json!(2)));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn symbols_are_found_in_the_whole_workspace() {
    let other = "currency CNY\nparam ferry = 2 CNY\nparticipant pier: business\n";
    let project = Project::of(&[("main.loop", MAIN), ("parts.loop", PARTS), ("other.loop", other)]);
    let (mut client, _) = Client::begin(&project.root, &capabilities(true));
    let main = project.path("main.loop");
    client.open(&main, &MAIN.replace("pay", "pfee"));
    let mut names: Vec<String> = Vec::new();
    // The folder is looked through beside the conversation.
    while names.len() < 3 {
        let found = client.ask("workspace/symbol", json!({ "query": "fe" }));
        let all = found.as_array().unwrap().iter();
        names = all.map(|one| one["name"].as_str().unwrap().to_owned()).collect();
    }
    assert_eq!(names, ["ferry", "fee", "pfee"]);
    // What is kept of a file is that of the file as it is: as it is typed, as others write it, told or not, and gone.
    let named = |client: &mut Client| {
        let found = client.ask("workspace/symbol", json!({ "query": "fe" }));
        let name = |one: &Value| one["name"].as_str().unwrap().to_owned();
        found.as_array().unwrap().iter().map(name).collect::<Vec<String>>()
    };
    client.change(&main, 2, json!([{ "text": MAIN.replace("pay", "feepay") }]));
    assert_eq!(named(&mut client), ["feepay", "ferry", "fee"]);
    let (other, parts) = (project.path("other.loop"), project.path("parts.loop"));
    std::fs::write(&other, "param few = 1\nparam ofes = 2\n").unwrap();
    assert_eq!(named(&mut client), ["feepay", "few", "fee", "ofes"]);
    std::fs::write(&other, "param fez = 1\nparam ofes = 2\n").unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(&other), "type": 2 }] }));
    assert_eq!(named(&mut client), ["feepay", "fez", "fee", "ofes"]);
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&main) } }));
    std::fs::remove_file(&parts).unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(&parts), "type": 3 }] }));
    assert_eq!(named(&mut client), ["fez", "ofes"]);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn what_solving_finds_comes_later() {
    let text = "currency CNY\nparticipant a: business\nparticipant b: business\ncash flow f: a -> b { cost: 2 CNY }\ncash flow g: b -> a { revenue: 3 CNY }\nloop l\nexpect l.ratio >= 2\n";
    let project = Project::of(&[("m.loop", text)]);
    let (mut client, _) = Client::begin(&project.root, &capabilities(true));
    let path = project.path("m.loop");
    client.open(&path, text);
    assert!(client.diagnostics(&path, 1).is_empty());
    let told = client.diagnostics(&path, 1);
    assert_eq!(codes(&told), ["L0421"]);
    assert_eq!(told[0]["range"]["start"]["line"], 6);
    // A change takes it back, until the new text is solved.
    client.change(&path, 2, json!([{ "text": text.replace("3 CNY", "4 CNY") }]));
    assert!(client.diagnostics(&path, 2).is_empty());
    let report = client.ask(
        "workspace/executeCommand",
        json!({ "command": "loopc.solve", "arguments": [uri(&path), "l", null] }),
    );
    assert!(report.as_str().unwrap().contains("revenue / cost = 2"), "{report}");
    assert_eq!(client.end(), Some(0));
}

#[test]
fn the_project_file_sets_levels_and_is_checked_itself() {
    let text = "currency CNY\nparam idle = 5\nparticipant a: business\nparticipant b: business\ncash flow f: a -> b { cost: 2 CNY }\ncash flow g: b -> a { revenue: 3 CNY }\nloop l\n";
    let project = Project::of(&[("m.loop", text), ("loop.toml", "[lints]\nL0502 = \"deny\"\n")]);
    let (mut client, _) = Client::begin(&project.root, &capabilities(true));
    let (path, file) = (project.path("m.loop"), project.path("loop.toml"));
    client.open(&path, text);
    let told = client.diagnostics(&path, 1);
    assert_eq!((codes(&told), &told[0]["severity"]), (vec!["L0502"], &json!(1)));
    std::fs::write(&file, "[lints]\nL0502 = \"allow\"\nlints = 5\n").unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(&file), "type": 2 }] }));
    let told = client.until(|message| message["params"]["uri"] == uri(&file));
    let told = told["params"]["diagnostics"].as_array().unwrap().clone();
    assert_eq!(told[0]["range"]["start"]["line"], 2, "{told:?}");
    client.until(|message| {
        message["params"]["uri"] == uri(&path) && message["params"]["diagnostics"] == json!([])
    });
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_lint_in_a_used_file_is_allowed_there() {
    let parts = format!("{PARTS}cash flow free: a -> b\n");
    let main = MAIN.replace("loop l\n", "closure all\n");
    let project = Project::of(&[("main.loop", &main), ("parts.loop", &parts)]);
    let (mut client, _) = Client::begin(&project.root, &capabilities(true));
    let (main_path, path) = (project.path("main.loop"), project.path("parts.loop"));
    client.open(&main_path, &main);
    assert!(client.diagnostics(&main_path, 1).is_empty());
    client.open(&path, &parts);
    assert_eq!(codes(&client.diagnostics(&path, 1)), ["L0503"]);
    let mut params = at(&path, 4, 12);
    params["range"] = json!({ "start": params["position"], "end": params["position"] });
    params["context"] = json!({ "diagnostics": [] });
    let answer = client.ask("textDocument/codeAction", params);
    let allow = answer.as_array().unwrap().iter().find(|one| one["title"] == "allow L0503 here").unwrap();
    let edits = &allow["edit"]["changes"];
    assert_eq!(edits.as_object().unwrap().len(), 1);
    assert_eq!(edits[uri(&path)][0]["newText"], "// loopc: allow L0503\n");
    assert_eq!(edits[uri(&path)][0]["range"]["start"], json!({ "line": 4, "character": 0 }));
    client.change(
        &path,
        2,
        json!([{ "text": parts.replace("cash flow", "// loopc: allow L0503\ncash flow") }]),
    );
    assert!(client.diagnostics(&path, 2).is_empty());
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_part_that_its_model_cannot_have_stands_for_itself() {
    let project = Project::of(&[("part.loop", PARTS)]);
    // Outside the fence of the folder that it is used from.
    std::fs::create_dir(project.path("sub")).unwrap();
    std::fs::write(project.path("sub/m.loop"), "use \"../part.loop\"\nloop l\n").unwrap();
    let (mut client, _) = Client::begin(&project.root, &capabilities(true));
    let part = project.path("part.loop");
    let broken = format!("{PARTS}participant a: business\n");
    client.open(&part, &broken);
    let told = client.until(|message| {
        message["params"]["uri"] == uri(&part)
            && message["params"]["diagnostics"].as_array().is_some_and(|all| !all.is_empty())
    });
    assert!(codes(told["params"]["diagnostics"].as_array().unwrap()).contains(&"L0206"), "{told}");
    client.change(&part, 2, json!([{ "text": PARTS }]));
    // Once the folder was looked through it is asked of the model, and then of itself again.
    client.until(|message| {
        message["params"]["uri"] == uri(&part) && message["params"]["diagnostics"] == json!([])
    });
    let found = client.ask("textDocument/hover", at(&part, 3, 7));
    assert!(found["contents"]["value"].as_str().unwrap().contains("2 CNY"));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn what_cannot_be_renamed_everywhere_is_not_renamed() {
    let table = "id,payer,payee,price\none,a,y,1\ntwo,y,a,2\n";
    let import = "import flows from \"pay.csv\" { medium: cash, name: id, from: payer, to: payee, role: business, cost: price * CNY }\n";
    let twice =
        "scenario s {\n    remove only\n    participant only: business\n}\nparticipant only: business\n";
    let main = format!(
        "use \"parts.loop\"\n{import}{twice}cash flow back: b -> a {{ revenue: fee, tags: red }}\nloop l\n"
    );
    let project = Project::of(&[("main.loop", &main), ("parts.loop", PARTS), ("pay.csv", table)]);
    let (mut client, _) = Client::begin(&project.root, &capabilities(true));
    let (path, parts) = (project.path("main.loop"), project.path("parts.loop"));
    client.open(&path, &main);
    client.open(&parts, PARTS);
    drop(client.diagnostics(&path, 1));
    let mut refused = |file: &Path, line: u32, character: u32, new: &str| -> String {
        let mut params = at(file, line, character);
        params["newName"] = json!(new);
        let id = client.request("textDocument/rename", params);
        client.answer(id)["error"]["message"].as_str().unwrap_or("renamed").to_owned()
    };
    assert_eq!(refused(&parts, 1, 12, "shop"), "rows of a table name it");
    assert_eq!(refused(&path, 6, 12, "one_more"), "`only` is declared in several places");
    assert_eq!(refused(&parts, 3, 6, "amount"), "`amount` is a word of keys and objectives");
    assert_eq!(refused(&parts, 2, 12, "red"), "`red` is the name of a tag already");
    assert_eq!(refused(&parts, 3, 6, "toll"), "renamed");
    // Another model of the workspace uses the part as well.
    std::fs::write(project.path("other.loop"), "use \"parts.loop\"\nloop l\n").unwrap();
    let told = json!({ "changes": [{ "uri": uri(&project.path("other.loop")), "type": 1 }] });
    client.tell("workspace/didChangeWatchedFiles", told);
    let mut params = at(&parts, 3, 6);
    params["newName"] = json!("toll");
    let id = client.request("textDocument/rename", params);
    let why = client.answer(id)["error"]["message"].as_str().unwrap().to_owned();
    assert_eq!(why, "another model uses the file where it is declared: other.loop");
    assert_eq!(client.end(), Some(0));
}

#[test]
fn names_behind_thousands_are_offered_by_their_letters() {
    let mut text = String::from("currency CNY\n");
    for place in 0..6_000 {
        text.push_str(&format!("participant p{place}: business\n"));
    }
    text.push_str("cash flow f: p1 -> p599");
    let project = Project::of(&[]);
    let (mut client, _) = Client::begin(&project.root, &capabilities(true));
    let path = project.path("m.loop");
    client.open(&path, &text);
    let found = client.ask("textDocument/completion", at(&path, 6_001, 23));
    let labels: Vec<&str> =
        found["items"].as_array().unwrap().iter().map(|one| one["label"].as_str().unwrap()).collect();
    assert_eq!(labels.len(), 11, "{labels:?}");
    assert_eq!((labels[0], labels[10]), ("p599", "p5999"));
    // Thousands of edits of one change, from the end: as a renaming makes them.
    let edits: Vec<Value> = (1..=6_000)
        .rev()
        .map(|line| {
            let place = json!({ "line": line, "character": 12 });
            json!({ "range": { "start": place, "end": place }, "text": "q" })
        })
        .collect();
    client.change(&path, 2, json!(edits));
    let found = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri(&path) } }));
    assert_eq!(found[1]["name"], "qp0");
    assert_eq!(found[6_000]["name"], "qp5999");
    assert_eq!(client.end(), Some(0));
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_keeps_nobody_waiting() {
    let project = Project::of(&[("parts.loop", PARTS)]);
    let made = std::process::Command::new("mkfifo").arg(project.path("pipe.loop")).status();
    assert!(made.is_ok_and(|status| status.success()));
    std::os::unix::fs::symlink(&project.root, project.path("round")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", project.path("zero.loop")).unwrap();
    let (mut client, _) = Client::begin(&project.root, &capabilities(true));
    let parts = project.path("parts.loop");
    client.open(&parts, PARTS);
    let changes = json!({ "changes": [{ "uri": uri(&project.path("pipe.loop")), "type": 1 }] });
    client.tell("workspace/didChangeWatchedFiles", changes);
    let mut names: Vec<String> = Vec::new();
    while names.is_empty() {
        let found = client.ask("workspace/symbol", json!({ "query": "fee" }));
        names =
            found.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
    }
    assert_eq!(names, ["fee"]);
    assert_eq!(client.end(), Some(0));
}
