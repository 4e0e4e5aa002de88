//! How long an editor waits: from a keystroke to its diagnostics, and for completions; and whether memory stays as it is
//! over thousands of edits. The language server runs as a process, as it does behind an editor.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    dead_code,
    reason = "a bench measures and prints"
)]

#[path = "../lsp/client.rs"]
mod client;
mod models;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use client::{Client, capabilities, uri};
use serde_json::json;

/// What was measured of one text, in milliseconds.
struct Waits {
    diagnostics: Vec<f64>,
    completion: Vec<f64>,
}

fn at(mut all: Vec<f64>, share: f64) -> f64 {
    all.sort_by(f64::total_cmp);
    all[((all.len() - 1) as f64 * share) as usize]
}

/// Where something may be typed into a flow in the middle of a text, and what: into its name, its first number, and a
/// comment behind its line.
fn places(text: &str) -> [(usize, usize, &'static str); 3] {
    let lines: Vec<&str> = text.lines().collect();
    let flow = (lines.len() / 2..lines.len()).find(|line| lines[*line].contains("flow ")).unwrap();
    let name = lines[flow].find("flow ").unwrap() + 5;
    let cost = (flow..lines.len()).find(|line| lines[*line].contains("cost: ")).unwrap();
    let digit = lines[cost].split_once("cost: ").unwrap().1.find(|letter: char| letter.is_ascii_digit());
    let digit = lines[cost].find("cost: ").unwrap() + 6 + digit.unwrap_or(0);
    [(flow, name, "x"), (cost, digit, "1"), (flow, lines[flow].len(), " // as agreed")]
}

/// Something typed into each of these places by turns, and taken back again.
fn typed(
    client: &mut Client,
    path: &Path,
    (text, edits): (&str, usize),
    seen: &mut dyn FnMut(usize),
) -> Waits {
    let places = places(text);
    let mut waits = Waits { diagnostics: Vec::new(), completion: Vec::new() };
    for edit in 0..edits {
        let version = i64::try_from(edit).unwrap() + 2;
        let (middle, column, typed) = places[edit / 2 % places.len()];
        let (end, new) = if edit % 2 == 0 { (column, typed) } else { (column + typed.len(), "") };
        let range = json!({
            "start": { "line": middle, "character": column },
            "end": { "line": middle, "character": end },
        });
        let begun = Instant::now();
        client.change(path, version, json!([{ "range": range, "text": new }]));
        drop(client.diagnostics(path, version));
        waits.diagnostics.push(begun.elapsed().as_secs_f64() * 1e3);
        let place = json!({ "line": middle, "character": column });
        let begun = Instant::now();
        drop(client.ask(
            "textDocument/completion",
            json!({ "textDocument": { "uri": uri(path) }, "position": place }),
        ));
        waits.completion.push(begun.elapsed().as_secs_f64() * 1e3);
        client.notes.clear();
        seen(edit);
    }
    waits
}

/// A model of so many flows among a fifth as many participants, a line each, with numbers and nothing else.
fn plain(flows: usize) -> String {
    let parties = (flows / 5).max(3);
    let mut text = String::from("currency CNY\n\n");
    for number in 0..parties {
        let _ = writeln!(text, "participant p{number}: business");
    }
    text.push('\n');
    for number in 0..flows {
        let tail = number % parties;
        // A ring first, then chords.
        let head = (tail + 1 + number / parties * 7) % parties;
        let _ = writeln!(
            text,
            "cash flow f{number}: p{tail} -> p{head} {{ cost: {}.{:02} CNY, revenue: {}.{:02} CNY }}",
            number * 7 % 10,
            number * 31 % 100,
            number * 3 % 10,
            number * 17 % 100
        );
    }
    text.push_str("\nloop best { maximize: revenue / cost }\n");
    text
}

/// The memory that a process holds, in MB, where the system tells.
fn held(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").trim().parse::<f64>().ok()? / 1e3)
}

fn main() {
    let folder = std::env::temp_dir().join("loopc-bench-editor");
    std::fs::create_dir_all(&folder).unwrap();
    let folder = folder.canonicalize().unwrap();
    let path = folder.join("model.loop");
    println!(
        "{:>8} {:>7}  {:>24}  {:>24}",
        "flows", "MB", "diagnostics ms p50, p95", "completion ms p50, p95"
    );
    let texts =
        [(100, 204), (1_000, 204), (10_000, 102)].map(|(flows, edits)| (flows, edits, models::model(flows)));
    let plain = (10_000, 102, plain(10_000));
    for (flows, edits, text) in texts.into_iter().chain([plain]) {
        let (mut client, _) = Client::begin(&folder, &capabilities(true));
        client.open(&path, &text);
        drop(client.diagnostics(&path, 1));
        let waits = typed(&mut client, &path, (&text, edits), &mut |_| {});
        println!(
            "{flows:>8} {:>7.2}  {:>12.1} {:>11.1}  {:>12.1} {:>11.1}",
            text.len() as f64 / 1e6,
            at(waits.diagnostics.clone(), 0.5),
            at(waits.diagnostics, 0.95),
            at(waits.completion.clone(), 0.5),
            at(waits.completion, 0.95),
        );
        assert_eq!(client.end(), Some(0));
    }
    let text = models::model(1_000);
    let (mut client, _) = Client::begin(&folder, &capabilities(true));
    client.open(&path, &text);
    drop(client.diagnostics(&path, 1));
    let process = client.process();
    let mut seen = Vec::new();
    drop(typed(&mut client, &path, (&text, 10_000), &mut |edit| {
        if edit % 1_000 == 999 {
            seen.extend(held(process));
        }
    }));
    let seen: Vec<String> = seen.iter().map(|held| format!("{held:.0}")).collect();
    println!("MB held after each 1,000 of 10,000 edits in 1,000 flows: {}", seen.join(" "));
    assert_eq!(client.end(), Some(0));
}
