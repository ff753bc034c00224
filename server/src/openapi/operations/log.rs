//! Operations on logs.

use common::log::{
    InputRequest, InputTaken, LogChunk, LogMessage, LogQuery, LogWindow, SearchAllQuery,
    SearchMessage, SearchQuery, WindowQuery,
};

use crate::api::logs::DownloadQuery;

use crate::openapi::operation::{Group, Operation};
use crate::ws::logs::StreamQuery;

/// The group.
pub(crate) const GROUP: Group =
    Group { name: "Logs", about: "Output of runs. Offsets are in bytes." };

pub(crate) fn read_log() -> Operation {
    Operation::new("read_log", "A part of a log.")
        .more("Without `offset` the end of the log; with it the text after it, truncated at the last line end if there is more.")
                .in_workspace()
                .query::<LogQuery>()
                .returns::<LogChunk>()
                .errors(&[400, 404])
}

pub(crate) fn read_log_lines() -> Operation {
    Operation::new("read_log_lines", "Lines of a log.")
        .more("By line number, around a byte offset, or the last lines.")
        .in_workspace()
        .query::<WindowQuery>()
        .returns::<LogWindow>()
        .errors(&[400, 404])
}

pub(crate) fn search_log() -> Operation {
    Operation::new("search_log", "Search a log.")
        .more("The displayed text is searched: without colours, and each line in its final state.")
        .in_workspace()
        .query::<SearchQuery>()
        .returns_lines::<SearchMessage>()
        .errors(&[400, 404])
}

pub(crate) fn search_logs() -> Operation {
    Operation::new("search_logs", "Search the logs of many tasks.")
        .more("The newest run of each task that matches the filter, or all its runs.")
        .in_workspace()
        .query::<SearchAllQuery>()
        .returns_lines::<SearchMessage>()
        .errors(&[400, 404])
}

pub(crate) fn download_log() -> Operation {
    Operation::new("download_log", "Download a log.")
        .more("The file itself, with ranges; with `plain`, its displayed text.")
        .in_workspace()
        .query::<DownloadQuery>()
        .returns_text("text/plain")
        .errors(&[400, 404])
}

pub(crate) fn send_input() -> Operation {
    Operation::new("send_input", "Send input to a run's terminal.")
        .in_workspace()
        .body::<InputRequest>()
        .returns::<InputTaken>()
        .errors(&[400, 404])
}

pub(crate) fn follow_log() -> Operation {
    Operation::new("follow_log", "Stream a log.")
        .more("With `log_file_name` and `offset` it continues from there, without gaps or duplicates.")
                .in_workspace()
                .query::<StreamQuery>()
                .sends::<LogMessage>()
                .errors(&[400, 404, 429])
}
