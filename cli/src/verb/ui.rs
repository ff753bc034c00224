//! `pyr ui`: serves the page until Ctrl-C.

use server::{PortChoice, ServeOptions, ServerConfig, TlsFiles};

use super::cli::{DoorArgs, UiArgs};
use super::failure::Failure;
use super::open::Target;
use super::{browser, disk};

/// How long the engine may finish what it is doing for a request when the server ends.
const LAST_WORK: std::time::Duration = std::time::Duration::from_secs(3);

/// Opens the target and serves it.
///
/// # Errors
/// When the target cannot be opened, or no port is free.
pub(crate) fn ui(arguments: &UiArgs) -> Result<(), Failure> {
    start_log();
    let target = Target::read(arguments.target.as_deref())?;
    let engine = target.open(arguments.config.as_deref())?;
    let runtime = runtime()?;
    let served = runtime.block_on(async {
        let options = options(&engine, arguments.port, &arguments.door);
        // The development loop restarts the server with every edit; its browser is open already.
        let watching = options.config.reload_port.is_some();
        let warning = engine.disk().as_ref().and_then(disk::warning);
        let (server::Listening { url, notes, .. }, serving) =
            server::serve(engine, options).await?;
        say(&format!("Pyruns serves {url} (Ctrl-C ends it; running tasks go on)"));
        notes.iter().for_each(|note| say(note));
        if let Some(warning) = &warning {
            say(warning);
        }
        if !arguments.no_browser && !watching {
            browser::open(&url);
        }
        serving.await;
        Ok(())
    });
    // What a request has the engine still do must not keep the server from ending: files are whole at
    // every moment.
    runtime.shutdown_timeout(LAST_WORK);
    served
}

/// Exactly the given port, or the first free one from the setting on.
pub(super) fn options(engine: &engine::Engine, port: Option<u16>, door: &DoorArgs) -> ServeOptions {
    let port = match port {
        Some(port) => PortChoice::Exactly(port),
        None => {
            let workspace = engine.workspace(&engine::Pick::Current);
            PortChoice::FirstFreeFrom(workspace.map_or(8099, |view| view.settings.ui_port))
        }
    };
    let files = door.tls_cert.clone().zip(door.tls_key.clone());
    let local = ServeOptions::local(port);
    ServeOptions {
        host: door.host.clone().unwrap_or(local.host),
        require_token: door.require_token,
        allowed_hosts: door.allowed_hosts.clone(),
        tls: files.map(|(certificate, key)| TlsFiles { certificate, key }),
        config: ServerConfig::from_env(),
        ..local
    }
}

/// Two worker threads serve a browser and scripts; what touches the disk has threads of its own.
pub(super) fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        // Pages are rendered by one nested call per element; 2 MiB is near the edge in debug builds.
        .thread_stack_size(16 << 20)
        .thread_keep_alive(std::time::Duration::from_secs(2))
        .enable_all()
        .build()
}

/// What goes wrong is told on standard error; `RUST_LOG` asks for more.
pub(super) fn start_log() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// A line for the user. A closed standard output must not end the server.
pub(super) fn say(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
