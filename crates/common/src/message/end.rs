//! Why a run ended without success, or did not start. These texts are stored in `task_info.json` and
//! sent by the API, so that they never change; what the interface shows instead is in `app/src/i18n/`.

super::templates! {
    /// Reasons of ended runs, and failure summaries that the log does not give.
    EndText {
        /// Wraps another reason.
        Retry = "{}; retry {} of {} follows",
        /// Wraps another reason.
        OutOfMemory = "out of memory: {}",
        /// It was cancelled.
        Cancelled = "cancelled",
        /// A shell returns 128 plus the signal that ended its command.
        ExitCodeOfSignal = "exit code {} ({})",
        /// The exit code.
        ExitCode = "exit code {}",
        /// A signal without a name.
        Signal = "signal {}",
        /// The failure summary of a signal, and the exception in the log.
        KilledAfter = "killed by {}: {}",
        /// The failure summary of a signal.
        Killed = "killed by {}",
        /// The failure summary of exhausted memory.
        KilledOutOfMemory = "killed: out of memory",
        /// The time limit.
        TimedOut = "timed out after {}",
        /// The failure summary of an interrupted run.
        InterruptedWhy = "interrupted: its supervisor was killed, or the machine restarted",
        /// The reason of an interrupted run.
        Interrupted = "interrupted",
        /// Another program ran it and recorded no exit code.
        Failed = "failed",
        /// It was never started.
        NoSupervisor = "the supervisor ended before the run began",
        /// The launcher could not start the supervisor.
        NotLaunched = "the supervisor could not be started: {}",
        /// Its process could not be waited for.
        NotAwaited = "waiting for it failed: {}",
        /// Its process ended neither by an exit nor by a signal.
        UnknownEnd = "it ended in an unknown way: {}",
        /// No such script.
        NoScript = "The script {} does not exist.",
        /// The configuration file is invalid.
        BadConfig = "config.yaml: {}",
        /// No such shell.
        NoShell = "The shell {} cannot be run.",
        /// A variable of `env_from` is missing.
        NoVariable = "{} is to be passed on from the server's environment (env_from), where it is not set. Set it where pyr is started, or take it out of env_from.",
        /// The program could not be started; wraps the system's error.
        NotStarted = "starting {}: {}",
    }
}
