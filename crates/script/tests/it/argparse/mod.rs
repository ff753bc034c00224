//! Reads scripts and builds their command lines.

mod argv;
mod corpus;
mod defaults;
mod differential;
mod encoding;
mod robust;
mod sources;
mod values;
