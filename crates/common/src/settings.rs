//! The project's settings, `_pyruns_/_pyruns_settings.yaml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Defines [`Settings`] with its defaults from one line per key.
macro_rules! settings {
    ($($(#[$attribute:meta])* $key:ident: $type:ty = $default:expr;)*) => {
        /// All keys with their defaults; unknown keys are kept in `other`.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(default)]
        pub struct Settings {
            $($(#[$attribute])* pub $key: $type,)*
            /// Keys that this version does not know.
            #[serde(flatten)]
            pub other: Map<String, Value>,
        }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($key: $default,)* other: Map::new() }
            }
        }
    };
}

// The order is that of the file. `docs/settings.md` describes each key; a test compares them.
settings! {
    /// First port to try.
    ui_port: u16 = 8099;
    /// Seconds between refreshes of the machine's metrics.
    header_refresh_interval: f64 = 3.0;
    /// Columns of the form.
    generator_form_columns: u32 = 3;
    /// Whether a timestamp follows new names.
    generator_auto_timestamp: bool = true;
    /// Mode that the Generator opens in.
    generator_mode: String = "form".to_owned();
    /// Columns of the card view.
    manager_columns: u32 = 5;
    /// How many tasks of the project may run at once.
    manager_max_workers: u32 = 1;
    /// CPU slots that tasks may ask for together; 0 for as many as the machine has cores.
    cpu_slots: u32 = 0;
    /// Tasks on a page.
    ui_page_size: u32 = 50;
    /// Bytes per log request.
    monitor_chunk_size: u64 = 50_000;
    /// Maximum number of lines in the Monitor.
    monitor_scrollback: u64 = 100_000;
    /// Width of the Monitor's list, percent.
    monitor_sidebar_width_pct: u32 = 15;
    /// Whether the server writes a log of its own.
    log_enabled: bool = false;
    /// Its level.
    log_level: String = "INFO".to_owned();
    /// `follow` the user's shell or a `custom` one.
    shell_mode: String = "follow".to_owned();
    /// The custom shell.
    shell_executable: String = String::new();
    /// Parameters displayed first.
    pinned_params: Vec<String> = Vec::new();
    /// Python that runs the scripts; empty for the one on `PATH`.
    python_executable: String = String::new();
    /// Conda environment that runs them.
    conda_env: String = String::new();
    /// Environment of every task. In responses, values that look like secrets are masked.
    global_env: BTreeMap<String, String> = BTreeMap::new();
    /// Names of the variables in `global_env` whose values are masked here; never written to the file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    masked_env: Vec<String> = Vec::new();
    /// Seconds between the polite and the forced end of a cancelled run.
    cancel_grace_s: f64 = 10.0;
    /// The most tasks one batch may create.
    max_batch_tasks: u64 = 100_000;
    /// Maximum total number of points of a run's curves in its task's file; longer ones are downsampled there, and
    /// complete only in the journal.
    max_folded_points: u64 = 20_000;
    /// Seconds between the first samples of system metrics; 0 for none.
    sample_interval_s: f64 = 1.0;
    /// Whether the provenance of every run is recorded.
    save_provenance: bool = true;
    /// Whether the group of `_pyruns_` may read its content. Otherwise only the owner may.
    shared: bool = false;
    /// Variables that every run gets from the server's environment: a run fails if one of them is missing. Their
    /// values are not stored.
    env_from: Vec<String> = Vec::new();
    /// Free space of the disk below which it is warned, MiB; 0 for no warning.
    min_free_disk_mb: u64 = 1024;
}

impl Settings {
    /// The settings for display, without secrets.
    #[must_use]
    pub fn masked(mut self) -> Self {
        self.masked_env = crate::secret::mask(&mut self.global_env);
        self
    }

    /// Time between SIGTERM and SIGKILL for a cancelled run.
    #[must_use]
    pub fn cancel_grace(&self) -> std::time::Duration {
        std::time::Duration::try_from_secs_f64(self.cancel_grace_s)
            .unwrap_or(std::time::Duration::from_secs(10))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every key has a row with its default, ``| `key` | `default` | meaning |``.
    #[test]
    fn the_manual_describes_every_key_and_its_default() {
        let manual = include_str!("../../../docs/settings.md");
        let mut described = Map::new();
        for row in manual.lines().filter_map(|line| line.strip_prefix("| `")) {
            let (key, rest) = row.split_once("` | `").unwrap();
            let default = rest.split_once("` |").unwrap().0;
            let default: serde_yaml::Value = serde_yaml::from_str(default).unwrap();
            described.insert(key.to_owned(), serde_json::to_value(default).unwrap());
        }
        let defaults = serde_json::to_value(Settings::default()).unwrap();
        let keys = |map: &Map<String, Value>| map.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(&described), keys(defaults.as_object().unwrap()));
        let read: Settings = serde_json::from_value(described.into()).unwrap();
        assert_eq!(read, Settings::default());
    }
}
