//! `GET /api/runs/export`.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use common::ApiError;
use common::runs::RunsQuery;
use engine::{Engine, TableFormat};

use super::params::RunsParams;
use crate::api::{Answer, ask};
use crate::extract::{Picked, Query};

/// `GET /api/runs/export?format=csv|json|parquet`, otherwise as `GET /api/runs`: what it shows, as a file. All rows
/// where no limit is given.
pub(crate) async fn export(
    State(engine): State<Engine>,
    Picked(pick): Picked,
    Query(params): Query<RunsParams>,
) -> Answer {
    let asked = params.format.clone().unwrap_or_else(|| "csv".to_owned());
    let format = TableFormat::parse(&asked).ok_or_else(|| {
        ApiError::Invalid(format!("format: '{asked}' is none of csv, json, parquet."))
    })?;
    let query = RunsQuery { limit: params.limit.unwrap_or(0), ..params.into() };
    let file = ask(engine, move |engine| engine.export_runs(&pick, &query, format)).await?;
    let content_type = match format {
        TableFormat::Csv => "text/csv; charset=utf-8",
        TableFormat::Json => "application/json",
        TableFormat::Parquet => "application/vnd.apache.parquet",
    };
    Ok(([(CONTENT_TYPE, content_type)], file).into_response())
}
