//! Operations on runs: curves, the table, views and imports.

use common::metric::{SeriesAnswer, SeriesRequest};
use common::provenance::{InputsDiff, InputsDiffRequest};
use common::runs::{
    ColumnList, DeleteImportRequest, DeleteViewRequest, ImportList, ImportRequest,
    RankParametersRequest, RunsPage, RunsQuery, RunsView, ViewList,
};
use common::stats::ImportanceTable;

use crate::api::metrics::SeriesQuery;
use crate::api::runs::RunsParams;
use crate::openapi::operation::{Group, Operation};

pub(super) fn group() -> Group {
    let get = |path, id, summary| Operation::get(path, id, summary).in_workspace();
    let post = |path, id, summary| Operation::post(path, id, summary).in_workspace();
    Group {
        name: "Runs",
        about: "Runs of all tasks.",
        operations: vec![
            post("/api/metrics/series", "get_series", "The curves of many runs.")
                .more("With `format=binary` the response is binary, as described in the manual.")
                .query::<SeriesQuery>()
                .optional_body::<SeriesRequest>()
                .returns::<SeriesAnswer>()
                .errors(&[400, 404]),
            get("/api/runs", "list_runs", "A page of the runs table.")
                .query::<RunsParams>()
                .returns::<RunsPage>()
                .errors(&[400, 404]),
            post("/api/runs", "query_runs", "The same, with the query in the body.")
                .optional_body::<RunsQuery>()
                .returns::<RunsPage>()
                .errors(&[400, 404]),
            get("/api/runs/columns", "list_run_columns", "All columns that have values.")
                .query::<RunsParams>()
                .returns::<ColumnList>()
                .errors(&[400, 404]),
            post("/api/runs/diff", "diff_inputs", "Line diff of the inputs of two runs.")
                .body::<InputsDiffRequest>()
                .returns::<InputsDiff>()
                .errors(&[400, 404]),
            post("/api/runs/rank-parameters", "rank_parameters", "Rank parameters by their influence on a column.")
                .more("The share of each in the splits of a random forest, and its rank correlation. The result is empty if the target is not among the columns.")
                .body::<RankParametersRequest>()
                .returns::<ImportanceTable>()
                .errors(&[400, 404]),
            get("/api/runs/export", "export_runs", "Export the runs table.")
                .query::<RunsParams>()
                .returns_text("text/csv")
                .errors(&[400, 404]),
            get("/api/views", "list_views", "Saved views of the table.")
                .returns::<ViewList>()
                .errors(&[400, 404]),
            post("/api/views", "save_view", "Save a view; replaces one of the same name.")
                .body::<RunsView>()
                .returns::<ViewList>()
                .errors(&[400, 404]),
            post("/api/views/delete", "delete_view", "Delete a view.")
                .body::<DeleteViewRequest>()
                .returns::<ViewList>()
                .errors(&[400, 404]),
            get("/api/imports", "list_imports", "Folders of other trackers.")
                .returns::<ImportList>()
                .errors(&[400, 404]),
            post("/api/imports", "add_import", "Import the runs of a folder.")
                .body::<ImportRequest>()
                .returns::<ImportList>()
                .errors(&[400, 404]),
            post("/api/imports/delete", "delete_import", "Remove an import.")
                .body::<DeleteImportRequest>()
                .returns::<ImportList>()
                .errors(&[400, 404]),
        ],
    }
}
