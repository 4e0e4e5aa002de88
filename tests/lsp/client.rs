//! A client that speaks with the real program.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Far longer than anything takes, on a machine that does other things as well.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    process: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What came and was not asked for.
    pub notes: Vec<Value>,
    asked: i64,
}

pub fn uri(path: &Path) -> String {
    format!("file://{}", path.to_str().unwrap())
}

/// What a client says that it can, with places in bytes, or in units of UTF-16.
pub fn capabilities(utf8: bool) -> Value {
    let encodings: &[&str] = if utf8 { &["utf-8", "utf-16"] } else { &[] };
    json!({
        "general": { "positionEncodings": encodings },
        "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } },
    })
}

impl Client {
    pub fn begin(folder: &Path, capabilities: &Value) -> (Self, Value) {
        Self::begin_with(folder, capabilities, &Value::Null)
    }

    /// The same, with options of loopc's own.
    pub fn begin_with(folder: &Path, capabilities: &Value, options: &Value) -> (Self, Value) {
        let mut process = Command::new(env!("CARGO_BIN_EXE_loopc"))
            .arg("lsp")
            // Nothing is left among what belongs to whoever runs this.
            .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
            .env("HOME", env!("CARGO_TARGET_TMPDIR"))
            .env("LOCALAPPDATA", env!("CARGO_TARGET_TMPDIR"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, messages) = channel();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        std::thread::spawn(move || {
            loop {
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    if output.read_line(&mut line).unwrap_or(0) == 0 {
                        return;
                    }
                    if line == "\r\n" {
                        break;
                    }
                    if let Some(count) = line.strip_prefix("Content-Length: ") {
                        length = count.trim().parse().unwrap();
                    }
                }
                let mut body = vec![0; length];
                output.read_exact(&mut body).unwrap();
                if sender.send(serde_json::from_slice(&body).unwrap()).is_err() {
                    return;
                }
            }
        });
        let input = process.stdin.take();
        let mut client = Self { process, input, messages, notes: Vec::new(), asked: 0 };
        let folders = json!([{ "uri": uri(folder), "name": "models" }]);
        let begun = client.ask(
            "initialize",
            json!({ "processId": null, "rootUri": null, "workspaceFolders": folders, "capabilities": capabilities, "initializationOptions": options }),
        );
        client.tell("initialized", json!({}));
        (client, begun)
    }

    /// The number of the process.
    #[allow(dead_code, reason = "benches look at it")]
    pub fn process(&self) -> u32 {
        self.process.id()
    }

    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request without waiting; its number.
    pub fn request(&mut self, method: &str, params: Value) -> i64 {
        self.asked += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.asked, "method": method, "params": params }));
        self.asked
    }

    /// The whole answer to a request.
    pub fn answer(&mut self, id: i64) -> Value {
        self.until(|message| message.get("method").is_none() && message["id"] == id)
    }

    /// The result of a request, which must have one.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The first message that came or comes and is what is waited for.
    pub fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(place) = self.notes.iter().position(&wanted) {
            return self.notes.remove(place);
        }
        let begun = Instant::now();
        loop {
            let left = PATIENCE.checked_sub(begun.elapsed()).expect("nothing came that was waited for");
            let message = self.messages.recv_timeout(left).expect("the server answers");
            if wanted(&message) {
                return message;
            }
            self.notes.push(message);
        }
    }

    pub fn open(&mut self, path: &Path, text: &str) {
        let document = json!({ "uri": uri(path), "languageId": "loop", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn change(&mut self, path: &Path, version: i64, changes: Value) {
        let document = json!({ "uri": uri(path), "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// The diagnostics that are told first of a version of a file.
    pub fn diagnostics(&mut self, path: &Path, version: i64) -> Vec<Value> {
        let uri = uri(path);
        let told = self.until(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && message["params"]["version"] == version
        });
        told["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// Ends the conversation as one should; how the program ended.
    pub fn end(mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        self.over()
    }

    /// Hangs up without a word; how the program ended.
    pub fn hang_up(mut self) -> Option<i32> {
        drop(self.input.take());
        self.over()
    }

    fn over(&mut self) -> Option<i32> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("the server goes on without a client");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
