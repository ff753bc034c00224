//! Named views of the table, stored in `views.yaml` of the workspace.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::RunsQuery;

/// `GET /api/views`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ViewList {
    /// By name.
    pub items: Vec<RunsView>,
}

/// A view; `POST /api/views` keeps it, in place of the one of that name.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunsView {
    /// What it is called.
    pub name: String,
    /// Which rows and columns, in what order.
    #[serde(default)]
    pub query: RunsQuery,
    /// How it is shown: widths, pinned columns, colours, charts. The page's own business; kept as it is.
    #[serde(default)]
    pub display: Map<String, Value>,
}

/// `POST /api/views/delete`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeleteViewRequest {
    /// What it is called.
    pub name: String,
}
