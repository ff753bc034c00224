//! The launcher that is used if the configured one cannot be created.

use std::collections::HashMap;
use std::io;
use std::time::Duration;

use super::{Job, JobId, JobState, Launcher, LauncherCapacity, SubmitError, Unreachable};

/// Refuses every job with the error text.
pub(crate) struct Unavailable(pub(crate) String);

impl Launcher for Unavailable {
    fn name(&self) -> &'static str {
        "unavailable"
    }

    fn capacity(&self) -> LauncherCapacity {
        LauncherCapacity::ThisMachine
    }

    fn submit(&mut self, jobs: &[Job]) -> Vec<Result<JobId, SubmitError>> {
        jobs.iter().map(|_| Err(SubmitError::Refused(io::Error::other(self.0.clone())))).collect()
    }

    fn poll(&mut self, _: &[JobId]) -> Result<HashMap<JobId, JobState>, Unreachable> {
        Ok(HashMap::new())
    }

    fn cancel(&mut self, _: &[JobId]) -> Result<(), Unreachable> {
        Ok(())
    }

    fn poll_interval(&self) -> Option<Duration> {
        None
    }

    fn outlives_server(&self) -> bool {
        false
    }
}
