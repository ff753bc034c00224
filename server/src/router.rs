//! The table of routes.

use axum::Router;
use axum::http::{Method, Uri};
use axum::middleware::from_fn;
use axum::routing::{any, get, patch, post};
use common::ApiError;

use crate::api::{
    batches, generator, imports, launcher, logs, metrics, outputs, provenance, runs, system,
    task_sets, tasks, templates, trash, views, workspace,
};
use crate::error::ApiFailure;
use crate::function_status::set_function_status;
use crate::state::AppState;
use crate::{access, assets, openapi, pages, ws};

/// Builds the router of all routes, with access control: REST, WebSocket connections, server functions, pages and assets.
///
/// Must be called within a tokio runtime, because the generation of the page list starts their executor.
pub fn build_router(state: AppState) -> Router {
    let router = api_routes()
        .route("/pkg/{*path}", get(assets::serve))
        .route("/vendor/{*path}", get(assets::serve))
        .route("/favicon.svg", get(assets::serve));
    let router = pages::add(router, &state)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(set_function_status));
    access::guard(router, &state).with_state(state)
}

#[rustfmt::skip] // One line a route reads as a table.
fn api_routes() -> Router<AppState> {
    Router::new()
        // Workspace
        .route("/api/workspace", get(workspace::get))
        .route("/api/workspace/run-root", post(workspace::run_root))
        .route("/api/workspace/shell", post(workspace::shell))
        .route("/api/settings", patch(workspace::settings))
        .route("/api/dashboard", get(workspace::dashboard))
        // Templates and the generator
        .route("/api/templates", get(templates::list))
        .route("/api/templates/content", get(templates::content))
        .route("/api/generator/preview", post(generator::preview))
        .route("/api/generator/create", post(generator::create))
        // Tasks. `batch`, `export` and `reorder` are valid task names where there is no route of that name.
        .route("/api/tasks", get(tasks::list))
        .route("/api/tasks/batch/run", post(task_sets::run_batch))
        .route("/api/tasks/batch/delete", post(task_sets::delete_batch))
        .route("/api/tasks/export/csv", post(task_sets::export_csv))
        .route("/api/tasks/reorder", post(task_sets::reorder).get(tasks::get))
        .route("/api/tasks/{name}", get(tasks::get))
        .route("/api/tasks/{name}/run", post(tasks::run))
        .route("/api/tasks/{name}/cancel", post(tasks::cancel))
        .route("/api/tasks/{name}/pin", post(tasks::pin))
        .route("/api/tasks/{name}/notes", patch(tasks::notes))
        .route("/api/tasks/{name}/env", patch(tasks::env))
        .route("/api/tasks/{name}/rename", post(tasks::rename))
        .route("/api/tasks/{name}/options", patch(tasks::options))
        .route("/api/tasks/{name}/hold", post(tasks::hold))
        .route("/api/tasks/{name}/duplicate", post(tasks::duplicate))
        .route("/api/tasks/{name}/provenance", get(provenance::provenance))
        .route("/api/tasks/{name}/provenance/{hash}", get(provenance::file))
        .route("/api/tasks/{name}/restore-inputs", post(provenance::restore_inputs))
        .route("/api/tasks/{name}/logs", get(logs::read))
        .route("/api/tasks/{name}/logs/window", get(logs::window))
        .route("/api/tasks/{name}/logs/search", get(logs::search))
        .route("/api/tasks/{name}/logs/download", get(logs::download))
        .route("/api/tasks/{name}/input", post(logs::input))
        .route("/api/logs/search", get(logs::search_all))
        .route("/api/tasks/{name}/metrics", get(metrics::read))
        .route("/api/tasks/{name}/tags", patch(tasks::tags))
        .route("/api/tasks/{name}/export", get(metrics::export))
        .route("/api/tasks/{name}/outputs", get(outputs::outputs))
        .route("/api/tasks/{name}/files/{*path}", get(outputs::file))
        // Runs
        .route("/api/metrics/series", post(metrics::series))
        .route("/api/runs", get(runs::list).post(runs::query))
        .route("/api/runs/columns", get(runs::columns))
        .route("/api/runs/diff", post(runs::diff))
        .route("/api/runs/rank-parameters", post(runs::rank_parameters))
        .route("/api/runs/export", get(runs::export))
        .route("/api/views", get(views::list).post(views::save))
        .route("/api/views/delete", post(views::delete))
        .route("/api/imports", get(imports::list).post(imports::add))
        .route("/api/imports/delete", post(imports::delete))
        .route("/api/batches", get(batches::list))
        .route("/api/batches/{name}/extend", post(batches::extend))
        .route("/api/batches/{name}/rerun", post(batches::rerun))
        .route("/api/trash", get(trash::list))
        .route("/api/trash/restore", post(trash::restore))
        .route("/api/trash/purge", post(trash::purge))
        // WebSockets
        .route("/api/tasks/{name}/logs/stream", get(ws::logs::stream))
        .route("/api/events", get(ws::events::stream))
        // System
        .route("/api/system/disk", get(system::disk))
        .route("/api/system/metrics", get(system::metrics))
        // API documentation
        .route("/api/openapi.json", get(openapi::openapi_json))
        .route("/api/docs", get(openapi::docs))
        .route("/api/docs.css", get(openapi::docs_css))
        // Launcher
        .route("/api/launcher/scripts", get(launcher::scripts))
        .route("/api/launcher/configs", get(launcher::configs))
        .route("/api/launcher/workspaces", get(launcher::workspaces))
        .route("/api/launcher/open", post(launcher::open))
        .route("/api/launcher/pick-script", post(launcher::pick_script))
        .route("/api/launcher/pick-script-path", post(launcher::pick_script_path))
        .route("/api/launcher/pick-shell-root", post(launcher::pick_shell_root))
        .route("/api/launcher/open-shell-root", post(launcher::open_shell_root))
        .route("/api/launcher/validate-path", get(launcher::validate_path))
        // API clients get JSON errors for unknown routes, not the page.
        .route("/api", any(unknown_route))
        .route("/api/", any(unknown_route))
        .route("/api/{*rest}", any(unknown_route))
        .route("/sfn/{*rest}", any(unknown_route))
}

async fn unknown_route(method: Method, uri: Uri) -> ApiFailure {
    ApiError::NotFound(format!("No such route: {method} {}", uri.path())).into()
}

async fn wrong_method(method: Method, uri: Uri) -> ApiFailure {
    let text = format!("{method} is not possible on {}", uri.path());
    ApiError::MethodNotAllowed(text).into()
}
