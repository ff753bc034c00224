//! `GET /api/tasks/{name}/export?run=&format=csv|json|tensorboard`: the curves of a run as a file.

use std::io::{self, Write};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::response::Response;
use common::ApiError;
use engine::{Engine, ExportFormat};
use serde::Deserialize;
use tokio::sync::mpsc;
use utoipa::ToSchema;

use crate::api::{Answer, ask, streamed_body};
use crate::extract::{Picked, Query, TaskPath};

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

/// `GET /api/tasks/{name}/export?run=&format=`: sent while it is read, however long it is.
pub(crate) async fn export(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    TaskPath(name): TaskPath,
    Query(query): Query<ExportQuery>,
) -> Answer {
    let format = query.format.as_deref().unwrap_or("csv");
    let format = ExportFormat::parse(format).ok_or_else(|| {
        ApiError::Invalid(format!("format: '{format}' is none of csv, json, tensorboard."))
    })?;
    let run = query.run.unwrap_or(0);
    let export = ask(engine, move |engine| engine.export_run(&pick, &name, run, format)).await?;
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
    let mut response = Response::new(streamed_body(receiver));
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
