//! What a person may set in an editor: what a project file says as well, and what only editors show.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::diagnostic::{Level, lint, nearest};
use crate::project::Manifest;
use crate::report::Digits;
use crate::solve::{Choice, Engine};

/// Under this name editors keep the settings of loopc.
pub(super) const SECTION: &str = "loopc";

/// The settings.
const KEYS: [&str; 8] = ["lints", "solver", "engine", "digits", "background", "pause", "hints", "lenses"];

/// What stands beside them, and is for the client alone.
const OF_CLIENTS: [&str; 2] = ["path", "trace"];

/// The words between words that can be left out.
const HINTS: [&str; 3] = ["hops", "values", "volumes"];

/// Nobody who waits for longer than this, in milliseconds, waits for a solution.
const LONGEST_PAUSE: u64 = 60_000;

/// After so long without a key models are solved, where nothing else is said.
const PAUSE: Duration = Duration::from_millis(250);

/// What is said; all of it may be left open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// What a flag of the command line says as well: it wins over the project's file.
    pub project: Manifest,
    background: Option<bool>,
    pause: Option<Duration>,
    hops: Option<bool>,
    values: Option<bool>,
    volumes: Option<bool>,
    lenses: Option<bool>,
}

/// Which words are shown between words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hints {
    pub hops: bool,
    pub values: bool,
    pub volumes: bool,
}

impl Settings {
    /// What an object of settings says, and what is wrong with it: each fault a sentence. What is wrong says nothing.
    pub fn read(said: &Map<String, Value>) -> (Self, Vec<String>) {
        let mut reader = Reader { settings: Self::default(), faults: Vec::new() };
        for (key, value) in said {
            // What is null is not set.
            if !value.is_null() && !OF_CLIENTS.contains(&key.as_str()) {
                reader.key(key, value);
            }
        }
        (reader.settings, reader.faults)
    }

    /// Whether an object has any of the settings.
    pub fn has_any(said: &Map<String, Value>) -> bool {
        said.keys().any(|key| KEYS.contains(&key.as_str()))
    }

    /// What is said here, and where nothing is, what the other says.
    pub fn or(&self, other: &Self) -> Self {
        Self {
            project: self.project.or(&other.project),
            background: self.background.or(other.background),
            pause: self.pause.or(other.pause),
            hops: self.hops.or(other.hops),
            values: self.values.or(other.values),
            volumes: self.volumes.or(other.volumes),
            lenses: self.lenses.or(other.lenses),
        }
    }

    /// Whether models are solved though nobody asks for it.
    pub fn background(&self) -> bool {
        self.background.unwrap_or(true)
    }

    pub fn pause(&self) -> Duration {
        self.pause.unwrap_or(PAUSE)
    }

    pub fn hints(&self) -> Hints {
        let [hops, values, volumes] = [self.hops, self.values, self.volumes].map(|one| one.unwrap_or(true));
        Hints { hops, values, volumes }
    }

    pub fn lenses(&self) -> bool {
        self.lenses.unwrap_or(true)
    }
}

struct Reader {
    settings: Settings,
    faults: Vec<String>,
}

impl Reader {
    fn key(&mut self, key: &str, value: &Value) {
        match key {
            "lints" => self.lints(value),
            "solver" => {
                let word = self.word(key, value, &Choice::ALL.map(Choice::name));
                self.settings.project.solver = word.and_then(Choice::named);
            }
            "engine" => {
                let word = self.word(key, value, &Engine::ALL.map(Engine::name));
                self.settings.project.engine = word.and_then(Engine::named);
            }
            "digits" => {
                let (least, most) = (*Digits::RANGE.start(), *Digits::RANGE.end());
                let count = self.count(key, value, (least as u64, most as u64));
                self.settings.project.digits =
                    count.and_then(|count| Digits::new(usize::try_from(count).ok()?));
            }
            "background" => self.settings.background = self.yes(key, value),
            "pause" => {
                let pause = self.count(key, value, (0, LONGEST_PAUSE));
                self.settings.pause = pause.map(Duration::from_millis);
            }
            "hints" => self.hints(value),
            "lenses" => self.settings.lenses = self.yes(key, value),
            _ => self.unknown(key, &KEYS),
        }
    }

