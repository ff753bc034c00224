//! The WebSocket that follows a log, `WS /api/tasks/{name}/logs/stream`.

use axum::extract::State;
use axum::response::Response;
use engine::{Engine, LogStart};
use futures_util::stream::unfold;
use serde::Deserialize;
use utoipa::ToSchema;

use super::pump::pump;
use super::upgrade::Upgrade;
use crate::api::call_engine;
use crate::error::ApiFailure;
use crate::extract::{Query, SelectedWorkspace, TaskPath};
use crate::state::ShutdownSignal;

/// Where to begin: nothing means the end of the newest run's log.
#[derive(Deserialize, ToSchema)]
pub(crate) struct StreamQuery {
    /// `run3.log`; absent for the newest run.
    log_file_name: Option<String>,
    /// The byte to begin at; absent for the end.
    offset: Option<u64>,
    /// How far behind a growing log the client may fall before something is left out.
    max_lag_bytes: Option<u64>,
}

/// `WS /api/tasks/{name}/logs/stream?log_file_name=&offset=&max_lag_bytes=`: follows a log.
pub(crate) async fn stream(
    State(engine): State<Engine>,
    State(shutdown): State<ShutdownSignal>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Query(query): Query<StreamQuery>,
    Upgrade(upgrade): Upgrade,
) -> Result<Response, ApiFailure> {
    let StreamQuery { log_file_name, offset, max_lag_bytes } = query;
    let start = LogStart { log_file_name, offset, max_lag_bytes };
    let follower =
        call_engine(engine, move |engine| engine.follow_log(&selector, &name, &start)).await?;
    let messages = unfold(follower, async |mut follower| {
        let message = follower.next().await?;
        Some((message, follower))
    });
    Ok(upgrade.on_upgrade(|socket| pump(socket, messages, shutdown)))
}
