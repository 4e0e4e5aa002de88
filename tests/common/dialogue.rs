//! A conversation with the language server, made of any bytes: texts are edited, opened and closed, a table changes on
//! the disk, settings change, and whatever can be asked is asked anywhere. No fault of the server shows, and in the
//! end its diagnostics are those of a fresh look at the same texts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use loopc::diagnostic::{Diagnostic, Level, Levels, Severity};
use loopc::pipeline::{Opened, Options, States, compile_each, reports};
use loopc::source::{Disk, SourceFile, Sources};
use lsp_server::{Connection, Message, Notification, Request, RequestId};
use serde_json::{Value, json};

/// Far longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A wrong answer that is wrong for so long stays so.
const SETTLING: Duration = Duration::from_secs(10);

/// More than this of one conversation shows nothing new.
const MOST_STEPS: usize = 60;

const MAIN: &str = "use \"parts.loop\"
import flows from \"pay.csv\" {
    medium: cash, name: id, from: payer, to: payee
    cost:   fee * CNY
}
cash flow back: b -> a { revenue: gain, capacity: 10 turn/year }
information flow ask: a -> b -> a { each hop: { cost: 1 CNY } }
param spare = 1
loop l { top: 2 }
plan p { period: year, maximize: profit }
expect l.ratio >= 5 and p.profit > 0 CNY/year
scenario s {
    change back { revenue: 2 CNY }
    expect l.ratio < 1
}
";

const PARTS: &str = "currency CNY
participant a: business \"商𝄞\"
participant b: business
participant idle: business
param gain = 3 * 2 CNY // 商𝄞
";

const TABLES: [&str; 4] = [
    "id,payer,payee,fee\none,a,b,1\ntwo,a,b,2\n",
    "id,payer,payee,fee\r\none,a,b,1.5\r\nthree,a,b,1\r\n",
    "id,payer,payee,fee\none,a,b,1\ntwo,a,c,2\n",
    "id,payer,payee\none,a,b\n",
];

/// What makes other models of the texts above that are models still, good ones and bad ones.
const TURNS: [(&str, &str); 12] = [
    ("", ""),
    ("3 * 2 CNY", "4 * 2 CNY"),
    ("top: 2", "top: 1"),
    (">= 5", ">= 50"),
    ("revenue: 2 CNY", "revenue: 90 CNY"),
    ("loop l ", "loop l \"L\" "),
    ("plan p", "plan q"),
    ("scenario s", "scenario t"),
    ("parts.loop", "nowhere.loop"),
    ("capacity: 10", "capacity: 2"),
    ("participant idle: business\n", ""),
    ("cost: 1 CNY", "cost: gian"),
];

const PIECES: [&str; 32] = [
    "",
    "",
    "",
    "",
    " ",
    "\n",
    "\r\n",
    "{",
    "}",
    "(",
    "\"",
    "'",
    "// ",
    "->",
    "5%",
    "商",
    "𝄞",
    "x",
    "2",
    "gain",
    "l.value",
    "cost: 5 CNY\n",
    "param gain = 1\n",
    "participant zz: business\n",
    "cash flow nn: a -> b\n",
    "loop l2\n",
    "scenario q { set gain = 1 CNY }\n",
    "expect 1 < 2\n",
    "use \"parts.loop\"\n",
    "import flows from \"pay.csv\" {\n",
    "// loopc: allow L0502\n",
    "remove back\n",
];

const CELLS: [&str; 10] = ["", "", ",", "\n", "\r\n", "\"", "three,b,a,1\n", "x", "-1", "商"];

/// All that is asked about a place of a text.
pub const ASKED: [&str; 19] = [
    "completion",
    "hover",
    "definition",
    "references",
    "documentHighlight",
    "prepareRename",
    "rename",
    "documentSymbol",
    "foldingRange",
    "selectionRange",
    "semanticTokens/full",
    "signatureHelp",
    "inlayHint",
    "codeLens",
    "codeAction",
    "formatting",
    "rangeFormatting",
    "onTypeFormatting",
    "documentLink",
];

