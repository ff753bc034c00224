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

/// A view; `POST /api/views` saves it and replaces one of the same name.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunsView {
    /// Its name.
    pub name: String,
    /// Rows, columns and order.
    #[serde(default)]
    pub query: RunsQuery,
    /// Display options of the page: widths, pinned columns, colours, charts. Stored unchanged.
    #[serde(default)]
    pub display: Map<String, Value>,
}

/// `POST /api/views/delete`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeleteViewRequest {
    /// Its name.
    pub name: String,
}
