//! Selects the shell for shell tasks.

use std::env;

use common::settings::Settings;
use common::workspace::ShellRuntime;

use crate::interpreter;

/// The custom shell of the settings; else `PYRUNS_SHELL_EXECUTABLE`, the user's `SHELL`, bash, sh.
#[must_use]
pub fn shell_runtime(settings: &Settings) -> ShellRuntime {
    let custom = settings.shell_mode == "custom" && !settings.shell_executable.trim().is_empty();
    let (source, requested) = if custom {
        ("settings", settings.shell_executable.trim().to_owned())
    } else if let Some(shell) = env_text("PYRUNS_SHELL_EXECUTABLE") {
        ("environment", shell)
    } else if let Some(shell) = env_text("SHELL").filter(|shell| interpreter::find(shell).is_some())
    {
        ("environment", shell)
    } else if interpreter::find("bash").is_some() {
        ("default", "bash".to_owned())
    } else {
        ("default", "sh".to_owned())
    };
    let program = interpreter::find(&requested);
    let display_name = requested.rsplit('/').next().unwrap_or(&requested).to_owned();
    let terminal_kind = match display_name.as_str() {
        "fish" => "fish",
        "pwsh" => "powershell",
        "csh" | "tcsh" => "csh",
        _ => "posix",
    };
    ShellRuntime {
        source: source.to_owned(),
        terminal_kind: terminal_kind.to_owned(),
        available: program.is_some(),
        executable: program.map_or(requested, |path| path.to_string_lossy().into_owned()),
        display_name,
        mode: if custom { "custom" } else { "follow" }.to_owned(),
    }
}

fn env_text(key: &str) -> Option<String> {
    env::var(key).ok().filter(|text| !text.trim().is_empty())
}
