//! The GPUs of this machine and the processes that use them.

mod names;
mod nvml;
mod process;
mod visible;

use std::fmt;
use std::sync::Arc;

use common::system::Gpu;

pub(crate) use names::names;
pub(crate) use process::owner;
pub use process::{Presence, belongs_to_project, presence, user_name};

/// A source of GPU data; a trait, so that tests can use GPUs that do not exist.
pub trait GpuInventory: Send + Sync + fmt::Debug {
    /// The current GPUs, from a short cache. An empty list is not an error.
    fn poll(&self) -> Vec<Gpu>;

    /// The current GPUs with minimal caching, for decisions that depend on a recent change.
    fn refresh(&self) -> Vec<Gpu> {
        self.poll()
    }
}

/// The GPUs known to the driver, restricted to those in `CUDA_VISIBLE_DEVICES`.
#[must_use]
pub fn gpus_of_this_machine() -> Arc<dyn GpuInventory> {
    Arc::new(visible::Visible::from_env(nvml::NvmlInventory::default()))
}
