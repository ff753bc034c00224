//! Handlers of task logs: reading, searching, downloading, and terminal input.

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use common::log::{InputRequest, LogQuery, SearchAllQuery, SearchQuery, WindowQuery};
use engine::{Engine, LogFile};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use tower::ServiceExt;
use tower_http::services::ServeFile;
use utoipa::ToSchema;

use super::stream_response::{search_response, stream_response};
use crate::api::{HandlerResult, call_engine, respond};
use crate::extract::{Body, Query, SelectedWorkspace, TaskPath};

/// `GET /api/tasks/{name}/logs`: reads a chunk.
pub(crate) async fn read(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Query(query): Query<LogQuery>,
) -> HandlerResult {
    respond(engine, move |engine| engine.read_log(&selector, &name, &query)).await
}

/// `GET /api/tasks/{name}/logs/window`: reads lines by number, around a byte, or the last ones.
pub(crate) async fn window(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Query(query): Query<WindowQuery>,
) -> HandlerResult {
    respond(engine, move |engine| engine.log_window(&selector, &name, &query)).await
}

/// `GET /api/tasks/{name}/logs/search`: streams matches as lines of JSON.
pub(crate) async fn search(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Query(query): Query<SearchQuery>,
) -> HandlerResult {
    call_engine(engine, move |engine| engine.search_log(&selector, &name, &query))
        .await
        .map(search_response)
}

/// `GET /api/logs/search`: streams matches in the logs of many tasks.
pub(crate) async fn search_all(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Query(query): Query<SearchAllQuery>,
) -> HandlerResult {
    call_engine(engine, move |engine| engine.search_logs(&selector, &query))
        .await
        .map(search_response)
}

/// Which log, and how.
#[derive(Deserialize, ToSchema)]
pub(crate) struct DownloadQuery {
    /// The run, from 1; the newest if absent.
    run: Option<u32>,
    /// `run3.log` or `error.log`, instead of a run.
    log_file_name: Option<String>,
    /// Without colours, each line as it was left.
    #[serde(default)]
    plain: bool,
}

/// `GET /api/tasks/{name}/logs/download`: the file with range support, or its plain text.
pub(crate) async fn download(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Query(query): Query<DownloadQuery>,
    request: Request,
) -> HandlerResult {
    let DownloadQuery { run, log_file_name, plain } = query;
    let log = call_engine(engine, move |engine| {
        engine.log_file(&selector, &name, run, log_file_name.as_deref())
    })
    .await?;
    let disposition = disposition(&log.file_name);
    let mut response = if plain { plain_text(log) } else { file(&log, request).await };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CONTENT_DISPOSITION, disposition);
    Ok(response)
}

async fn file(log: &LogFile, request: Request) -> Response {
    match ServeFile::new(&log.path).oneshot(request).await {
        Ok(response) => response.map(axum::body::Body::new).into_response(),
        Err(never) => match never {},
    }
}

fn plain_text(log: LogFile) -> Response {
    stream_response(move |client| {
        if let Err(error) = log.plain(|bytes| client.send(bytes)) {
            tracing::warn!(%error, "a download was aborted");
        }
    })
}

/// A `Content-Disposition` with a Unicode file name, as defined by RFC 6266.
fn disposition(file_name: &str) -> HeaderValue {
    let encoded = utf8_percent_encode(file_name, NON_ALPHANUMERIC);
    let text = format!("attachment; filename*=UTF-8''{encoded}");
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}

/// `POST /api/tasks/{name}/input`: sends input to the terminal of the task's run.
pub(crate) async fn input(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Body(request): Body<InputRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.send_input(&selector, &name, &request.text)).await
}
