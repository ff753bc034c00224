//! Handlers of the workspace, the settings and the dashboard.

use axum::extract::State;
use common::workspace::PathRequest;
use engine::Engine;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::api::response_cache::CacheKey;
use crate::api::reveal::RevealQuery;
use crate::api::{HandlerResult, ResponseCache, respond};
use crate::extract::{Body, Query, SelectedWorkspace};

/// `GET /api/workspace`: describes the workspace.
pub(crate) async fn get(
    State(engine): State<Engine>,
    State(recent): State<ResponseCache>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Query(query): Query<RevealQuery>,
) -> HandlerResult {
    if query.reveal {
        return respond(engine, move |engine| engine.reveal_workspace(&selector)).await;
    }
    let query_selector = selector.clone();
    recent
        .respond(engine, selector, CacheKey::Workspace, move |e| e.workspace(&query_selector))
        .await
}

/// `POST /api/workspace/run-root`: switches to an existing workspace folder.
pub(crate) async fn run_root(
    State(engine): State<Engine>,
    Body(request): Body<PathRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.open_run_root(&request.path)).await
}

/// `POST /api/workspace/shell`: switches to the shell workspace.
pub(crate) async fn shell(State(engine): State<Engine>) -> HandlerResult {
    respond(engine, Engine::open_shell).await
}

/// `PATCH /api/settings`: updates keys of the project's settings.
pub(crate) async fn settings(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(patch): Body<Map<String, Value>>,
) -> HandlerResult {
    respond(engine, move |engine| engine.update_settings(&selector, &patch)).await
}

/// How much of the dashboard is wanted.
#[derive(Deserialize, ToSchema)]
pub(crate) struct DashboardQuery {
    /// How many of the newest tasks; 6 if absent.
    recent_limit: Option<u32>,
}

/// `GET /api/dashboard?recent_limit=6`: the dashboard of the workspace.
pub(crate) async fn dashboard(
    State(engine): State<Engine>,
    State(recent): State<ResponseCache>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Query(query): Query<DashboardQuery>,
) -> HandlerResult {
    let limit = query.recent_limit.unwrap_or(6);
    let (query_selector, key) = (selector.clone(), CacheKey::Dashboard(limit));
    recent.respond(engine, selector, key, move |e| e.dashboard(&query_selector, limit)).await
}
