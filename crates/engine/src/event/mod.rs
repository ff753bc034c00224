//! What happened, in one order, to everybody who asks.

mod bus;
mod subscription;

pub(crate) use bus::EventBus;
pub use subscription::Subscription;
