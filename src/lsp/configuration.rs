//! Settings on their way here: with the first message, whenever they change, and asked for where the client can be asked.
//!
//! Source: Language Server Protocol 3.17, `workspace/configuration` and `workspace/didChangeConfiguration`.

use std::collections::BTreeSet;

use lsp_server::{Notification, RequestId, Response};
use serde_json::{Map, Value, json};

use super::server::Server;
use super::settings::{SECTION, Settings};

/// More faults than this at once are not told.
const MOST_TOLD: usize = 5;

/// What was said when, and what of it holds.
#[derive(Debug, Default)]
pub(super) struct Configuration {
    /// With the first message, and after it: what is said later wins.
    begun: (Settings, Vec<String>),
    said: (Settings, Vec<String>),
    /// Whether it was said when it was asked for.
    answered: bool,
    /// The request for settings whose answer is waited for.
    asked: Option<RequestId>,
    /// The faults that were told, and are still there.
    told: BTreeSet<String>,
}

impl Configuration {
    /// As the first message has it.
    pub fn begin(options: Option<&Value>) -> Self {
        let begun = options.and_then(own).map(Settings::read).unwrap_or_default();
        Self { begun, ..Self::default() }
    }

    fn settings(&self) -> Settings {
        self.said.0.or(&self.begun.0)
    }

    /// The faults that were not told before.
    fn news(&mut self) -> Vec<String> {
        let now: BTreeSet<String> = self.said.1.iter().chain(&self.begun.1).cloned().collect();
        let known = std::mem::replace(&mut self.told, now);
        let mut news: Vec<String> = self.told.difference(&known).cloned().collect();
        let more = news.len().saturating_sub(MOST_TOLD);
        news.truncate(MOST_TOLD);
        if more > 0 {
            news.push(format!("{more} more settings are at fault"));
        }
        news
    }
}

/// The object of loopc's own settings: what a client keeps under the name of loopc, or the whole, where it sends no more.
fn own(said: &Value) -> Option<&Map<String, Value>> {
    match said.get(SECTION) {
        Some(section) => section.as_object(),
        None => said.as_object(),
    }
}

/// What clients send where there are no settings any more; to some an empty table is an empty list.
fn is_nothing(said: &Value) -> bool {
    said.is_null() || said.as_array().is_some_and(Vec::is_empty)
}

impl Server {
    /// Takes what the first message said, and asks for more.
    pub fn configure(&mut self) {
        if self.client.registers_settings {
            let registration = json!({ "registrations": [{
                "id": "settings",
                "method": "workspace/didChangeConfiguration",
                "registerOptions": { "section": SECTION },
            }] });
            drop(self.ask("client/registerCapability", registration));
        }
        self.settle();
        self.ask_for_settings();
    }

    fn ask_for_settings(&mut self) {
        if self.client.has_settings {
            let id = self.ask("workspace/configuration", json!({ "items": [{ "section": SECTION }] }));
            self.configuration.asked = Some(id);
        }
    }

    /// Settings changed. A client that can be asked may send them all the same, or nothing.
    pub fn reconfigure(&mut self, note: &Notification) {
        let said = &note.params["settings"];
        // Some send the settings of all servers: of those only what is under our name is ours.
        let is_ours = |table: &Map<String, Value>| table.is_empty() || Settings::has_any(table);
        let table = own(said).filter(|table| said.get(SECTION).is_some() || is_ours(table));
        let taken_away = said.get(SECTION).is_some_and(is_nothing);
        if table.is_some() || taken_away {
            self.configuration.said = table.map(Settings::read).unwrap_or_default();
            self.configuration.answered = false;
            self.settle();
        }
        self.ask_for_settings();
    }

    /// What the client says to what it was asked: settings, where they were asked for last.
    pub fn hear_answer(&mut self, response: &Response) {
        if self.configuration.asked.as_ref() != Some(&response.id) {
            return;
        }
        self.configuration.asked = None;
        let Some(said) = response.response_result.as_ref().ok().and_then(|result| result.get(0)) else {
            return;
        };
        // A client that has none says null, and may have sent them another way.
        if said.is_object() || is_nothing(said) && self.configuration.answered {
            self.configuration.said = said.as_object().map(Settings::read).unwrap_or_default();
            self.configuration.answered = said.is_object();
            self.settle();
        }
    }

    /// From now on what was said holds.
    fn settle(&mut self) {
        let (before, now) = (std::mem::take(&mut self.settings), self.configuration.settings());
        self.models.ask_otherwise(&now.project);
        self.settings = now;
        if before != self.settings {
            self.refresh();
        }
        for fault in self.configuration.news() {
            let warning = json!({ "type": 2, "message": fault });
            self.send(Notification::new("window/showMessage".to_owned(), warning).into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_found_where_clients_put_them() {
        for said in [json!({ "lenses": false }), json!({ "loopc": { "lenses": false }, "other": 1 })] {
            let begun = Configuration::begin(Some(&said));
            assert!(!begun.settings().lenses() && begun.begun.1.is_empty(), "{said}");
        }
        for said in [Value::Null, json!([1]), json!("lenses"), json!({ "loopc": 3 })] {
            assert_eq!(Configuration::begin(Some(&said)).settings(), Settings::default());
        }
    }

    #[test]
    fn a_fault_is_told_once_while_it_lasts() {
        let read = |said: Value| Settings::read(said.as_object().unwrap());
        let mut all = Configuration::begin(Some(&json!({ "solvr": "x" })));
        assert_eq!(all.news().len(), 1);
        assert!(all.news().is_empty());
        all.said = read(json!({ "solvr": "x", "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1 }));
        let news = all.news();
        assert_eq!((news.len(), news.last().unwrap().as_str()), (6, "1 more settings are at fault"));
        all.said = read(json!({}));
        assert!(all.news().is_empty());
        all.said = read(json!({ "b": 1 }));
        assert_eq!(all.news().len(), 1);
    }
}
