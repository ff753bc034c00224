//! The table of routes. The API's document is generated from it.

use axum::Router;
use axum::http::{Method, Uri};
use axum::middleware::from_fn;
use axum::routing::{any, get};
use common::ApiError;

use crate::api::{
    batches, generator, imports, launcher, logs, metrics, outputs, provenance, runs, system,
    task_sets, tasks, templates, trash, views, workspace,
};
use crate::api_router::ApiRouter;
use crate::error::ApiFailure;
use crate::function_status::set_function_status;
use crate::openapi::operations as docs;
use crate::state::AppState;
use crate::{access, assets, openapi, pages, ws};

/// Builds the router of all routes, with access control: REST, WebSocket connections, server functions, pages and assets.
///
/// Must be called within a tokio runtime, because the generation of the page list starts their executor.
pub fn build_router(state: AppState) -> Router {
    let (api, document) = api_routes().into_parts();
    let state = AppState { document, ..state };
    let router = api
        // The stylesheet of `/api/docs`, which is no part of the API.
        .route("/api/docs.css", get(openapi::docs_css))
        // API clients get JSON errors for unknown routes, not the page.
        .route("/api", any(unknown_route))
        .route("/api/", any(unknown_route))
        .route("/api/{*rest}", any(unknown_route))
        .route("/sfn/{*rest}", any(unknown_route))
        .route("/pkg/{*path}", get(assets::serve))
        .route("/vendor/{*path}", get(assets::serve))
        .route("/favicon.svg", get(assets::serve));
    let router = pages::add(router, &state)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(set_function_status));
    access::guard(router, &state).with_state(state)
}

/// The routes of the API, each with its handler and its documentation, in the order of the document.
pub(crate) fn api_routes() -> ApiRouter {
    launcher_routes(run_routes(task_routes(workspace_routes(ApiRouter::default()))))
}

/// Workspaces and the generator.
#[rustfmt::skip] // One line a route reads as a table.
fn workspace_routes(router: ApiRouter) -> ApiRouter {
    router
        .group(&docs::workspace::GROUP)
        .get("/api/workspace", workspace::get, docs::workspace::get_workspace)
        .post("/api/workspace/run-root", workspace::run_root, docs::workspace::open_run_root)
        .post("/api/workspace/shell", workspace::shell, docs::workspace::open_shell)
        .patch("/api/settings", workspace::settings, docs::workspace::change_settings)
        .get("/api/dashboard", workspace::dashboard, docs::workspace::get_dashboard)
        .group(&docs::generator::GROUP)
        .get("/api/templates", templates::list, docs::generator::list_templates)
        .get("/api/templates/content", templates::content, docs::generator::get_template)
        .post("/api/generator/preview", generator::preview, docs::generator::preview)
        .post("/api/generator/create", generator::create, docs::generator::create_tasks)
}

/// Tasks and their logs.
#[rustfmt::skip] // One line a route reads as a table.
fn task_routes(router: ApiRouter) -> ApiRouter {
    router
        .group(&docs::tasks::GROUP)
        // `batch`, `export` and `reorder` are valid task names where there is no route of that name.
        .get("/api/tasks", tasks::list, docs::tasks::list_tasks)
        .post("/api/tasks/batch/run", task_sets::run_batch, docs::tasks::run_tasks)
        .post("/api/tasks/batch/delete", task_sets::delete_batch, docs::tasks::delete_tasks)
        .post("/api/tasks/export/csv", task_sets::export_csv, docs::tasks::export_csv)
        .post("/api/tasks/reorder", task_sets::reorder, docs::tasks::reorder_tasks)
        .get("/api/tasks/reorder", tasks::get, docs::tasks::get_task_called_reorder)
        .group(&docs::task::GROUP)
        .get("/api/tasks/{name}", tasks::get, docs::task::get_task)
        .post("/api/tasks/{name}/run", tasks::run, docs::task::run_task)
        .post("/api/tasks/{name}/cancel", tasks::cancel, docs::task::cancel_task)
        .post("/api/tasks/{name}/pin", tasks::pin, docs::task::pin_task)
        .patch("/api/tasks/{name}/notes", tasks::notes, docs::task::set_notes)
        .patch("/api/tasks/{name}/env", tasks::env, docs::task::set_env)
        .patch("/api/tasks/{name}/options", tasks::options, docs::task::set_options)
        .post("/api/tasks/{name}/hold", tasks::hold, docs::task::hold_task)
        .post("/api/tasks/{name}/rename", tasks::rename, docs::task::rename_task)
        .post("/api/tasks/{name}/duplicate", tasks::duplicate, docs::task::duplicate_task)
        .patch("/api/tasks/{name}/tags", tasks::tags, docs::task::set_tags)
        .get("/api/tasks/{name}/outputs", outputs::outputs, docs::task::get_outputs)
        .get("/api/tasks/{name}/files/{*path}", outputs::file, docs::task::get_file)
        .get("/api/tasks/{name}/export", metrics::export, docs::task::export_run)
        .get("/api/tasks/{name}/metrics", metrics::read, docs::task::get_metrics)
        .get("/api/tasks/{name}/provenance", provenance::provenance, docs::task::get_provenance)
        .get("/api/tasks/{name}/provenance/{hash}", provenance::file, docs::task::get_provenance_file)
        .post("/api/tasks/{name}/restore-inputs", provenance::restore_inputs, docs::task::restore_inputs)
        .group(&docs::log::GROUP)
        .get("/api/tasks/{name}/logs", logs::read, docs::log::read_log)
        .get("/api/tasks/{name}/logs/window", logs::window, docs::log::read_log_lines)
        .get("/api/tasks/{name}/logs/search", logs::search, docs::log::search_log)
        .get("/api/logs/search", logs::search_all, docs::log::search_logs)
        .get("/api/tasks/{name}/logs/download", logs::download, docs::log::download_log)
        .post("/api/tasks/{name}/input", logs::input, docs::log::send_input)
        .get("/api/tasks/{name}/logs/stream", ws::logs::stream, docs::log::follow_log)
}

