//! Run options of a task: when its runs may start, what they need, when they are stopped or
//! retried.

use serde::{Deserialize, Serialize};

/// Settings of one task; all at their defaults for most.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct RunOptions {
    /// Higher ones start first; equals in the order of their submission.
    #[serde(skip_serializing_if = "is_default")]
    pub priority: i32,
    /// Stays in the queue until it is released.
    #[serde(skip_serializing_if = "is_default")]
    pub held: bool,
    /// Tasks of the same workspace that must have completed before this one starts.
    #[serde(skip_serializing_if = "is_default")]
    pub after: Vec<String>,
    /// CPU slots that a run takes of the project's (`cpu_slots`); 0 takes none.
    #[serde(skip_serializing_if = "is_default")]
    pub cpus: u32,
    /// Number of GPUs of a run, passed in `CUDA_VISIBLE_DEVICES`; with 0 none are assigned and none hidden.
    #[serde(skip_serializing_if = "is_default")]
    pub gpus: u32,
    /// Share of each GPU, if the run can share it; null for exclusive use.
    #[serde(skip_serializing_if = "is_default")]
    pub gpu_share: Option<GpuShare>,
    /// A run is ended after this time, seconds; nothing for no limit.
    #[serde(skip_serializing_if = "is_default")]
    pub timeout_s: Option<f64>,
    /// Whether a failed run is followed by another.
    #[serde(skip_serializing_if = "is_default")]
    pub retry: Retry,
    /// Variables that a run gets from the server's environment: it fails if one of them is missing. Their values are
    /// not stored.
    #[serde(skip_serializing_if = "is_default")]
    pub env_from: Vec<String>,
    /// How the output of a run is captured.
    #[serde(skip_serializing_if = "is_default")]
    pub capture: Capture,
}

/// A part of a GPU.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GpuShare {
    /// Fraction of the GPU, above 0 and up to 1.
    Fraction(f64),
    /// Of its memory, GiB.
    MemoryGib(f64),
}

impl GpuShare {
    /// As a fraction of a GPU with this much memory.
    #[must_use]
    pub fn of(self, total_gib: f64) -> f64 {
        match self {
            Self::Fraction(part) => part,
            // A GPU with unknown memory is used exclusively.
            Self::MemoryGib(gib) if total_gib > 0.0 => gib / total_gib,
            Self::MemoryGib(_) => 1.0,
        }
    }
}

/// When a failed run is tried again by itself.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Retry {
    /// How often, after the first run.
    pub count: u32,
    /// Seconds between the end of a run and the next.
    pub delay_s: f64,
    /// Only after these exit codes; with `on_out_of_memory` also after that. Empty with
    /// `on_out_of_memory` unset: after every failure.
    pub exit_codes: Vec<i32>,
    /// After a run that ended for want of memory.
    pub on_out_of_memory: bool,
}

impl Retry {
    /// Whether a failure is retried.
    #[must_use]
    pub fn applies_to(&self, exit_code: Option<i32>, out_of_memory: bool) -> bool {
        if self.exit_codes.is_empty() && !self.on_out_of_memory {
            return true;
        }
        out_of_memory && self.on_out_of_memory
            || exit_code.is_some_and(|code| self.exit_codes.contains(&code))
    }
}

/// Where standard output and error of a run go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Capture {
    /// A terminal for shell tasks, the log file itself for Python tasks.
    #[default]
    Auto,
    /// A pseudo-terminal: programs show colours and progress bars.
    Terminal,
    /// The log file itself, without a process in between.
    File,
}

impl RunOptions {
    /// Checks for invalid values. Returns the field and the reason.
    ///
    /// # Errors
    /// The first invalid field.
    pub fn check(&self) -> Result<(), (&'static str, String)> {
        let is_time = |seconds: f64| seconds.is_finite() && seconds >= 0.0;
        if self.timeout_s.is_some_and(|seconds| !is_time(seconds) || seconds == 0.0) {
            return Err(("timeout_s", "it must be a number of seconds above 0".to_owned()));
        }
        let bad_share = match self.gpu_share {
            Some(GpuShare::Fraction(part)) => !(part > 0.0 && part <= 1.0),
            Some(GpuShare::MemoryGib(gib)) => !(gib > 0.0 && gib.is_finite()),
            None => false,
        };
        if bad_share {
            let why = "it must be a fraction above 0 and up to 1, or a memory in GiB above 0";
            return Err(("gpu_share", why.to_owned()));
        }
        if self.gpu_share.is_some() && self.gpus == 0 {
            return Err(("gpu_share", "it requires gpus to be at least 1".to_owned()));
        }
        if !is_time(self.retry.delay_s) {
            return Err(("retry.delay_s", "it must be a number of seconds, 0 or more".to_owned()));
        }
        if let Some(name) = self.env_from.iter().find(|name| !is_variable_name(name)) {
            return Err(("env_from", format!("{name:?} is not a valid variable name")));
        }
        match self.after.iter().find(|name| crate::TaskName::new(name.as_str()).is_err()) {
            Some(name) => Err(("after", format!("{name:?} is no name of a task"))),
            None => Ok(()),
        }
    }
}

/// Whether a name is valid for an environment variable.
#[must_use]
pub fn is_variable_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['=', '\0']) && !name.contains(char::is_whitespace)
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_not_written() {
        assert_eq!(serde_json::to_string(&RunOptions::default()).unwrap(), "{}");
        let options = RunOptions { priority: 5, after: vec!["a".into()], ..RunOptions::default() };
        let text = serde_json::to_string(&options).unwrap();
        assert_eq!(text, r#"{"priority":5,"after":["a"]}"#);
        assert_eq!(serde_json::from_str::<RunOptions>(&text).unwrap(), options);
    }

    #[test]
    fn a_retry_without_conditions_follows_every_failure() {
        let always = Retry { count: 1, ..Retry::default() };
        assert!(always.applies_to(Some(1), false) && always.applies_to(None, false));
        let some = Retry { exit_codes: vec![3], ..always.clone() };
        assert!(some.applies_to(Some(3), false) && !some.applies_to(Some(1), true));
        let memory = Retry { on_out_of_memory: true, ..always };
        assert!(memory.applies_to(None, true) && !memory.applies_to(Some(3), false));
    }

    #[test]
    fn nonsense_is_named() {
        let bad = RunOptions { timeout_s: Some(-1.0), ..RunOptions::default() };
        assert_eq!(bad.check().unwrap_err().0, "timeout_s");
        let bad = RunOptions { after: vec!["a/b".into()], ..RunOptions::default() };
        assert_eq!(bad.check().unwrap_err().0, "after");
        let bad = RunOptions { env_from: vec!["A=1".into()], ..RunOptions::default() };
        assert_eq!(bad.check().unwrap_err().0, "env_from");
        assert_eq!(RunOptions::default().check(), Ok(()));
    }
}