    fn lints(&mut self, value: &Value) {
        let Value::Object(table) = value else {
            return self.wrong("lints", "lints and their levels", value);
        };
        for (name, value) in table.iter().filter(|(_, value)| !value.is_null()) {
            let place = format!("lints.{name}");
            if name == "warnings" {
                let words = [Level::Warn, Level::Deny].map(Level::word);
                if let Some(word) = self.word(&place, value, &words) {
                    self.settings.project.levels.set_strict(word == Level::Deny.word());
                }
                continue;
            }
            match lint(name) {
                Ok(code) => {
                    let word = self.word(&place, value, &Level::ALL.map(Level::word));
                    let level = word.and_then(Level::named);
                    level.into_iter().for_each(|level| self.settings.project.levels.set(code, level));
                }
                Err((why, mend)) => {
                    let mend = mend.map_or_else(String::new, |mend| format!("; {mend}"));
                    self.faults.push(format!("the setting `lints`: {why}{mend}"));
                }
            }
        }
    }

    fn hints(&mut self, value: &Value) {
        if let Some(all) = value.as_bool() {
            (self.settings.hops, self.settings.values) = (Some(all), Some(all));
            self.settings.volumes = Some(all);
            return;
        }
        let Value::Object(table) = value else {
            return self.wrong("hints", "true, false, or each kind with one of them", value);
        };
        for (kind, value) in table.iter().filter(|(_, value)| !value.is_null()) {
            let place = format!("hints.{kind}");
            match kind.as_str() {
                "hops" => self.settings.hops = self.yes(&place, value),
                "values" => self.settings.values = self.yes(&place, value),
                "volumes" => self.settings.volumes = self.yes(&place, value),
                _ => self.unknown(&place, &HINTS.map(|kind| format!("hints.{kind}"))),
            }
        }
    }

    fn yes(&mut self, key: &str, value: &Value) -> Option<bool> {
        if !value.is_boolean() {
            self.wrong(key, "true or false", value);
        }
        value.as_bool()
    }

    fn count(&mut self, key: &str, value: &Value, (least, most): (u64, u64)) -> Option<u64> {
        let count = value.as_u64().filter(|count| (least..=most).contains(count));
        if count.is_none() {
            self.wrong(key, &format!("a whole number from {least} to {most}"), value);
        }
        count
    }

    fn word<'v>(&mut self, key: &str, value: &'v Value, known: &[&str]) -> Option<&'v str> {
        let Some(word) = value.as_str() else {
            self.wrong(key, "a word", value);
            return None;
        };
        if known.contains(&word) {
            return Some(word);
        }
        let mend = match nearest(word, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it takes one of `{}`", known.join("`, `")),
        };
        self.faults.push(format!("the setting `{key}` takes no `{}`; {mend}", short(word)));
        None
    }

    fn unknown(&mut self, key: &str, known: &[impl AsRef<str>]) {
        let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
        let mend = match nearest(key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its settings are `{}`", known.join("`, `")),
        };
        self.faults.push(format!("loopc has no setting `{}`; {mend}", short(key)));
    }

    fn wrong(&mut self, key: &str, wanted: &str, value: &Value) {
        let found = match value {
            Value::Number(number) => number.to_string(),
            Value::Bool(_) => "true or false".to_owned(),
            Value::String(_) => "a text".to_owned(),
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
            Value::Null => "nothing".to_owned(),
        };
        self.faults.push(format!("the setting `{key}` takes {wanted}, and this is {found}"));
    }
}

