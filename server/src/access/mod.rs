//! Access control: authentication, host and origin checks, limits, and security headers.
//!
//! It applies to all requests: REST, server functions, WebSocket connections and files.

mod headers;
mod host;
mod layers;
mod limit_requests;
mod limits;
mod origin;
mod peer;
mod policy;
mod token;

pub(crate) use layers::guard;
pub use limits::Limits;
pub use peer::Peer;
pub use policy::AccessPolicy;
