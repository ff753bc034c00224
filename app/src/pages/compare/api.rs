//! Server functions of Compare.

use common::metric::RunOutputs;
use common::provenance::{InputsDiff, InputsDiffRequest, Provenance};
use common::runs::RunsQuery;
use common::stats::ImportanceTable;
use leptos::prelude::*;

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::context::{requested_name, with_engine, workspace_selector};
use crate::wire::Body;

/// Ranks the parameters by their influence on the column `target`, over the rows of a query.
#[server(endpoint = "rank_parameters", input = Body, output = Body)]
pub async fn rank_parameters(
    ws: Option<String>,
    query: RunsQuery,
    target: String,
) -> Result<ImportanceTable, AppError> {
    // Ranking takes a while: it stays on the blocking thread pool.
    let request = common::runs::RankParametersRequest { query, target };
    with_engine(move |engine| engine.rank_parameters(&workspace_selector(ws)?, &request)).await
}

/// The provenance of a run.
#[server(endpoint = "run_provenance", output = Body)]
pub async fn run_provenance(
    ws: Option<String>,
    name: String,
    run: Option<u32>,
) -> Result<Provenance, AppError> {
    with_engine(move |engine| {
        engine.provenance(&workspace_selector(ws)?, &requested_name(&name)?, run)
    })
    .await
}

/// The line-by-line diff of the inputs of two runs.
#[server(endpoint = "diff_inputs", input = Body, output = Body)]
pub async fn diff_inputs(
    ws: Option<String>,
    request: InputsDiffRequest,
) -> Result<InputsDiff, AppError> {
    with_engine(move |engine| engine.diff_inputs(&workspace_selector(ws)?, &request)).await
}

/// The images and files of a run.
#[server(endpoint = "list_outputs", output = Body)]
pub async fn list_outputs(
    ws: Option<String>,
    name: String,
    run: u32,
) -> Result<RunOutputs, AppError> {
    with_engine(move |engine| {
        engine.outputs(&workspace_selector(ws)?, &requested_name(&name)?, run)
    })
    .await
}
