//! WebSocket connections, which send messages of the engine as JSON text.

pub(crate) mod events;
pub(crate) mod logs;
mod pump;
mod upgrade;
