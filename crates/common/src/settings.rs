//! The project's settings, `_pyruns_/_pyruns_settings.yaml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// All keys with their defaults; unknown keys are kept in `other`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Settings {
    /// First port to try.
    pub ui_port: u16,
    /// Seconds between refreshes of the machine's metrics.
    pub header_refresh_interval: f64,
    /// Columns of the form.
    pub generator_form_columns: u32,
    /// Whether a timestamp follows new names.
    pub generator_auto_timestamp: bool,
    /// Mode that the Generator opens in.
    pub generator_mode: String,
    /// Columns of the card view.
    pub manager_columns: u32,
    /// How many tasks of the project may run at once.
    pub manager_max_workers: u32,
    /// CPU slots that tasks may ask for together; 0 for as many as the machine has cores.
    pub cpu_slots: u32,
    /// Tasks on a page.
    pub ui_page_size: u32,
    /// Bytes per log request.
    pub monitor_chunk_size: u64,
    /// Maximum number of lines in the Monitor.
    pub monitor_scrollback: u64,
    /// Width of the Monitor's list, percent.
    pub monitor_sidebar_width_pct: u32,
    /// Whether the server writes a log of its own.
    pub log_enabled: bool,
    /// Its level.
    pub log_level: String,
    /// `follow` the user's shell or a `custom` one.
    pub shell_mode: String,
    /// The custom shell.
    pub shell_executable: String,
    /// Parameters displayed first.
    pub pinned_params: Vec<String>,
    /// Python that runs the scripts; empty for the one on `PATH`.
    pub python_executable: String,
    /// Conda environment that runs them.
    pub conda_env: String,
    /// Environment of every task. In responses, values that look like secrets are masked.
    pub global_env: BTreeMap<String, String>,
    /// Names of the variables in `global_env` whose values are masked here; never written to the file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub masked_env: Vec<String>,
    /// Seconds between the polite and the forced end of a cancelled run.
    pub cancel_grace_s: f64,
    /// The most tasks one batch may create.
    pub max_batch_tasks: u64,
    /// Maximum total number of points of a run's curves in its task's file; longer ones are downsampled there, and
    /// complete only in the journal.
    pub max_folded_points: u64,
    /// Seconds between the first samples of system metrics; 0 for none.
    pub sample_interval_s: f64,
    /// Whether the provenance of every run is recorded.
    pub save_provenance: bool,
    /// Whether the group of `_pyruns_` may read its content. Otherwise only the owner may.
    pub shared: bool,
    /// Variables that every run gets from the server's environment: a run fails if one of them is missing. Their
    /// values are not stored.
    pub env_from: Vec<String>,
    /// Free space of the disk below which it is warned, MiB; 0 for no warning.
    pub min_free_disk_mb: u64,
    /// Keys that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ui_port: 8099,
            header_refresh_interval: 3.0,
            generator_form_columns: 3,
            generator_auto_timestamp: true,
            generator_mode: "form".to_owned(),
            manager_columns: 5,
            manager_max_workers: 1,
            cpu_slots: 0,
            ui_page_size: 50,
            monitor_chunk_size: 50_000,
            monitor_scrollback: 100_000,
            monitor_sidebar_width_pct: 15,
            log_enabled: false,
            log_level: "INFO".to_owned(),
            shell_mode: "follow".to_owned(),
            shell_executable: String::new(),
            pinned_params: Vec::new(),
            python_executable: String::new(),
            conda_env: String::new(),
            global_env: BTreeMap::new(),
            masked_env: Vec::new(),
            cancel_grace_s: 10.0,
            max_batch_tasks: 100_000,
            max_folded_points: 20_000,
            sample_interval_s: 1.0,
            save_provenance: true,
            shared: false,
            env_from: Vec::new(),
            min_free_disk_mb: 1024,
            other: Map::new(),
        }
    }
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
