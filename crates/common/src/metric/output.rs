//! Images and files of a run.

use serde::{Deserialize, Serialize};

/// `GET /api/tasks/{name}/outputs?run=`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct RunOutputs {
    /// The task.
    pub task: String,
    /// The run, from 1; 0 if there is none.
    pub run: u32,
    /// Images reported with `pyruns.image()`, by key.
    pub images: Vec<ImageKey>,
    /// Files reported with `pyruns.artifact()` and other files in the run's artifact folder, by path.
    pub artifacts: Vec<Artifact>,
}

/// The images of one key.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImageKey {
    /// The key given to `image()`.
    pub key: String,
    /// In the order in which they were reported.
    pub images: Vec<Image>,
}

/// One image.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Image {
    /// The given step, or its index among those of its key.
    pub step: f64,
    /// When, seconds since 1970.
    pub at_s: f64,
    /// Path below the task's folder; its content is at `GET /api/tasks/{name}/files/{path}`.
    pub path: String,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Artifact {
    /// Path below the task's folder; its content is at `GET /api/tasks/{name}/files/{path}`.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Its current size; null if it was deleted.
    pub bytes: Option<u64>,
    /// When it was reported or last changed, seconds since 1970.
    pub at_s: f64,
}
