//! Why a queued task waits.

impl WaitText {
    /// Separates the users of GPUs from each other and from what the task waits for.
    pub const SEPARATOR: &'static str = "; ";
}

super::templates! {
    /// Reasons why a queued task waits.
    WaitText {
        /// On hold.
        Held = "on hold until it is released",
        /// A dependency that does not exist.
        AfterMissing = "waits for '{}', which does not exist",
        /// A dependency that has failed.
        AfterFailed = "waits for '{}' to complete, which has failed",
        /// A dependency that was cancelled.
        AfterCancelled = "waits for '{}' to complete, which has been cancelled",
        /// A dependency that was not started.
        AfterPending = "waits for '{}' to complete, which is pending",
        /// A dependency that waits itself.
        AfterQueued = "waits for '{}' to complete, which is queued",
        /// A dependency that runs.
        AfterRunning = "waits for '{}' to complete, which is running",
        /// A dependency that has completed meanwhile.
        AfterCompleted = "waits for '{}' to complete, which is completed",
        /// The delay before a retry.
        RetryDelay = "waits until {} for retry {} of {}",
        /// More CPU slots than there are.
        TooManyCpus = "asks for {} CPU slots; there are only {}",
        /// CPU slots.
        Cpus = "waits for {} CPU slots: {} of {} free",
        /// GPUs of a machine without one; the second argument is [`Gpus`](Self::Gpus) or the like.
        NoGpus = "asks for {} {}; this machine has none",
        /// More GPUs than there are.
        TooManyGpus = "asks for {} {}; there are only {}",
        /// GPUs, followed by their users, each after `; `.
        FreeGpus = "waits for {} {}: {} of {} free",
        /// Another user of a GPU, without a name.
        GpuUnknownUser = "GPU {} used by somebody, pid {}",
        /// The user of a GPU.
        GpuUser = "GPU {} used by {}, pid {}",
        /// Names of what is asked for.
        GpuPart = "GPU with room for {} % of it",
        /// Several of them.
        GpuParts = "GPUs with room for {} % of it",
        /// With memory.
        GpuMemory = "GPU with {} GiB to spare",
        /// Several of them.
        GpusMemory = "GPUs with {} GiB to spare",
        /// One GPU.
        Gpu = "GPU",
        /// Several GPUs.
        Gpus = "GPUs",
        /// A full disk.
        Disk = "waits for room on the disk, which is full",
        /// The maximum number of tasks runs.
        Worker = "waits for a free worker",
    }
}
