//! The machine's figures, `GET /api/system/metrics`.

use serde::{Deserialize, Serialize};

/// Load of the machine now.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SystemMetrics {
    /// Of all cores together, `0..=100`.
    pub cpu_percent: f64,
    /// Of the memory, `0..=100`.
    pub mem_percent: f64,
    /// Each GPU; empty where there is none.
    pub gpus: Vec<Gpu>,
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
