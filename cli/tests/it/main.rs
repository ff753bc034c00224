//! Behaviour of the whole below HTTP: the real binary supervises real processes.

mod cancel;
mod create;
mod death;
mod project;
mod queue;
mod rooms;
mod run;
