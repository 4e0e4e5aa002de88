//! Models that are being solved: what takes long is shown to go on, where the client can.
//!
//! Source: Language Server Protocol 3.17, work done progress.

use std::path::{Path, PathBuf};
#[allow(clippy::disallowed_types, reason = "whether somebody waits for long; no answer depends on it")]
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// After so long a person wants to know that something goes on.
const PATIENCE: Duration = Duration::from_millis(500);

#[derive(Debug)]
struct Job {
    main: PathBuf,
    generation: u64,
    #[allow(clippy::disallowed_types, reason = "whether somebody waits for long; no answer depends on it")]
    begun: Instant,
    /// By what it is shown, once it is.
    token: Option<String>,
}

/// What goes on.
#[derive(Debug, Default)]
pub(super) struct Jobs {
    running: Vec<Job>,
    shown: u64,
}

impl Jobs {
    #[allow(clippy::disallowed_types, reason = "whether somebody waits for long; no answer depends on it")]
    pub fn begin(&mut self, main: PathBuf, generation: u64) {
        self.running.push(Job { main, generation, begun: Instant::now(), token: None });
    }

    pub fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    /// When the next of them is to be shown; nothing, where none is.
    pub fn due(&self) -> Option<Duration> {
        let waits = self.running.iter().filter(|job| job.token.is_none());
        waits.map(|job| PATIENCE.saturating_sub(job.begun.elapsed())).min()
    }

    /// Those that take long and are not shown yet: each as its token, and what is told of it.
    pub fn late(&mut self) -> Vec<(String, Value)> {
        let mut told = Vec::new();
        for job in
            self.running.iter_mut().filter(|job| job.token.is_none() && job.begun.elapsed() >= PATIENCE)
        {
            self.shown += 1;
            let token = format!("loopc/{}", self.shown);
            let name = job.main.file_name().map(|name| name.to_string_lossy().into_owned());
            let value = json!({ "kind": "begin", "title": "loopc", "message": format!("solving {}", name.unwrap_or_default()) });
            told.push((token.clone(), value));
            job.token = Some(token);
        }
        told
    }

    /// One of them ended; its token, where it was shown.
    pub fn end(&mut self, main: &Path, generation: u64) -> Option<String> {
        let is_it = |job: &Job| job.main == main && job.generation == generation;
        let place = self.running.iter().position(is_it)?;
        self.running.swap_remove(place).token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_is_shown_once_and_ends() {
        let mut jobs = Jobs::default();
        jobs.begin(PathBuf::from("a/slow.loop"), 3);
        assert!(jobs.late().is_empty() && jobs.due().is_some());
        std::thread::sleep(PATIENCE);
        let told = jobs.late();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].1["message"], "solving slow.loop");
        assert!(jobs.late().is_empty() && jobs.due().is_none());
        assert_eq!(jobs.end(Path::new("a/slow.loop"), 2), None);
        assert_eq!(jobs.end(Path::new("a/slow.loop"), 3), Some(told[0].0.clone()));
    }
}
