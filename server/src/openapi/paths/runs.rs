//! Runs side by side: curves, the table, its views, other trackers' runs.

use common::metric::{SeriesAnswer, SeriesRequest};
use common::provenance::{InputsDiff, InputsDiffRequest};
use common::runs::{
    ColumnList, DeleteImportRequest, DeleteViewRequest, ImportList, ImportRequest, RunsPage,
    RunsQuery, RunsView, ViewList,
};

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
                .answers::<SeriesAnswer>()
                .refuses(&[400, 404]),
            get("/api/runs", "list_runs", "A page of the table of runs.")
                .query::<RunsParams>()
                .answers::<RunsPage>()
                .refuses(&[400, 404]),
            post("/api/runs", "query_runs", "The same, asked for with a body.")
                .optional_body::<RunsQuery>()
                .answers::<RunsPage>()
                .refuses(&[400, 404]),
            get("/api/runs/columns", "list_run_columns", "All columns that hold something.")
                .query::<RunsParams>()
                .answers::<ColumnList>()
                .refuses(&[400, 404]),
            post("/api/runs/diff", "diff_inputs", "How the inputs of two runs differ, by lines.")
                .body::<InputsDiffRequest>()
                .answers::<InputsDiff>()
                .refuses(&[400, 404]),
            get("/api/runs/export", "export_runs", "What the table shows, as a file.")
                .query::<RunsParams>()
                .answers_text("text/csv")
                .refuses(&[400, 404]),
            get("/api/views", "list_views", "Views of the table that are kept by name.")
                .answers::<ViewList>()
                .refuses(&[400, 404]),
            post("/api/views", "save_view", "Keep a view, in place of the one of that name.")
                .body::<RunsView>()
                .answers::<ViewList>()
                .refuses(&[400, 404]),
            post("/api/views/delete", "delete_view", "Forget a view.")
                .body::<DeleteViewRequest>()
                .answers::<ViewList>()
                .refuses(&[400, 404]),
            get("/api/imports", "list_imports", "Folders of other trackers.")
                .answers::<ImportList>()
                .refuses(&[400, 404]),
            post("/api/imports", "add_import", "Show the runs of a folder.")
                .body::<ImportRequest>()
                .answers::<ImportList>()
                .refuses(&[400, 404]),
            post("/api/imports/delete", "delete_import", "Show them no more.")
                .body::<DeleteImportRequest>()
                .answers::<ImportList>()
                .refuses(&[400, 404]),
        ],
    }
}
