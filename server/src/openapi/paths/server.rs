//! The server itself and its machine.

use common::live::Event;
use common::system::{DiskUsage, SystemMetrics};

use crate::openapi::operation::{Group, Operation};
use crate::ws::events::EventsQuery;

pub(super) fn group() -> Group {
    Group {
        name: "Server",
        about: "What happens, how the machine does, and this document.",
        operations: vec![
            Operation::get("/api/events", "follow_events", "Everything that changes.")
                .more("With `since` what was missed comes first; `resync` means that too much was.")
                .query::<EventsQuery>()
                .sends::<Event>()
                .refuses(&[429]),
            Operation::get("/api/system/metrics", "get_system_metrics", "The machine's load.")
                .answers::<SystemMetrics>(),
            Operation::get(
                "/api/system/disk",
                "get_disk_usage",
                "What takes the room on the disk.",
            )
            .more("It is counted when it is asked for, which takes a moment for large projects.")
            .in_workspace()
            .answers::<DiskUsage>()
            .refuses(&[400, 404]),
            Operation::get("/api/openapi.json", "get_openapi", "This document."),
            Operation::get("/api/docs", "get_docs", "This document to read.")
                .answers_text("text/html"),
        ],
    }
}
