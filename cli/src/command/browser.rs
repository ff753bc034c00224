//! Opens the user's browser if there is a desktop.

use std::env;
use std::process::{Command, Stdio};

/// Opens a URL; does nothing without a display. Errors are ignored, because the URL is printed, too.
pub(crate) fn open(url: &str) {
    let desktop = env::var_os("DISPLAY").is_some() || env::var_os("WAYLAND_DISPLAY").is_some();
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if desktop || cfg!(target_os = "macos") {
        let quiet = Command::new(program)
            .arg(url)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        drop(quiet);
    }
}