/// What is told: of which file, where, with which weight, and in which words.
type Fault = (PathBuf, [u64; 4], u64, String, String);

/// Choices, one after the other; the last of them is made again and again.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn below(&mut self, count: usize) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        let high = if count > 256 { rest.first().map_or(0, |byte| usize::from(*byte)) << 8 } else { 0 };
        (usize::from(*first) + high) % count.max(1)
    }

    /// A range of a text, on borders of characters, and not inside a line break.
    fn range(&mut self, text: &str) -> (usize, usize) {
        let splits = |at: &usize| text[..*at].ends_with('\r') && text[*at..].starts_with('\n');
        let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let places: Vec<usize> = places.filter(|at| !splits(at)).collect();
        let from = self.below(places.len());
        let length = if self.below(4) == 0 { self.below(40) } else { self.below(3) };
        (places[from], places[(from + length).min(places.len() - 1)])
    }
}

struct Dialogue {
    root: PathBuf,
    client: Connection,
    utf8: bool,
    /// The texts that are open, and in which version.
    open: BTreeMap<PathBuf, String>,
    version: i32,
    levels: Levels,
    asked: i32,
    waiting: BTreeSet<RequestId>,
    told: BTreeMap<PathBuf, Vec<Value>>,
    seen: BTreeMap<PathBuf, i64>,
}

/// Holds the conversation that bytes say.
pub fn holds(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let (utf8, solves) = (choices.below(2) == 0, choices.below(3) == 0);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for (name, text) in
        [("main.loop", MAIN), ("parts.loop", PARTS), ("pay.csv", TABLES[0]), ("loop.toml", "")]
    {
        std::fs::write(root.join(name), text).unwrap();
    }
    let (server, client) = Connection::memory();
    let running = std::thread::spawn(move || loopc::lsp::serve(server, None));
    let mut dialogue = Dialogue {
        root,
        client,
        utf8,
        open: BTreeMap::new(),
        version: 0,
        levels: Levels::default(),
        asked: 0,
        waiting: BTreeSet::new(),
        told: BTreeMap::new(),
        seen: BTreeMap::new(),
    };
    dialogue.begin(solves);
    let mut steps = 0;
    while !choices.0.is_empty() && steps < MOST_STEPS {
        dialogue.step(&mut choices);
        steps += 1;
    }
    // Half of the time it ends with models: of a broken text little is looked at.
    if steps % 2 == 0 {
        let paths = ["main.loop", "parts.loop"].map(|name| dialogue.path(name));
        for (path, text) in paths.iter().zip([MAIN, PARTS]) {
            if dialogue.open.contains_key(path) {
                dialogue.turn(path, text, &mut choices);
            }
        }
    }
    dialogue.settle(solves);
    dialogue.ask("shutdown", Value::Null);
    dialogue.answers();
    dialogue.tell("exit", Value::Null);
    assert!(running.join().unwrap().is_ok());
}

