//! Reading scripts, and the command lines they are given.

mod argv;
mod corpus;
mod defaults;
mod differential;
mod encoding;
mod robust;
mod sources;
mod values;
