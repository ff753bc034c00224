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
        about: "Runs of all tasks, side by side.",
        operations: vec![
            post("/api/metrics/series", "get_series", "The curves of many runs.")
                .more("With `format=binary` the answer is bytes, as the manual describes them.")
                .query::<SeriesQuery>()
                .optional_body::<SeriesRequest>()
                .returns::<SeriesAnswer>()
                .errors(&[400, 404]),
            get("/api/runs", "list_runs", "A page of the table of runs.")
                .query::<RunsParams>()
                .returns::<RunsPage>()
                .errors(&[400, 404]),
            post("/api/runs", "query_runs", "The same, asked for with a body.")
                .optional_body::<RunsQuery>()
                .returns::<RunsPage>()
                .errors(&[400, 404]),
            get("/api/runs/columns", "list_run_columns", "All columns that hold something.")
                .query::<RunsParams>()
                .returns::<ColumnList>()
                .errors(&[400, 404]),
            post("/api/runs/diff", "diff_inputs", "How the inputs of two runs differ, by lines.")
                .body::<InputsDiffRequest>()
                .returns::<InputsDiff>()
                .errors(&[400, 404]),
            post("/api/runs/rank-parameters", "rank_parameters", "Rank parameters by their influence on a column.")
                .more("The share of each in the splits of a random forest, and its rank correlation. The result is empty if the target is not among the columns.")
                .body::<RankParametersRequest>()
                .returns::<ImportanceTable>()
                .errors(&[400, 404]),
            get("/api/runs/export", "export_runs", "What the table shows, as a file.")
                .query::<RunsParams>()
                .returns_text("text/csv")
                .errors(&[400, 404]),
            get("/api/views", "list_views", "Views of the table that are kept by name.")
                .returns::<ViewList>()
                .errors(&[400, 404]),
            post("/api/views", "save_view", "Keep a view, in place of the one of that name.")
                .body::<RunsView>()
                .returns::<ViewList>()
                .errors(&[400, 404]),
            post("/api/views/delete", "delete_view", "Forget a view.")
                .body::<DeleteViewRequest>()
                .returns::<ViewList>()
                .errors(&[400, 404]),
            get("/api/imports", "list_imports", "Folders of other trackers.")
                .returns::<ImportList>()
                .errors(&[400, 404]),
            post("/api/imports", "add_import", "Show the runs of a folder.")
                .body::<ImportRequest>()
                .returns::<ImportList>()
                .errors(&[400, 404]),
            post("/api/imports/delete", "delete_import", "Show them no more.")
                .body::<DeleteImportRequest>()
                .returns::<ImportList>()
                .errors(&[400, 404]),
        ],
    }
}
