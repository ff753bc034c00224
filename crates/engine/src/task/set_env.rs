//! Sets the environment variables of a task.

use std::collections::BTreeMap;

use common::options::is_variable_name;
use common::task::EnvRequest;
use common::{Task, TaskName, secret};

use super::view::Detail;
use crate::engine::{Engine, WorkspaceSelector};
use store::{Error, Result};

impl Engine {
    /// Replaces a task's environment.
    ///
    /// # Errors
    /// A conflict if the environment is not the one that the client expects; an error if a name or value is
    /// invalid.
    pub fn set_env(
        &self,
        selector: &WorkspaceSelector,
        name: &TaskName,
        request: &EnvRequest,
    ) -> Result<Task> {
        let workspace = self.workspace_of(selector)?;
        check_env(&request.env)?;
        check_env_from(request.env_from.as_deref().unwrap_or_default())?;
        let (entry, ()) = workspace.update(name, |info| {
            let expected = request.expected_env.as_ref();
            if expected.is_some_and(|expected| !secret::is_seen_as(expected, &info.env)) {
                return Err(Error::Conflict(format!(
                    "The environment of task '{name}' was changed elsewhere."
                )));
            }
            let mut env = request.env.clone();
            secret::unmask(&mut env, &info.env).map_err(|name| masked_without_value(&name))?;
            info.env = env;
            if let Some(names) = &request.env_from {
                info.options.env_from.clone_from(names);
            }
            Ok(())
        })?;
        Ok(workspace.view(&entry, Detail::Full))
    }
}

/// The error for a masked value without a stored value.
pub(crate) fn masked_without_value(name: &str) -> Error {
    Error::invalid(format!(
        "env: {name} has the placeholder of a masked value, but no value of {name} is stored. Enter its value."
    ))
}

fn check_env_from(names: &[String]) -> Result<()> {
    match names.iter().find(|name| !is_variable_name(name)) {
        Some(name) => {
            Err(Error::invalid(format!("env_from: {name:?} is not a valid variable name.")))
        }
        None => Ok(()),
    }
}

/// Validates the names and values of an environment.
///
/// # Errors
/// Names the first invalid variable.
pub(crate) fn check_env(env: &BTreeMap<String, String>) -> Result<()> {
    let bad = |key: &&String| key.is_empty() || key.contains(['=', '\0']);
    if let Some(key) = env.keys().find(bad) {
        return Err(Error::invalid(format!("env: {key:?} is not a valid variable name.")));
    }
    match env.iter().find(|(_, value)| value.contains('\0')) {
        Some((key, _)) => {
            Err(Error::invalid(format!("env: the value of {key} has a NUL character.")))
        }
        None => Ok(()),
    }
}
