//! Runs imported from other trackers.

use serde::{Deserialize, Serialize};

/// `GET /api/imports`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ImportList {
    /// By name.
    pub items: Vec<Import>,
}

/// A folder whose runs are listed with those of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Import {
    /// Its name; its runs are `@<name>/<run>`.
    pub name: String,
    /// Absolute path of the folder.
    pub path: String,
    /// Its content.
    pub kind: ImportKind,
    /// How many runs were found.
    pub run_count: u64,
    /// Why it cannot be read, if so.
    pub error: Option<String>,
}

/// The tracker that wrote a folder of runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Event files: TensorBoard and everything that writes for it.
    #[default]
    Tensorboard,
    /// A folder `mlruns` of MLflow's file store.
    Mlflow,
}

impl ImportKind {
    /// The word in the column `source`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tensorboard => "tensorboard",
            Self::Mlflow => "mlflow",
        }
    }
}

/// `POST /api/imports`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportRequest {
    /// The folder; a relative path is below the project.
    pub path: String,
    /// Its name; the folder's name if absent.
    #[serde(default)]
    pub name: Option<String>,
}

/// `POST /api/imports/delete`. The folder itself is left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeleteImportRequest {
    /// Its name.
    pub name: String,
}
