//! The GPUs of this machine, and who uses them.

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

/// Where GPUs are found. Behind a trait, so that a queue can be tried on GPUs that are not there.
pub trait GpuInventory: Send + Sync + fmt::Debug {
    /// The GPUs now, or a moment ago. None is no error.
    fn look(&self) -> Vec<Gpu>;

    /// The GPUs now: for whoever decides by what has just changed.
    fn look_anew(&self) -> Vec<Gpu> {
        self.look()
    }
}

/// The GPUs that the driver knows, less those that `CUDA_VISIBLE_DEVICES` keeps from us.
#[must_use]
pub fn gpus_of_this_machine() -> Arc<dyn GpuInventory> {
    Arc::new(visible::Visible::from_env(nvml::NvmlInventory::default()))
}
