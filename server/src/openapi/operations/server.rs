//! Operations of events, the system and this documentation.

use common::live::Event;
use common::system::{DiskUsage, SystemMetrics};

use crate::openapi::operation::{Group, Operation};
use crate::ws::events::EventsQuery;

/// The group.
pub(crate) const GROUP: Group =
    Group { name: "Server", about: "Events, system metrics, and this document." };

pub(crate) fn follow_events() -> Operation {
    Operation::new("follow_events", "Stream of events.")
        .more(
            "With `since` missed events are sent first; `resync` means that too many were missed.",
        )
        .query::<EventsQuery>()
        .sends::<Event>()
        .errors(&[429])
}

pub(crate) fn get_system_metrics() -> Operation {
    Operation::new("get_system_metrics", "System metrics of the machine.")
        .returns::<SystemMetrics>()
}

pub(crate) fn get_disk_usage() -> Operation {
    Operation::new("get_disk_usage", "Disk usage of the project.")
        .more("Computed for each request, which takes some time for large projects.")
        .in_workspace()
        .returns::<DiskUsage>()
        .errors(&[400, 404])
}

pub(crate) fn get_openapi() -> Operation {
    Operation::new("get_openapi", "This document.")
}

pub(crate) fn get_docs() -> Operation {
    Operation::new("get_docs", "This document as a page.").returns_text("text/html")
}
