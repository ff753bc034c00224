//! The whole API on one page.

use axum::Router;
use axum::http::{Method, Uri};
use axum::middleware::from_fn;
use axum::routing::{any, get, patch, post};
use common::ApiError;

use crate::api::{
    batch, generator, import, launcher, log, metric, runs, system, task, template, trash, view,
    workspace,
};
use crate::error::ApiFailure;
use crate::function_status::set_function_status;
use crate::state::AppState;
use crate::{access, assets, openapi, pages, ws};

/// Every route behind access control: REST, sockets, server functions, pages and their files.
///
/// Must be called within a tokio runtime, because listing the pages starts their executor.
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
        .route("/api/workspace", get(workspace::get::get))
        .route("/api/workspace/run-root", post(workspace::run_root::run_root))
        .route("/api/workspace/shell", post(workspace::shell::shell))
        .route("/api/settings", patch(workspace::settings::settings))
        .route("/api/dashboard", get(workspace::dashboard::dashboard))
        // Templates and the generator
        .route("/api/templates", get(template::list::list))
        .route("/api/templates/content", get(template::content::content))
        .route("/api/generator/preview", post(generator::preview::preview))
        .route("/api/generator/create", post(generator::create::create))
        // Tasks. `batch`, `export` and `reorder` are tasks' names too wherever no batch route is.
        .route("/api/tasks", get(task::list::list))
        .route("/api/tasks/batch/run", post(task::run_batch::run_batch))
        .route("/api/tasks/batch/delete", post(task::delete_batch::delete_batch))
        .route("/api/tasks/export/csv", post(task::export_csv::export_csv))
        .route("/api/tasks/reorder", post(task::reorder::reorder).get(task::get::get))
        .route("/api/tasks/{name}", get(task::get::get))
        .route("/api/tasks/{name}/run", post(task::run::run))
        .route("/api/tasks/{name}/cancel", post(task::cancel::cancel))
        .route("/api/tasks/{name}/pin", post(task::pin::pin))
        .route("/api/tasks/{name}/notes", patch(task::notes::notes))
        .route("/api/tasks/{name}/env", patch(task::env::env))
        .route("/api/tasks/{name}/rename", post(task::rename::rename))
        .route("/api/tasks/{name}/options", patch(task::options::options))
        .route("/api/tasks/{name}/hold", post(task::hold::hold))
        .route("/api/tasks/{name}/duplicate", post(task::duplicate::duplicate))
        .route("/api/tasks/{name}/provenance", get(task::provenance::provenance))
        .route("/api/tasks/{name}/provenance/{hash}", get(task::kept_file::kept_file))
        .route("/api/tasks/{name}/restore-inputs", post(task::restore_inputs::restore_inputs))
        .route("/api/tasks/{name}/logs", get(log::read::read))
        .route("/api/tasks/{name}/logs/window", get(log::window::window))
        .route("/api/tasks/{name}/logs/search", get(log::search::search))
        .route("/api/tasks/{name}/logs/download", get(log::download::download))
        .route("/api/tasks/{name}/input", post(log::input::input))
        .route("/api/logs/search", get(log::search_all::search_all))
        .route("/api/tasks/{name}/metrics", get(metric::read::read))
        .route("/api/tasks/{name}/tags", patch(task::tags::tags))
        .route("/api/tasks/{name}/export", get(metric::export::export))
        .route("/api/tasks/{name}/outputs", get(metric::outputs::outputs))
        .route("/api/tasks/{name}/files/{*path}", get(metric::file::file))
        // Runs, side by side
        .route("/api/metrics/series", post(metric::series::series))
        .route("/api/runs", get(runs::list::list).post(runs::query::query))
        .route("/api/runs/columns", get(runs::columns::columns))
        .route("/api/runs/diff", post(runs::diff::diff))
        .route("/api/runs/export", get(runs::export::export))
        .route("/api/views", get(view::list::list).post(view::save::save))
        .route("/api/views/delete", post(view::delete::delete))
        .route("/api/imports", get(import::list::list).post(import::add::add))
        .route("/api/imports/delete", post(import::delete::delete))
        .route("/api/batches", get(batch::list::list))
        .route("/api/batches/{name}/extend", post(batch::extend::extend))
        .route("/api/batches/{name}/rerun", post(batch::rerun::rerun))
        .route("/api/trash", get(trash::list::list))
        .route("/api/trash/restore", post(trash::restore::restore))
        .route("/api/trash/purge", post(trash::purge::purge))
        // Sockets
        .route("/api/tasks/{name}/logs/stream", get(ws::logs::stream))
        .route("/api/events", get(ws::events::stream))
        // The machine
        .route("/api/system/disk", get(system::disk::disk))
        .route("/api/system/metrics", get(system::metrics::metrics))
        // This API, written down
        .route("/api/openapi.json", get(openapi::openapi_json))
        .route("/api/docs", get(openapi::docs))
        .route("/api/docs.css", get(openapi::docs_css))
        // Launcher
        .route("/api/launcher/scripts", get(launcher::scripts::scripts))
        .route("/api/launcher/configs", get(launcher::configs::configs))
        .route("/api/launcher/workspaces", get(launcher::workspaces::workspaces))
        .route("/api/launcher/open", post(launcher::open::open))
        .route("/api/launcher/pick-script", post(launcher::pick_script::pick_script))
        .route("/api/launcher/pick-script-path", post(launcher::pick_script_path::pick_script_path))
        .route("/api/launcher/pick-shell-root", post(launcher::pick_shell_root::pick_shell_root))
        .route("/api/launcher/open-shell-root", post(launcher::open_shell_root::open_shell_root))
        .route("/api/launcher/validate-path", get(launcher::validate_path::validate_path))
        // Programs never get a page in place of an answer.
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
