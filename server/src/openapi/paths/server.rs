//! Operations of events, the system and this documentation.

use common::live::Event;
use common::system::{DiskUsage, SystemMetrics};

use crate::openapi::operation::{Group, Operation};
use crate::ws::events::EventsQuery;

pub(super) fn group() -> Group {
    Group {
        name: "Server",
        about: "Events, system metrics, and this document.",
        operations: vec![
            Operation::get("/api/events", "follow_events", "Stream of events.")
                .more("With `since` missed events are sent first; `resync` means that too many were missed.")
                .query::<EventsQuery>()
                .sends::<Event>()
                .errors(&[429]),
            Operation::get("/api/system/metrics", "get_system_metrics", "System metrics of the machine.")
                .returns::<SystemMetrics>(),
            Operation::get(
                "/api/system/disk",
                "get_disk_usage",
                "Disk usage of the project.",
            )
            .more("Computed for each request, which takes some time for large projects.")
            .in_workspace()
            .returns::<DiskUsage>()
            .errors(&[400, 404]),
            Operation::get("/api/openapi.json", "get_openapi", "This document."),
            Operation::get("/api/docs", "get_docs", "This document as a page.")
                .returns_text("text/html"),
        ],
    }
}
