//! Opening the user's browser, where there is a desktop.

use std::env;
use std::process::{Command, Stdio};

/// Opens a page; does nothing where there is no display. A browser that fails is not our failure:
/// the URL is printed anyway.
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
