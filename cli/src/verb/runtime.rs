//! The asynchronous runtime and the log of the verbs that serve.

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
