//! Sockets: what the engine tells, as text messages.

pub(crate) mod events;
pub(crate) mod logs;
mod pump;
mod upgrade;
