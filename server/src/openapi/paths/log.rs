//! Logs, read and followed.

use common::log::{LogChunk, LogMessage, LogQuery};

use crate::openapi::operation::{Group, Operation};
use crate::ws::logs::StreamQuery;

pub(super) fn group() -> Group {
    Group {
        name: "Logs",
        about: "What runs wrote. Offsets are bytes.",
        operations: vec![
            Operation::get("/api/tasks/{name}/logs", "read_log", "A piece of a log.")
                .more("Without `offset` the end of the log; with it what follows, cut at the last line end if there is more.")
                .in_workspace()
                .query::<LogQuery>()
                .answers::<LogChunk>()
                .refuses(&[400, 404]),
            Operation::get("/api/tasks/{name}/logs/stream", "follow_log", "A log as it grows.")
                .more("With `log_file_name` and `offset` it goes on from there, with no gap and nothing twice.")
                .in_workspace()
                .query::<StreamQuery>()
                .sends::<LogMessage>()
                .refuses(&[400, 404, 429]),
        ],
    }
}
