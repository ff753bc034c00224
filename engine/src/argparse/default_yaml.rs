//! The first `config_default.yaml` of a script.

use common::argument::ScriptForm;

use super::yaml_line;

/// The text of `config_default.yaml`: `key: default  # help`, in source order. Arguments
/// whose default only the script knows stand as comments.
#[must_use]
pub fn default_yaml(form: &ScriptForm) -> String {
    form.arguments.iter().map(yaml_line::of).collect()
}
