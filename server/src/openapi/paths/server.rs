//! Operations of events, the system and this documentation.

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
                .errors(&[429]),
            Operation::get("/api/system/metrics", "get_system_metrics", "The machine's load.")
                .returns::<SystemMetrics>(),
            Operation::get(
                "/api/system/disk",
                "get_disk_usage",
                "What takes the room on the disk.",
            )
            .more("It is counted when it is asked for, which takes a moment for large projects.")
            .in_workspace()
            .returns::<DiskUsage>()
            .errors(&[400, 404]),
            Operation::get("/api/openapi.json", "get_openapi", "This document."),
            Operation::get("/api/docs", "get_docs", "This document to read.")
                .returns_text("text/html"),
        ],
    }
}
