//! Reads `_pyruns_settings.yaml`; invalid values are ignored.

use std::fs;
use std::path::Path;

use common::settings::Settings;
use serde_json::{Map, Value};

use crate::disk::Stamp;

/// The file's name in `_pyruns_/`.
pub const FILE_NAME: &str = "_pyruns_settings.yaml";

/// The project's settings. Missing keys and values of another type get their defaults.
pub fn read_settings(pyruns_dir: &Path) -> Settings {
    let text = fs::read_to_string(pyruns_dir.join(FILE_NAME)).unwrap_or_default();
    let parsed = common::yaml::parse_mapping(&text).map(|map| common::yaml::to_json(&map.into()));
    let mut map = match parsed {
        Ok(Value::Object(map)) => map,
        Ok(_) => Map::new(),
        Err(error) => {
            tracing::warn!(%error, "the settings file cannot be read; defaults are used");
            Map::new()
        }
    };
    if let Ok(settings) = serde_json::from_value(Value::Object(map.clone())) {
        return settings;
    }
    // An invalid value must not affect the others.
    let defaults = serde_json::to_value(Settings::default()).unwrap_or_default();
    map.retain(|key, value| defaults.get(key).is_none() || fits(&defaults, key, value));
    serde_json::from_value(Value::Object(map)).unwrap_or_default()
}

/// Caches the settings; they are read again when the file has changed.
#[derive(Debug, Default)]
pub struct SettingsCache {
    stamp: Option<Stamp>,
    settings: Option<Settings>,
}

impl SettingsCache {
    /// The settings of the project whose `_pyruns_` folder is `pyruns_dir`.
    pub fn read(&mut self, pyruns_dir: &Path) -> &Settings {
        let stamp = Stamp::of(&pyruns_dir.join(FILE_NAME));
        if stamp != self.stamp {
            self.settings = None;
        }
        self.stamp = stamp;
        self.settings.get_or_insert_with(|| read_settings(pyruns_dir))
    }
}

/// Whether a value is valid for a known key.
#[must_use]
pub fn fits(defaults: &Value, key: &str, value: &Value) -> bool {
    let mut candidate = defaults.clone();
    candidate[key] = value.clone();
    serde_json::from_value::<Settings>(candidate).is_ok()
}
