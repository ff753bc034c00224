//! `GET /api/tasks/{name}/logs/download`.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use engine::{Engine, LogFile};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use tower::ServiceExt;
use tower_http::services::ServeFile;
use utoipa::ToSchema;

use super::streamed::streamed;
use crate::api::{Answer, ask};
use crate::extract::{Picked, Query, TaskPath};

/// Which log, and how.
#[derive(Deserialize, ToSchema)]
pub(crate) struct DownloadQuery {
    /// The run, from 1; nothing means the newest.
    run: Option<u32>,
    /// `run3.log` or `error.log`, in place of a run.
    log_file_name: Option<String>,
    /// Without colours, each line as it was left.
    #[serde(default)]
    plain: bool,
}

/// `GET /api/tasks/{name}/logs/download`: the file itself, with ranges, or what can be read of it.
pub(crate) async fn download(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Query(query): Query<DownloadQuery>,
    request: Request,
) -> Answer {
    let DownloadQuery { run, log_file_name, plain } = query;
    let wanted = log_file_name.as_deref().map(str::to_owned);
    let log =
        ask(engine, move |engine| engine.log_file(&pick, &name, run, wanted.as_deref())).await?;
    let disposition = disposition(&log.file_name);
    let mut response = if plain { plain_text(log) } else { file(&log, request).await };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CONTENT_DISPOSITION, disposition);
    Ok(response)
}

async fn file(log: &LogFile, request: Request) -> Response {
    match ServeFile::new(&log.path).oneshot(request).await {
        Ok(response) => response.map(Body::new).into_response(),
        Err(never) => match never {},
    }
}

fn plain_text(log: LogFile) -> Response {
    streamed(move |client| {
        if let Err(error) = log.plain(|bytes| client.send(bytes)) {
            tracing::warn!(%error, "a download ends early");
        }
    })
}

/// A name of any letters, as RFC 6266 wants it.
fn disposition(file_name: &str) -> HeaderValue {
    let encoded = utf8_percent_encode(file_name, NON_ALPHANUMERIC);
    let text = format!("attachment; filename*=UTF-8''{encoded}");
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}
