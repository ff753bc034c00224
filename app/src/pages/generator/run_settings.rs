//! The run settings: their texts and the options parsed from them.

use std::collections::BTreeMap;

use common::options::{Retry, RunOptions, is_variable_name};
use common::secret::looks_secret;
use leptos::prelude::*;

use crate::i18n::Messages;

/// The texts; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct RunSettings {
    /// Number of GPUs of a run.
    pub gpus: RwSignal<String>,
    /// Higher priorities start first.
    pub priority: RwSignal<String>,
    /// Time limit of a run: `90`, `30m`, `2h`.
    pub timeout: RwSignal<String>,
    /// Number of retries of a failed run.
    pub retries: RwSignal<String>,
    /// One `KEY=value` per line, or `KEY` alone for a variable of the server's environment.
    pub env: RwSignal<String>,
    /// Notes of every task.
    pub notes: RwSignal<String>,
}

/// An invalid setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SettingError {
    /// The number of GPUs is no integer.
    Gpus,
    /// The priority is no integer.
    Priority,
    /// The time limit is no duration.
    Timeout,
    /// The number of retries is no integer.
    Retries,
    /// This line of the environment, from 1, has no `=` or no name.
    Env(usize),
}

impl SettingError {
    /// The error message.
    pub(super) fn text(self, t: Messages) -> String {
        let g = t.generator();
        match self {
            Self::Gpus => (g.bad_number)(g.gpus),
            Self::Priority => (g.bad_number)(g.priority),
            Self::Timeout => g.bad_timeout.to_owned(),
            Self::Retries => (g.bad_number)(g.retries),
            Self::Env(line) => (g.bad_env)(line),
        }
    }
}

impl RunSettings {
    pub(super) fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let (gpus, priority, timeout) = (empty(), empty(), empty());
        Self { gpus, priority, timeout, retries: empty(), env: empty(), notes: empty() }
    }

    /// The texts with the names under which they are stored.
    fn all(&self) -> [(&'static str, RwSignal<String>); 6] {
        // Without `..`, so that no field can be forgotten.
        let Self { gpus, priority, timeout, retries, env, notes } = *self;
        [
            ("gpus", gpus),
            ("priority", priority),
            ("timeout", timeout),
            ("retries", retries),
            ("env", env),
            ("notes", notes),
        ]
    }

    /// The texts by name, without empty ones.
    pub(super) fn texts(&self) -> BTreeMap<String, String> {
        let typed = self.all().into_iter().map(|(name, text)| (name.to_owned(), text.get()));
        typed.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// The texts without the values of secrets, for storage in the browser.
    pub(super) fn texts_to_store(&self) -> BTreeMap<String, String> {
        let mut texts = self.texts();
        if let Some(env) = texts.get_mut("env") {
            *env = without_secrets(env);
        }
        texts
    }

    /// Restores stored texts.
    pub(super) fn set(&self, texts: &BTreeMap<String, String>) {
        for (name, text) in self.all() {
            text.set(texts.get(name).cloned().unwrap_or_default());
        }
    }

    /// Parses the environment and the options. Tracks the texts.
    ///
    /// # Errors
    /// The first invalid text.
    pub(super) fn read(&self) -> Result<(BTreeMap<String, String>, RunOptions), SettingError> {
        // Without `..`, so that no field can be forgotten. The notes are no option.
        let Self { gpus, priority, timeout, retries, env, notes: _ } = *self;
        let (env, env_from) = env_of(&env.get())?;
        let options = RunOptions {
            env_from,
            gpus: whole(&gpus.get()).ok_or(SettingError::Gpus)?,
            priority: whole(&priority.get()).ok_or(SettingError::Priority)?,
            timeout_s: time_s(&timeout.get()).ok_or(SettingError::Timeout)?,
            retry: Retry {
                count: whole(&retries.get()).ok_or(SettingError::Retries)?,
                ..Retry::default()
            },
            ..RunOptions::default()
        };
        Ok((env, options))
    }
}

/// An integer; 0 for an empty text.
fn whole<T: std::str::FromStr + Default>(text: &str) -> Option<T> {
    match text.trim() {
        "" => Some(T::default()),
        text => text.parse().ok(),
    }
}

/// Seconds of `90`, `90s`, `1.5m`, `2h` or `1d`; `Some(None)`, no limit, for an empty text.
fn time_s(text: &str) -> Option<Option<f64>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    let (number, unit_s) = match text.char_indices().next_back()? {
        (at, 's') => (&text[..at], 1.0),
        (at, 'm') => (&text[..at], 60.0),
        (at, 'h') => (&text[..at], 3600.0),
        (at, 'd') => (&text[..at], 86_400.0),
        _ => (text, 1.0),
    };
    let number: f64 = number.trim().parse().ok()?;
    (number.is_finite() && number > 0.0).then_some(Some(number * unit_s))
}

/// Variables with their values, and names of variables that are taken from the server's environment.
fn env_of(text: &str) -> Result<(BTreeMap<String, String>, Vec<String>), SettingError> {
    let (mut env, mut from) = (BTreeMap::new(), Vec::new());
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match line.split_once('=') {
            Some((name, value)) if !name.trim().is_empty() => {
                env.insert(name.trim().to_owned(), value.to_owned());
            }
            None if is_variable_name(line.trim()) => from.push(line.trim().to_owned()),
            _ => return Err(SettingError::Env(at + 1)),
        }
    }
    Ok((env, from))
}

/// Secrets are not stored in the browser; they must be typed again.
fn without_secrets(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once('=') {
        Some((name, _)) if looks_secret(name.trim()) => format!("{name}="),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<String>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, seconds) in
            [("90", 90.0), ("90s", 90.0), ("1.5m", 90.0), (" 2h ", 7200.0), ("1d", 86_400.0)]
        {
            assert_eq!(time_s(text), Some(Some(seconds)), "{text}");
        }
        assert_eq!(time_s(" "), Some(None));
        assert!(["x", "0", "-1", "1w", "h", "é"].iter().all(|text| time_s(text).is_none()));
    }

    #[test]
    fn invalid_numbers_and_environments_are_reported() {
        assert_eq!(
            (whole::<u32>(" "), whole::<u32>("2"), whole::<u32>("-2")),
            (Some(0), Some(2), None)
        );
        assert_eq!(
            env_of("A=1\n\n B = x=y\n C\n").unwrap(),
            (
                BTreeMap::from([("A".into(), "1".into()), ("B".into(), " x=y".into())]),
                vec!["C".to_owned()]
            )
        );
        assert_eq!(env_of("A=1\nB C"), Err(SettingError::Env(2)));
        assert_eq!(without_secrets("A=1\nB_KEY=s3cret\nC_KEY"), "A=1\nB_KEY=\nC_KEY");
    }
}
