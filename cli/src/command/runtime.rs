//! The async runtime and the log of commands that serve.

/// A runtime with two worker threads. Disk access runs on the blocking thread pool.
pub(super) fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        // Page rendering is deeply recursive; the default of 2 MiB is barely enough in debug builds.
        .thread_stack_size(16 << 20)
        .thread_keep_alive(std::time::Duration::from_secs(2))
        .enable_all()
        .build()
}

/// Logs warnings to standard error; `RUST_LOG` changes the filter.
pub(super) fn start_log() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
