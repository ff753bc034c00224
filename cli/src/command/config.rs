//! `pyr config`: prints and changes the settings of the project.

use std::env;
use std::path::Path;
use std::process::Command;

use clap::{Args, Subcommand};
use common::settings::Settings;
use engine::{Engine, WorkspaceSelector};
use serde_json::{Map, Value};

use super::failure::Failure;
use super::json::print_json;
use super::output::print_line;
use super::project::Location;
use super::task_change::OutputArgs;

/// `pyr config`
#[derive(Debug, Args)]
#[command(after_help = "pyr config set manager_max_workers 4\npyr config get python_executable")]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Print all settings; values that look like secrets are masked.
    List {
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Print one setting.
    Get {
        /// The setting.
        key: String,
    },
    /// Change one setting.
    Set {
        /// The setting.
        key: String,
        /// The value, as in the YAML file: `4`, `true`, `[A, B]`, or text.
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Set one setting to its default.
    Unset {
        /// The setting.
        key: String,
    },
    /// Print the path of the settings file.
    Path,
    /// Open the settings file in $VISUAL or $EDITOR.
    Edit,
}

/// Prints or changes settings.
///
/// # Errors
/// If a setting does not exist, its value is invalid, or the file cannot be written.
pub(crate) fn config(arguments: &ConfigArgs) -> Result<(), Failure> {
    let location = Location::any()?;
    let path = location.pyruns_dir().join("_pyruns_settings.yaml");
    match &arguments.action {
        Action::List { output } => list(&location, *output),
        Action::Get { key } => {
            let settings = settings(&location)?;
            let value = settings.get(key).ok_or_else(|| unknown(key))?;
            print_line(&text(value));
            Ok(())
        }
        Action::Set { key, value } => {
            known(key)?;
            update(&location.client()?, key, parsed(key, value)?)
        }
        Action::Unset { key } => update(&location.client()?, key, known(key)?),
        Action::Path => {
            print_line(&path.display().to_string());
            Ok(())
        }
        Action::Edit => edit(&path),
    }
}

fn list(location: &Location, output: OutputArgs) -> Result<(), Failure> {
    let settings = settings(location)?;
    if output.json {
        return print_json(&settings);
    }
    settings.iter().for_each(|(key, value)| print_line(&format!("{key}: {}", text(value))));
    Ok(())
}

/// The settings without the values of secrets.
fn settings(location: &Location) -> Result<Map<String, Value>, Failure> {
    let (engine, workspace) = location.reader()?;
    let mut settings = fields(&engine.workspace(&workspace)?.settings.masked())?;
    // Not a setting; it names the masked variables of responses.
    settings.remove("masked_env");
    Ok(settings)
}

fn fields(settings: &Settings) -> Result<Map<String, Value>, Failure> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Ok(Map::new()),
        Err(error) => Err(format!("reading the settings: {error}").into()),
    }
}

/// The default of a known setting.
fn known(key: &str) -> Result<Value, Failure> {
    let mut defaults = fields(&Settings::default())?;
    defaults.remove("masked_env");
    defaults.remove(key).ok_or_else(|| unknown(key))
}

fn unknown(key: &str) -> Failure {
    Failure::not_found(format!("There is no setting '{key}'. `pyr config list` prints all."))
}

fn update(
    (engine, workspace): &(Engine, WorkspaceSelector),
    key: &str,
    value: Value,
) -> Result<(), Failure> {
    engine.update_settings(workspace, &Map::from_iter([(key.to_owned(), value)]))?;
    Ok(())
}

/// The value as YAML. A setting that is a text keeps it as it is: `3.10` is no number there.
fn parsed(key: &str, value: &str) -> Result<Value, Failure> {
    if known(key)?.is_string() {
        return Ok(value.into());
    }
    serde_yaml::from_str(value)
        .map_err(|error| Failure::refused(format!("{key}: the value is not valid YAML: {error}")))
}

/// The value of a setting, a text without quotes.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn edit(path: &Path) -> Result<(), Failure> {
    let named = ["VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|editor| !editor.trim().is_empty()));
    let Some(editor) = named else {
        let text = format!("Set $VISUAL or $EDITOR, or edit {}.", path.display());
        return Err(Failure::refused(text));
    };
    // The variable may have options: `code --wait`.
    let mut shell = Command::new("sh");
    let status = shell.args(["-c", &format!("{editor} \"$1\""), "sh"]).arg(path).status();
    let status = status.map_err(|error| format!("starting the editor {editor}: {error}"))?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("The editor {editor} failed: {status}.").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_type_of_their_setting() {
        assert_eq!(parsed("manager_max_workers", "4").unwrap(), 4);
        assert_eq!(parsed("python_executable", "3.10").unwrap(), "3.10");
        assert_eq!(parsed("env_from", "[A, B]").unwrap(), serde_json::json!(["A", "B"]));
        assert!(parsed("env_from", "[A").is_err());
        assert!(known("masked_env").is_err() && known("no_such").is_err());
    }
}
