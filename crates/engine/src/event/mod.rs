//! Events: changes published in one order to all subscribers.

mod bus;
mod subscription;

pub(crate) use bus::EventBus;
pub use subscription::Subscription;
