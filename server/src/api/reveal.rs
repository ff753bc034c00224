//! The query parameter `?reveal=true`, which requests the values of secret variables.

use serde::Deserialize;
use utoipa::ToSchema;

/// Whether secrets are to be shown.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RevealQuery {
    /// Return the values of variables that look like secrets; false if absent.
    #[serde(default)]
    pub(crate) reveal: bool,
}
