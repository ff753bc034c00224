//! `pyr ui`: opens a target and serves the pages until Ctrl-C.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use server::{PortChoice, ServeOptions, ServerConfig, TlsFiles};

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::open::Target;
use super::output::print_line;
use super::runtime::{runtime, start_log};
use super::{browser, disk};

/// Time limit for blocking work of the engine at shutdown.
const SHUTDOWN_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(3);

/// `pyr ui`
#[derive(Debug, Default, Args)]
pub(crate) struct UiArgs {
    /// A script (`train.py`), the word `shell`, or a workspace folder; default: the launcher page.
    pub(crate) target: Option<OsString>,
    /// A YAML file with default values for the script.
    pub(crate) config: Option<PathBuf>,
    /// Listen on exactly this port; default: the first free port from the setting `ui_port` on.
    #[arg(short, long)]
    pub(crate) port: Option<u16>,
    /// Do not open a browser.
    #[arg(long)]
    pub(crate) no_browser: bool,
    #[command(flatten)]
    pub(crate) access: AccessArgs,
}

/// Which clients may use the server.
#[derive(Debug, Default, Args)]
pub(crate) struct AccessArgs {
    /// Listen on this address or host name. If it is not a loopback address, all clients need the token.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) host: Option<String>,
    /// Require the token from all clients, also from your own processes on this machine.
    #[arg(long)]
    pub(crate) require_token: bool,
    /// Accept this host name as well, for example a reverse proxy's (may be repeated).
    #[arg(long = "allow-host", value_name = "NAME")]
    pub(crate) allowed_hosts: Vec<String>,
    /// TLS certificate (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// TLS private key (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
}

/// Opens the target and serves it.
///
/// # Errors
/// If the target cannot be opened or no port is free.
pub(crate) fn ui(global: &GlobalArgs, arguments: &UiArgs) -> Result<(), Failure> {
    start_log();
    let target = Target::of(global, arguments.target.as_deref())?;
    let engine = target.open(arguments.config.as_deref())?;
    let runtime = runtime()?;
    let served = runtime.block_on(async {
        let options = options(&engine, arguments.port, &arguments.access);
        // `cargo leptos watch` restarts the server with every edit, so the browser is already open.
        let watching = options.config.reload_port.is_some();
        let warning = engine.disk().as_ref().and_then(disk::warning);
        let (server::Listening { url, notes, .. }, serving) =
            server::serve(engine, options).await?;
        print_line(&format!("Pyruns serves {url} (Ctrl-C stops it; running tasks continue)"));
        notes.iter().for_each(|note| print_line(note));
        if let Some(warning) = &warning {
            print_line(warning);
        }
        if !arguments.no_browser && !watching {
            browser::open(&url);
        }
        serving.await;
        Ok(())
    });
    // Blocking work is aborted after the time limit, which is safe, because files are written atomically.
    runtime.shutdown_timeout(SHUTDOWN_TIMEOUT);
    served
}

/// The options of the server: the given port, or the first free one from the setting `ui_port` on.
pub(super) fn options(
    engine: &engine::Engine,
    port: Option<u16>,
    access: &AccessArgs,
) -> ServeOptions {
    let port = match port {
        Some(port) => PortChoice::Exactly(port),
        None => {
            let workspace = engine.workspace(&engine::WorkspaceSelector::Current);
            PortChoice::FirstFreeFrom(workspace.map_or(8099, |view| view.settings.ui_port))
        }
    };
    let files = access.tls_cert.clone().zip(access.tls_key.clone());
    let local = ServeOptions::local(port);
    ServeOptions {
        host: access.host.clone().unwrap_or(local.host),
        require_token: access.require_token,
        allowed_hosts: access.allowed_hosts.clone(),
        tls: files.map(|(certificate, key)| TlsFiles { certificate, key }),
        config: ServerConfig::from_env(),
        ..local
    }
}