/// Runs of all tasks, batches and the trash.
#[rustfmt::skip] // One line a route reads as a table.
fn run_routes(router: ApiRouter) -> ApiRouter {
    router
        .group(&docs::runs::GROUP)
        .post("/api/metrics/series", metrics::series, docs::runs::get_series)
        .get("/api/runs", runs::list, docs::runs::list_runs)
        .post("/api/runs", runs::query, docs::runs::query_runs)
        .get("/api/runs/columns", runs::columns, docs::runs::list_run_columns)
        .post("/api/runs/diff", runs::diff, docs::runs::diff_inputs)
        .post("/api/runs/rank-parameters", runs::rank_parameters, docs::runs::rank_parameters)
        .get("/api/runs/export", runs::export, docs::runs::export_runs)
        .get("/api/views", views::list, docs::runs::list_views)
        .post("/api/views", views::save, docs::runs::save_view)
        .post("/api/views/delete", views::delete, docs::runs::delete_view)
        .get("/api/imports", imports::list, docs::runs::list_imports)
        .post("/api/imports", imports::add, docs::runs::add_import)
        .post("/api/imports/delete", imports::delete, docs::runs::delete_import)
        .group(&docs::batch::GROUP)
        .get("/api/batches", batches::list, docs::batch::list_batches)
        .post("/api/batches/{name}/extend", batches::extend, docs::batch::extend_batch)
        .post("/api/batches/{name}/rerun", batches::rerun, docs::batch::rerun_batch)
        .group(&docs::trash::GROUP)
        .get("/api/trash", trash::list, docs::trash::list_trash)
        .post("/api/trash/restore", trash::restore, docs::trash::restore_tasks)
        .post("/api/trash/purge", trash::purge, docs::trash::purge_tasks)
}

/// Opening scripts, and the server itself.
#[rustfmt::skip] // One line a route reads as a table.
fn launcher_routes(router: ApiRouter) -> ApiRouter {
    router
        .group(&docs::launcher::GROUP)
        .get("/api/launcher/scripts", launcher::scripts, docs::launcher::list_scripts)
        .get("/api/launcher/configs", launcher::configs, docs::launcher::list_configs)
        .get("/api/launcher/workspaces", launcher::workspaces, docs::launcher::list_workspaces)
        .post("/api/launcher/open", launcher::open, docs::launcher::open_script)
        .post("/api/launcher/pick-script", launcher::pick_script, docs::launcher::pick_script)
        .post("/api/launcher/pick-script-path", launcher::pick_script_path, docs::launcher::pick_script_path)
        .post("/api/launcher/pick-shell-root", launcher::pick_shell_root, docs::launcher::pick_shell_root)
        .post("/api/launcher/open-shell-root", launcher::open_shell_root, docs::launcher::open_shell_root)
        .get("/api/launcher/validate-path", launcher::validate_path, docs::launcher::validate_path)
        .group(&docs::server::GROUP)
        .get("/api/events", ws::events::stream, docs::server::follow_events)
        .get("/api/system/metrics", system::metrics, docs::server::get_system_metrics)
        .get("/api/system/disk", system::disk, docs::server::get_disk_usage)
        .get("/api/openapi.json", openapi::openapi_json, docs::server::get_openapi)
        .get("/api/docs", openapi::docs, docs::server::get_docs)
}

async fn unknown_route(method: Method, uri: Uri) -> ApiFailure {
    ApiError::NotFound(format!("No such route: {method} {}", uri.path())).into()
}

async fn wrong_method(method: Method, uri: Uri) -> ApiFailure {
    let text = format!("{method} is not possible on {}", uri.path());
    ApiError::MethodNotAllowed(text).into()
}