impl Dialogue {
    fn begin(&mut self, solves: bool) {
        let encodings: &[&str] = if self.utf8 { &["utf-8"] } else { &[] };
        let capabilities = json!({ "general": { "positionEncodings": encodings } });
        let options = json!({ "background": solves, "pause": 0 });
        self.ask("initialize", json!({ "capabilities": capabilities, "initializationOptions": options }));
        self.answers();
        self.tell("initialized", json!({}));
        self.open("main.loop");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    fn tell(&self, method: &str, params: Value) {
        self.client.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
    }

    fn ask(&mut self, method: &str, params: Value) -> RequestId {
        self.asked += 1;
        let id = RequestId::from(self.asked);
        self.waiting.insert(id.clone());
        self.client.sender.send(Request::new(id.clone(), method.to_owned(), params).into()).unwrap();
        id
    }

    /// Hears one message; the result of a request, where it is one.
    fn hear(&mut self) -> Option<(RequestId, Value)> {
        let message = self.client.receiver.recv_timeout(PATIENCE).expect("the server says something");
        self.take(message)
    }

    fn take(&mut self, message: Message) -> Option<(RequestId, Value)> {
        match message {
            Message::Notification(note) if note.method == "textDocument/publishDiagnostics" => {
                let path = file(note.params["uri"].as_str().unwrap());
                if let Some(version) = note.params["version"].as_i64() {
                    self.seen.insert(path.clone(), version);
                }
                self.told.insert(path, note.params["diagnostics"].as_array().unwrap().clone());
                None
            }
            Message::Response(answer) => {
                assert!(self.waiting.remove(&answer.id), "answered twice");
                match answer.response_result {
                    Ok(result) => Some((answer.id, result)),
                    // Refused, or taken back; anything else is a fault of the server, or of what was asked.
                    Err(error) => {
                        assert!(matches!(error.code, -32800 | -32803), "{error:?}");
                        Some((answer.id, Value::Null))
                    }
                }
            }
            Message::Notification(note) => panic!("nobody waits for {note:?}"),
            Message::Request(request) => panic!("nobody can answer {request:?}"),
        }
    }

    fn answers(&mut self) {
        while !self.waiting.is_empty() {
            self.hear();
        }
    }

    fn open(&mut self, name: &str) {
        let path = self.path(name);
        let text = std::fs::read_to_string(&path).unwrap();
        self.version += 1;
        let document =
            json!({ "uri": uri(&path), "languageId": "loop", "version": self.version, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        self.open.insert(path, text);
    }

    fn step(&mut self, choices: &mut Choices<'_>) {
        let (main, parts, table) = (self.path("main.loop"), self.path("parts.loop"), self.path("pay.csv"));
        let is_open = self.open.contains_key(&parts);
        match choices.below(18) {
            0..=3 => self.edit(&main, choices),
            4 if is_open => self.edit(&parts, choices),
            5 if is_open => {
                self.open.remove(&parts);
                self.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&parts) } }));
            }
            4 | 5 => self.open("parts.loop"),
            6 if is_open => self.turn(&parts, PARTS, choices),
            6 => self.write(&parts, choices),
            7 | 8 => self.write(&table, choices),
            9..=11 => self.turn(&main, MAIN, choices),
            12 => self.weigh(choices),
            13 => {
                let last = self.asked;
                self.tell("$/cancelRequest", json!({ "id": last }));
            }
            14 => self.quiet(),
            _ => self.question(choices),
        }
    }

    /// Puts a text in the place of one that is open: a model, be it good or bad.
    fn turn(&mut self, path: &Path, text: &str, choices: &mut Choices<'_>) {
        let text = turned(text, choices);
        self.change(path, json!([{ "text": text }]));
        self.open.insert(path.to_path_buf(), text);
    }

    fn edit(&mut self, path: &Path, choices: &mut Choices<'_>) {
        let mut changes = Vec::new();
        for _ in 0..=choices.below(3) {
            let text = self.open[path].clone();
            let (start, end) = choices.range(&text);
            let piece = PIECES[choices.below(PIECES.len())];
            let range = json!({ "start": self.place(&text, start), "end": self.place(&text, end) });
            changes.push(json!({ "range": range, "text": piece }));
            self.open.get_mut(path).unwrap().replace_range(start..end, piece);
        }
        self.change(path, json!(changes));
    }

    fn change(&mut self, path: &Path, changes: Value) {
        self.version += 1;
        let document = json!({ "uri": uri(path), "version": self.version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Changes a file on the disk, or takes it away, and tells of it.
    fn write(&mut self, path: &Path, choices: &mut Choices<'_>) {
        let is_table = path.ends_with("pay.csv");
        let mut text = std::fs::read_to_string(path).unwrap_or_default();
        let kind = match choices.below(if is_table { 6 } else { 4 }) {
            0 | 1 => {
                let (start, end) = choices.range(&text);
                let piece = if is_table {
                    CELLS[choices.below(CELLS.len())]
                } else {
                    PIECES[choices.below(PIECES.len())]
                };
                text.replace_range(start..end, piece);
                2
            }
            5 => 3,
            _ if is_table => {
                text = TABLES[choices.below(TABLES.len())].to_owned();
                2
            }
            _ => {
                text = turned(PARTS, choices);
                2
            }
        };
        if kind == 3 {
            drop(std::fs::remove_file(path));
        } else {
            std::fs::write(path, text).unwrap();
        }
        let changes = json!({ "changes": [{ "uri": uri(path), "type": kind }] });
        self.tell("workspace/didChangeWatchedFiles", changes);
    }

    fn weigh(&mut self, choices: &mut Choices<'_>) {
        let level = Level::ALL[choices.below(3)];
        let code = ["L0501", "L0502", "L0503"][choices.below(3)];
        self.levels = Levels::default();
        self.levels.set(loopc::diagnostic::lint(code).unwrap(), level);
        let lints = json!({ "lints": { code: level.word() } });
        self.tell("workspace/didChangeConfiguration", json!({ "settings": { "loopc": lints } }));
    }

    fn question(&mut self, choices: &mut Choices<'_>) {
        let files: Vec<&PathBuf> = self.open.keys().collect();
        let path = files[choices.below(files.len())].clone();
        let text = &self.open[&path];
        let (start, end) = choices.range(text);
        let range = json!({ "start": self.place(text, start), "end": self.place(text, end) });
        if choices.below(12) == 0 {
            self.ask("workspace/symbol", json!({ "query": PIECES[choices.below(PIECES.len())] }));
            return;
        }
        let method = ASKED[choices.below(ASKED.len())];
        let params = json!({
            "textDocument": { "uri": uri(&path) }, "position": range["start"], "positions": [range["end"]],
            "newName": PIECES[choices.below(PIECES.len())], "range": range, "ch": "}",
            "context": { "includeDeclaration": true, "diagnostics": [], "triggerKind": 1, "isRetrigger": false },
            "options": { "tabSize": 4, "insertSpaces": true },
        });
        self.ask(&format!("textDocument/{method}"), params);
    }

    /// Waits until all is answered, and diagnostics of all texts as they are have come.
    fn quiet(&mut self) {
        let paths: Vec<PathBuf> = self.open.keys().cloned().collect();
        let mut wanted = Vec::new();
        for path in paths {
            self.change(&path, json!([]));
            wanted.push((path, i64::from(self.version)));
        }
        while wanted.iter().any(|(path, version)| self.seen.get(path) != Some(version)) {
            self.hear();
        }
        // What was told with them was told before this is answered.
        self.ask("workspace/symbol", json!({ "query": "" }));
        self.answers();
    }

    /// Waits until what is told is what a fresh look finds; how it differs, where it never is.
    fn settle(&mut self, solves: bool) {
        self.answers();
        let (wanted, begun) = (self.wanted(solves), Instant::now());
        while self.found() != wanted && begun.elapsed() < SETTLING {
            if let Ok(message) = self.client.receiver.recv_timeout(Duration::from_millis(50)) {
                self.take(message);
            }
        }
        assert_eq!(self.found(), wanted, "{:#?}", self.open);
    }

    /// Lines and units before a byte, as the editor counts.
    fn place(&self, text: &str, at: usize) -> Value {
        let [line, column] = place(text, at, self.utf8);
        json!({ "line": line, "character": column })
    }

    /// What the server told.
    fn found(&self) -> BTreeSet<Fault> {
        let mut all = BTreeSet::new();
        for (path, told) in &self.told {
            for one in told {
                let at = |end: &str, key: &str| one["range"][end][key].as_u64().unwrap();
                let range = [
                    at("start", "line"),
                    at("start", "character"),
                    at("end", "line"),
                    at("end", "character"),
                ];
                let (code, words) = (one["code"].as_str().unwrap(), one["message"].as_str().unwrap());
                let weight = one["severity"].as_u64().unwrap();
                all.insert((path.clone(), range, weight, code.to_owned(), words.to_owned()));
            }
        }
        all
    }

    /// What a fresh look finds: at the model, and at each text that is open and no part of it.
    fn wanted(&self, solves: bool) -> BTreeSet<Fault> {
        for (path, text) in &self.open {
            std::fs::write(path, text).unwrap();
        }
        let mut all = BTreeSet::new();
        let parts = self.look(&self.path("main.loop"), solves, &mut all);
        for path in self.open.keys().filter(|path| !parts.contains(*path)) {
            self.look(path, solves, &mut all);
        }
        all
    }

    /// The files of a model; what is at fault in them is added.
    fn look(&self, path: &Path, solves: bool, all: &mut BTreeSet<Fault>) -> BTreeSet<PathBuf> {
        let source =
            || SourceFile::from_bytes(path.to_string_lossy().into_owned(), std::fs::read(path).unwrap());
        let options = || Options { levels: self.levels.clone(), ..Options::default() };
        let mut states =
            compile_each((path.to_path_buf(), source()), (options(), &States::All), &Disk).unwrap();
        states.iter_mut().for_each(loopc::pipeline::Compilation::examine);
        let mut found: Vec<Diagnostic> = reports(&states).into_iter().flatten().collect();
        if solves {
            let opened = Opened::new(
                (path.to_path_buf(), source()),
                options(),
                (&Disk, std::collections::BTreeMap::new()),
            );
            let examined = opened.examine();
            let opened = opened.examined(examined);
            found = opened.diagnostics(opened.solve().as_ref());
        }
        let sources = &states[0].sources;
        all.extend(found.iter().filter_map(|one| self.fault(one, sources)));
        sources.iter().map(|(_, file)| PathBuf::from(&file.path)).collect()
    }

    fn fault(&self, one: &Diagnostic, sources: &Sources) -> Option<Fault> {
        let label = one.labels.first()?;
        let file = sources.file(label.span.file);
        let [[line, column], [last, end]] =
            [label.span.start, label.span.end].map(|at| place(&file.text, at as usize, self.utf8));
        let mut words = one.message.clone();
        if !label.text.is_empty() {
            words.push_str(&format!(": {}", label.text));
        }
        one.help.iter().for_each(|help| words.push_str(&format!("\nhelp: {help}")));
        let weight = if one.severity == Severity::Error { 1 } else { 2 };
        let path = PathBuf::from(&file.path);
        Some((path, [line, column, last, end], weight, one.code.name().to_owned(), words))
    }
}

/// A text with some of its parts in other words.
fn turned(text: &str, choices: &mut Choices<'_>) -> String {
    let mut text = text.to_owned();
    for _ in 0..choices.below(3) {
        let (old, new) = TURNS[choices.below(TURNS.len())];
        text = text.replacen(old, new, 1);
    }
    text
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.to_str().unwrap())
}

fn file(uri: &str) -> PathBuf {
    PathBuf::from(uri.strip_prefix("file://").unwrap())
}

/// Lines before a byte, and bytes or units of UTF-16 between the last of them and it.
fn place(text: &str, at: usize, utf8: bool) -> [u64; 2] {
    let (mut line, mut start) = (0, 0);
    for (place, byte) in text.as_bytes()[..at].iter().enumerate() {
        let pair = *byte == b'\r' && text.as_bytes().get(place + 1) == Some(&b'\n');
        if *byte == b'\n' || *byte == b'\r' && !pair {
            line += 1;
            start = place + 1;
        }
    }
    let before = text[start..at].trim_end_matches('\r');
    let column = if utf8 { before.len() } else { before.chars().map(char::len_utf16).sum() };
    [line, column as u64]
}
