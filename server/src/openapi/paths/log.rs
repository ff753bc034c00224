//! Operations on logs.

use common::log::{
    InputRequest, InputTaken, LogChunk, LogMessage, LogQuery, LogWindow, SearchAllQuery,
    SearchMessage, SearchQuery, WindowQuery,
};

use crate::api::logs::DownloadQuery;

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
                .returns::<LogChunk>()
                .errors(&[400, 404]),
            Operation::get("/api/tasks/{name}/logs/window", "read_log_lines", "Lines of a log.")
                .more("By their numbers, around a byte, or the last ones.")
                .in_workspace()
                .query::<WindowQuery>()
                .returns::<LogWindow>()
                .errors(&[400, 404]),
            Operation::get("/api/tasks/{name}/logs/search", "search_log", "Lines that match.")
                .more("What is searched is what one reads: without colours, and each line as it was left.")
                .in_workspace()
                .query::<SearchQuery>()
                .returns_lines::<SearchMessage>()
                .errors(&[400, 404]),
            Operation::get("/api/logs/search", "search_logs", "Lines of many tasks that match.")
                .more("The newest run of each task that the filter leaves, or all its runs.")
                .in_workspace()
                .query::<SearchAllQuery>()
                .returns_lines::<SearchMessage>()
                .errors(&[400, 404]),
            Operation::get("/api/tasks/{name}/logs/download", "download_log", "A log as a file.")
                .more("The file itself, with ranges; or, with `plain`, what can be read of it.")
                .in_workspace()
                .query::<DownloadQuery>()
                .returns_text("text/plain")
                .errors(&[400, 404]),
            Operation::post("/api/tasks/{name}/input", "send_input", "Type into a run's terminal.")
                .in_workspace()
                .body::<InputRequest>()
                .returns::<InputTaken>()
                .errors(&[400, 404]),
            Operation::get("/api/tasks/{name}/logs/stream", "follow_log", "A log as it grows.")
                .more("With `log_file_name` and `offset` it goes on from there, with no gap and nothing twice.")
                .in_workspace()
                .query::<StreamQuery>()
                .sends::<LogMessage>()
                .errors(&[400, 404, 429]),
        ],
    }
}
