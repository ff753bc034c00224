//! Updates keys of a project's settings, `_pyruns_settings.yaml`.

use std::collections::BTreeMap;

use common::secret;
use common::settings::Settings;
use serde_json::{Map, Value};
use store::disk::{FileLock, write_atomic};
use store::settings::{FILE_NAME, fits, read_settings};
use store::{Error, Result};

use super::project::{set_permissions, set_workspace_permissions};
use crate::engine::{Engine, WorkspaceSelector};
use crate::task::masked_without_value;

impl Engine {
    /// Merges the given keys into the project's settings. Returns all settings.
    ///
    /// # Errors
    /// Names the first key whose value has the wrong type; then nothing is changed.
    pub fn update_settings(
        &self,
        selector: &WorkspaceSelector,
        patch: &Map<String, Value>,
    ) -> Result<Settings> {
        let workspace = self.workspace_of(selector)?;
        let path = workspace.pyruns_dir().join(FILE_NAME);
        let defaults = serde_json::to_value(Settings::default()).unwrap_or_default();
        let known = |key: &String| defaults.get(key).is_some();
        if let Some((key, _)) =
            patch.iter().find(|(key, value)| known(key) && !fits(&defaults, key, value))
        {
            return Err(Error::invalid(format!("Setting '{key}' has the wrong type.")));
        }
        if patch.get("manager_max_workers") == Some(&Value::from(0)) {
            return Err(Error::invalid("Setting 'manager_max_workers' must be at least 1."));
        }
        let _lock = FileLock::wait(&workspace.pyruns_dir().join("._pyruns_settings.lock"))?;
        let mut settings = read_settings(workspace.pyruns_dir());
        let mut all = serde_json::to_value(&settings).unwrap_or_default();
        let mut patch = patch.clone();
        unmask(&mut patch, &settings.global_env)?;
        let shares = patch.contains_key("shared");
        if let Value::Object(all) = &mut all {
            all.extend(patch);
        }
        if let Ok(merged) = serde_json::from_value(all.clone()) {
            settings = merged;
        }
        let text = common::yaml::to_text(&common::yaml::mapping_from_json(&all));
        write_atomic(&path, text.as_bytes())?;
        if shares {
            set_permissions(workspace.pyruns_dir());
            set_workspace_permissions(workspace.pyruns_dir(), &workspace.root);
        }
        self.settings_changed(&workspace);
        Ok(settings.masked())
    }
}

/// Replaces masked values in a changed environment by the stored ones.
///
/// # Errors
/// Names a masked variable without a stored value.
fn unmask(patch: &mut Map<String, Value>, stored: &BTreeMap<String, String>) -> Result<()> {
    // This key lists the masked variables in responses; it is not a setting.
    patch.remove("masked_env");
    if let Some(value) = patch.get_mut("global_env")
        && let Ok(mut env) = serde_json::from_value::<BTreeMap<String, String>>(value.clone())
    {
        secret::unmask(&mut env, stored).map_err(|name| masked_without_value(&name))?;
        *value = serde_json::json!(env);
    }
    Ok(())
}
