//! Access control: which requests are answered, and what every response says about itself.
//!
//! All of them pass it, REST, server functions, sockets and files alike.

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
