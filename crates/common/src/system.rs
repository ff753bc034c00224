//! Statistics of the machine, `GET /api/system/metrics`.

use serde::{Deserialize, Serialize};

/// Load of the machine now.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SystemMetrics {
    /// Of all cores together, `0..=100`.
    pub cpu_percent: f64,
    /// Of the memory, `0..=100`.
    pub mem_percent: f64,
    /// Each GPU; empty if there is none.
    pub gpus: Vec<Gpu>,
    /// The disk of the project; null if the system does not report it.
    #[serde(default)]
    pub disk: Option<Disk>,
}

/// The disk of a project.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Disk {
    /// The folder that was asked about.
    pub path: String,
    /// Its size, bytes.
    pub total_bytes: u64,
    /// Free space, bytes.
    pub free_bytes: u64,
    /// Below this it is `low`: the setting `min_free_disk_mb`.
    pub warn_below_bytes: u64,
    /// Whether there is free space.
    pub state: DiskState,
}

/// Whether a disk has free space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum DiskState {
    /// There is enough.
    #[default]
    Ok,
    /// Less than the setting `min_free_disk_mb`.
    Low,
    /// Next to nothing: no run is started.
    Full,
}

/// `GET /api/system/disk`: the disk usage of a project.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DiskUsage {
    /// The disk of the project; null if the system does not report it.
    pub disk: Option<Disk>,
    /// By kind, the largest first: `artifacts`, `logs`, `metrics`, `provenance`, `trash`, `caches`, `other`.
    pub kinds: Vec<DiskPart>,
    /// The tasks that take the most, as `workspace/task`, the largest first.
    pub tasks: Vec<DiskPart>,
    /// False if the scan timed out: more space is used.
    pub is_complete: bool,
}

/// Disk usage of a part of a project.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DiskPart {
    /// The kind, or the task.
    pub name: String,
    /// Its disk usage, bytes.
    pub bytes: u64,
}

/// One GPU.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gpu {
    /// Index as the driver counts.
    pub index: u32,
    /// Product name.
    pub name: String,
    /// Unique id.
    pub uuid: String,
    /// Utilisation, percent.
    pub util: f64,
    /// Used memory, MiB.
    pub mem_used: f64,
    /// Total memory, MiB.
    pub mem_total: f64,
    /// Who uses it.
    pub processes: Vec<GpuProcess>,
}

/// One process on a GPU.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GpuProcess {
    /// Process id.
    pub pid: u32,
    /// Owner's name.
    pub user: String,
    /// Command name.
    pub name: String,
    /// Memory on this GPU, MiB.
    pub memory_mb: f64,
}
