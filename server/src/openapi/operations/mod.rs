//! The documentation of all operations, one module per group and one function per operation, which has the name of its
//! `operationId`. Path and method are in the table of routes.

pub(crate) mod batch;
pub(crate) mod generator;
pub(crate) mod launcher;
pub(crate) mod log;
pub(crate) mod runs;
pub(crate) mod server;
pub(crate) mod task;
pub(crate) mod tasks;
pub(crate) mod trash;
pub(crate) mod workspace;
