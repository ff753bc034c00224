//! Handlers of runs' curves.

use std::io::{self, Write};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use common::ApiError;
use common::metric::{SeriesRequest, encode};
use engine::{Engine, ExportFormat};
use serde::Deserialize;
use tokio::sync::mpsc;
use utoipa::ToSchema;

use crate::api::{HandlerResult, call_engine, respond, stream_body};
use crate::extract::{OptionalBody, Query, SelectedWorkspace, TaskPath};

/// How fine the curves shall be.
#[derive(Deserialize, ToSchema)]
pub(crate) struct MetricsQuery {
    /// The most points of a curve; 1,000 if absent.
    max_points: Option<u32>,
}

/// `GET /api/tasks/{name}/metrics?max_points=`: the curves of all runs of a task.
pub(crate) async fn read(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Query(query): Query<MetricsQuery>,
) -> HandlerResult {
    respond(engine, move |engine| {
        engine.metrics(&selector, &name, query.max_points.unwrap_or(1000))
    })
    .await
}

const BYTES: &str = "application/octet-stream";

/// How the answer is written.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SeriesQuery {
    /// `json`, or `binary` for bytes.
    #[schema(value_type = Option<String>)]
    format: Option<Format>,
}

#[derive(Deserialize, PartialEq, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Format {
    Json,
    Binary,
}

/// `POST /api/metrics/series?format=`: curves of many runs, as JSON or, for `binary` or `Accept: application/octet-stream`, as bytes.
pub(crate) async fn series(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Query(query): Query<SeriesQuery>,
    headers: HeaderMap,
    OptionalBody(request): OptionalBody<SeriesRequest>,
) -> HandlerResult {
    let accepts_bytes = headers.get(ACCEPT).is_some_and(|accepts| accepts == BYTES);
    let default = if accepts_bytes { Format::Binary } else { Format::Json };
    match query.format.unwrap_or(default) {
        Format::Json => respond(engine, move |engine| engine.series(&selector, &request)).await,
        Format::Binary => {
            let bytes =
                call_engine(engine, move |engine| engine.series(&selector, &request).map(encode))
                    .await?;
            Ok(([(CONTENT_TYPE, BYTES)], bytes).into_response())
        }
    }
}

/// Size of a chunk, and number of chunks that are buffered for the client.
const CHUNK_BYTES: usize = 64 * 1024;
const MAX_CHUNKS: usize = 4;

/// Which run, as what.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ExportQuery {
    /// The run, from 1; the newest if absent.
    run: Option<u32>,
    /// `csv` (if absent), `json` or `tensorboard`.
    format: Option<String>,
}

/// `GET /api/tasks/{name}/export?run=&format=csv|json|tensorboard`: streams the curves of a run as a file.
pub(crate) async fn export(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Query(query): Query<ExportQuery>,
) -> HandlerResult {
    let format = query.format.as_deref().unwrap_or("csv");
    let format = ExportFormat::parse(format).ok_or_else(|| {
        ApiError::Invalid(format!("format: '{format}' is none of csv, json, tensorboard."))
    })?;
    let run = query.run.unwrap_or(0);
    let export =
        call_engine(engine, move |engine| engine.export_run(&selector, &name, run, format)).await?;
    let (content_type, file_name) = match format {
        ExportFormat::Csv => ("text/csv; charset=utf-8", format!("run{}.csv", export.run_index())),
        ExportFormat::Json => ("application/json", format!("run{}.json", export.run_index())),
        ExportFormat::TensorBoard => {
            ("application/octet-stream", format!("events.out.tfevents.0.run{}", export.run_index()))
        }
    };
    let (sender, receiver) = mpsc::channel(MAX_CHUNKS);
    tokio::task::spawn_blocking(move || {
        let mut out = ChunkWriter { sender, chunk: Vec::new() };
        // The body ends with an error, so the client detects that it is incomplete.
        if let Err(error) = export.write_to(&mut out).map(|()| out.flush()) {
            tracing::warn!(%error, "an export was not finished");
            let _ = out.sender.blocking_send(Err(io::Error::other(error.to_string())));
        }
    });
    let mut response = Response::new(stream_body(receiver));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{file_name}\"")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// Sends written data in chunks; blocks while the client is slow.
struct ChunkWriter {
    sender: mpsc::Sender<io::Result<Bytes>>,
    chunk: Vec<u8>,
}

impl Write for ChunkWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.chunk.extend(bytes);
        if self.chunk.len() >= CHUNK_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let chunk = Bytes::from(std::mem::take(&mut self.chunk));
        self.sender.blocking_send(Ok(chunk)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
