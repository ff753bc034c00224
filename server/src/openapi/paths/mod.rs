//! The operations of all routes, one module per group.

mod batch;
mod generator;
mod launcher;
mod log;
mod runs;
mod server;
mod task;
mod tasks;
mod trash;
mod workspace;

use super::operation::Group;

/// All groups, in the order of the document.
pub(super) fn groups() -> Vec<Group> {
    vec![
        workspace::group(),
        generator::group(),
        tasks::group(),
        task::group(),
        log::group(),
        runs::group(),
        batch::group(),
        trash::group(),
        launcher::group(),
        server::group(),
    ]
}
