//! Handlers of `/api/runs`: the runs table.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use common::ApiError;
use common::provenance::InputsDiffRequest;
use common::runs::{RankParametersRequest, RunsQuery, WhichRuns};
use engine::{Engine, TableFormat};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::{HandlerResult, call_engine, respond};
use crate::extract::{Body, OptionalBody, Query, SelectedWorkspace};

/// Lists are separated by commas; a column with a comma in its name can be asked for with `POST` only.
#[derive(Deserialize, Default, ToSchema)]
#[serde(default)]
pub(crate) struct RunsParams {
    /// Which rows, in the query language.
    filter: String,
    /// `newest` or `all`.
    #[schema(value_type = String)]
    runs: WhichRuns,
    /// Columns by name; empty for all that have values.
    columns: String,
    /// Sorted by these columns, with a leading `-` for descending.
    sort: String,
    /// Grouped by these columns.
    group: String,
    /// How many rows or groups to skip.
    offset: u64,
    /// Number to return; 0 or less for all.
    pub(super) limit: Option<i64>,
    /// Of an export: `csv` (if absent), `json` or `parquet`.
    pub(super) format: Option<String>,
}

impl From<RunsParams> for RunsQuery {
    fn from(params: RunsParams) -> Self {
        let list = |text: &str| -> Vec<String> {
            let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
            names.map(str::to_owned).collect()
        };
        let default = Self::default();
        Self {
            filter: params.filter,
            runs: params.runs,
            columns: list(&params.columns),
            sort: list(&params.sort).into_iter().map(Into::into).collect(),
            group: list(&params.group),
            offset: params.offset,
            limit: params.limit.unwrap_or(default.limit),
            ..default
        }
    }
}

/// `GET /api/runs?filter=&sort=&columns=&group=&runs=&offset=&limit=`: a page of the table.
pub(crate) async fn list(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Query(params): Query<RunsParams>,
) -> HandlerResult {
    respond(engine, move |engine| engine.runs(&selector, &params.into())).await
}

/// `POST /api/runs`: a page of the table, with the query in the body.
pub(crate) async fn query(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    OptionalBody(query): OptionalBody<RunsQuery>,
) -> HandlerResult {
    respond(engine, move |engine| engine.runs(&selector, &query)).await
}

/// `GET /api/runs/columns?filter=&runs=`: lists the columns with values.
pub(crate) async fn columns(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Query(params): Query<RunsParams>,
) -> HandlerResult {
    respond(engine, move |engine| engine.runs_columns(&selector, &params.into())).await
}

/// `GET /api/runs/export?format=csv|json|parquet`: the result of a query as a file, with the parameters of `GET /api/runs`.
/// The default limit is unlimited.
pub(crate) async fn export(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Query(params): Query<RunsParams>,
) -> HandlerResult {
    let format_name = params.format.clone().unwrap_or_else(|| "csv".to_owned());
    let format = TableFormat::parse(&format_name).ok_or_else(|| {
        ApiError::Invalid(format!("format: '{format_name}' is none of csv, json, parquet."))
    })?;
    let query = RunsQuery { limit: params.limit.unwrap_or(0), ..params.into() };
    let file =
        call_engine(engine, move |engine| engine.export_runs(&selector, &query, format)).await?;
    let content_type = match format {
        TableFormat::Csv => "text/csv; charset=utf-8",
        TableFormat::Json => "application/json",
        TableFormat::Parquet => "application/vnd.apache.parquet",
    };
    Ok(([(CONTENT_TYPE, content_type)], file).into_response())
}

/// `POST /api/runs/diff`: compares the inputs of two runs line by line.
pub(crate) async fn diff(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(request): Body<InputsDiffRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.diff_inputs(&selector, &request)).await
}

/// `POST /api/runs/rank-parameters`: ranks parameters by their influence on a column.
pub(crate) async fn rank_parameters(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Body(request): Body<RankParametersRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.rank_parameters(&selector, &request)).await
}
