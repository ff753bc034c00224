//! `PATCH /api/tasks/{name}/env`.

use std::collections::BTreeMap;

use common::Task;
use common::task::EnvRequest;

use super::view::Detail;
use crate::engine::{Engine, Pick};
use crate::{Error, Result};

impl Engine {
    /// Replaces a task's environment.
    ///
    /// # Errors
    /// A conflict when the caller had seen another one than there is now; a name that no
    /// environment can hold.
    pub fn set_env(&self, pick: &Pick, name: &str, request: &EnvRequest) -> Result<Task> {
        let workspace = self.pick(pick)?;
        check_env(&request.env)?;
        let (entry, ()) = workspace.update(name, |info| {
            if request.expected_env.as_ref().is_some_and(|expected| *expected != info.env) {
                return Err(Error::Conflict(format!(
                    "The environment of task '{name}' was changed elsewhere."
                )));
            }
            info.env.clone_from(&request.env);
            Ok(())
        })?;
        Ok(workspace.view(&entry, Detail::Full))
    }
}

/// Looks whether an environment can be one.
///
/// # Errors
/// Names the variable that no environment can hold.
pub(crate) fn check_env(env: &BTreeMap<String, String>) -> Result<()> {
    let bad = |key: &&String| key.is_empty() || key.contains(['=', '\0']);
    if let Some(key) = env.keys().find(bad) {
        return Err(Error::invalid(format!("env: {key:?} is not a variable's name.")));
    }
    match env.iter().find(|(_, value)| value.contains('\0')) {
        Some((key, _)) => {
            Err(Error::invalid(format!("env: the value of {key} has a NUL character.")))
        }
        None => Ok(()),
    }
}