/// As much of a word as a person reads.
fn short(word: &str) -> String {
    const MOST: usize = 60;
    match word.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(said: &Value) -> (Settings, Vec<String>) {
        Settings::read(said.as_object().unwrap())
    }

    #[test]
    fn everything_that_can_be_set_is_read() {
        let (all, faults) = read(&json!({
            "path": "/opt/loopc", "trace": { "server": "off" }, "lints": { "warnings": "deny", "L0502": "allow", "L0501": null },
            "solver": "glpk", "engine": "cycle", "digits": 9, "background": false, "pause": 1000,
            "hints": { "hops": false, "values": null, "volumes": true }, "lenses": false,
        }));
        assert_eq!(faults, [""; 0]);
        assert_eq!((all.project.solver, all.project.engine), (Some(Choice::Glpk), Some(Engine::Cycle)));
        assert_eq!((all.project.digits, all.project.levels.strict()), (Digits::new(9), Some(true)));
        assert!(!all.background() && !all.lenses() && all.pause() == Duration::from_secs(1));
        assert!(!all.hints().hops && all.hints().values && all.hints().volumes);
        let (none, faults) = read(&json!({ "hints": false, "solver": null }));
        assert!(faults.is_empty() && !none.hints().values && none.project.solver.is_none());
        assert_eq!((none.background(), none.lenses(), none.pause()), (true, true, PAUSE));
    }

    /// What the extension for Visual Studio Code declares is what is read here, and the page tells of all of it.
    #[test]
    fn editors_are_told_of_the_same_settings() {
        let package: Value = serde_json::from_str(include_str!("../../grammar/vscode/package.json")).unwrap();
        let declared = package["contributes"]["configuration"]["properties"].as_object().unwrap();
        let page = include_str!("../../docs/editors.md");
        let (mut seen, mut defaults) = (Vec::new(), Map::new());
        for (name, property) in declared {
            let path = name.strip_prefix("loopc.").unwrap();
            let (key, inner) = path.split_once('.').unwrap_or((path, ""));
            seen.push(key);
            let nested = |value: &Value| match inner {
                "" => json!({ key: value }),
                inner => json!({ key: { inner: value } }),
            };
            for value in property["enum"].as_array().into_iter().flatten().chain([&property["default"]]) {
                assert_eq!(read(&nested(value)).1, [""; 0], "{name}: {value}");
            }
            let bounds = ["minimum", "maximum"].map(|bound| property[bound].as_i64());
            if let [Some(least), Some(most)] = bounds {
                for (value, is_well) in [(least - 1, false), (least, true), (most, true), (most + 1, false)] {
                    assert_eq!(read(&nested(&json!(value))).1.is_empty(), is_well, "{name}: {value}");
                }
            }
            if inner.is_empty() {
                defaults.insert(key.to_owned(), property["default"].clone());
            }
        }
        seen.dedup();
        seen.retain(|key| !OF_CLIENTS.contains(key));
        assert_eq!(seen, KEYS);
        // An editor that sends all that it declares says nothing over a project's file.
        assert_eq!(Settings::read(&defaults).0.project, Manifest::default());
        for (name, all) in [
            ("solver", Choice::ALL.map(Choice::name).to_vec()),
            ("engine", Engine::ALL.map(Engine::name).to_vec()),
        ] {
            let words = declared[&format!("loopc.{name}")]["enum"].as_array().unwrap();
            assert_eq!(words.iter().filter_map(Value::as_str).collect::<Vec<_>>(), all, "{name}");
        }
        for key in KEYS {
            assert!(page.contains(&format!("\n| `{key}` | ")), "{key}");
        }
        assert!(HINTS.iter().all(|kind| declared.contains_key(&format!("loopc.hints.{kind}"))));
    }

    #[test]
    fn what_is_wrong_says_nothing_but_what_is_wrong() {
        let (all, faults) = read(&json!({
            "solvr": 1, "solver": "gplk", "engine": 3, "digits": 2, "pause": -1, "background": "no", "lenses": [],
            "lints": { "L05022": "deny", "L0501": "dney", "L0302": "allow", "warnings": "allow" },
            "hints": { "volume": false }, "nothing like it": {},
        }));
        assert_eq!(all, Settings::default());
        let wanted = [
            "loopc has no setting `solvr`; did you mean `solver`?",
            "the setting `solver` takes no `gplk`; did you mean `glpk`?",
            "the setting `engine` takes a word, and this is 3",
            "the setting `digits` takes a whole number from 3 to 30, and this is 2",
            "the setting `pause` takes a whole number from 0 to 60000, and this is -1",
            "the setting `background` takes true or false, and this is a text",
            "the setting `lenses` takes true or false, and this is a list",
            "the setting `lints`: there is no lint `L05022`; did you mean `L0502`?",
            "the setting `lints.L0501` takes no `dney`; did you mean `deny`?",
            "the setting `lints`: L0302 is an error, and errors have no level",
            "the setting `lints.warnings` takes no `allow`; it takes one of `warn`, `deny`",
            "loopc has no setting `hints.volume`; did you mean `hints.volumes`?",
            "loopc has no setting `nothing like it`; its settings are `lints`, `solver`, `engine`, `digits`, `background`, `pause`, `hints`, `lenses`",
        ];
        assert_eq!(faults, wanted);
    }
}
