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

/// How much is written before it is sent, and how many such pieces may wait for the client.
const PIECE_BYTES: usize = 64 * 1024;
const PIECES: usize = 4;

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
    let (sender, receiver) = mpsc::channel(PIECES);
    tokio::task::spawn_blocking(move || {
        let mut out = Pieces { sender, piece: Vec::new() };
        // Cut off in the middle: the client sees that the answer is not whole.
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

/// Gathers what is written, and waits while the client is slow.
struct Pieces {
    sender: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend(bytes);
        if self.piece.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = Bytes::from(std::mem::take(&mut self.piece));
        self.sender.blocking_send(Ok(piece)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
