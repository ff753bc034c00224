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

/// The group.
pub(crate) const GROUP: Group = Group { name: "Runs", about: "Runs of all tasks." };

pub(crate) fn get_series() -> Operation {
    Operation::new("get_series", "The curves of many runs.")
        .in_workspace()
        .more("With `format=binary` the response is binary, as described in the manual.")
        .query::<SeriesQuery>()
        .optional_body::<SeriesRequest>()
        .returns::<SeriesAnswer>()
        .errors(&[400, 404])
}

pub(crate) fn list_runs() -> Operation {
    Operation::new("list_runs", "A page of the runs table.")
        .in_workspace()
        .query::<RunsParams>()
        .returns::<RunsPage>()
        .errors(&[400, 404])
}

pub(crate) fn query_runs() -> Operation {
    Operation::new("query_runs", "The same, with the query in the body.")
        .in_workspace()
        .optional_body::<RunsQuery>()
        .returns::<RunsPage>()
        .errors(&[400, 404])
}

pub(crate) fn list_run_columns() -> Operation {
    Operation::new("list_run_columns", "All columns that have values.")
        .in_workspace()
        .query::<RunsParams>()
        .returns::<ColumnList>()
        .errors(&[400, 404])
}

pub(crate) fn diff_inputs() -> Operation {
    Operation::new("diff_inputs", "Line diff of the inputs of two runs.")
        .in_workspace()
        .body::<InputsDiffRequest>()
        .returns::<InputsDiff>()
        .errors(&[400, 404])
}

pub(crate) fn rank_parameters() -> Operation {
    Operation::new("rank_parameters", "Rank parameters by their influence on a column.")
        .in_workspace()
.more("The share of each in the splits of a random forest, and its rank correlation. The result is empty if the target is not among the columns.")
                .body::<RankParametersRequest>()
                .returns::<ImportanceTable>()
                .errors(&[400, 404])
}

pub(crate) fn export_runs() -> Operation {
    Operation::new("export_runs", "Export the runs table.")
        .in_workspace()
        .query::<RunsParams>()
        .returns_text("text/csv")
        .errors(&[400, 404])
}

pub(crate) fn list_views() -> Operation {
    Operation::new("list_views", "Saved views of the table.")
        .in_workspace()
        .returns::<ViewList>()
        .errors(&[400, 404])
}

pub(crate) fn save_view() -> Operation {
    Operation::new("save_view", "Save a view; replaces one of the same name.")
        .in_workspace()
        .body::<RunsView>()
        .returns::<ViewList>()
        .errors(&[400, 404])
}

pub(crate) fn delete_view() -> Operation {
    Operation::new("delete_view", "Delete a view.")
        .in_workspace()
        .body::<DeleteViewRequest>()
        .returns::<ViewList>()
        .errors(&[400, 404])
}

pub(crate) fn list_imports() -> Operation {
    Operation::new("list_imports", "Folders of other trackers.")
        .in_workspace()
        .returns::<ImportList>()
        .errors(&[400, 404])
}

pub(crate) fn add_import() -> Operation {
    Operation::new("add_import", "Import the runs of a folder.")
        .in_workspace()
        .body::<ImportRequest>()
        .returns::<ImportList>()
        .errors(&[400, 404])
}

pub(crate) fn delete_import() -> Operation {
    Operation::new("delete_import", "Remove an import.")
        .in_workspace()
        .body::<DeleteImportRequest>()
        .returns::<ImportList>()
        .errors(&[400, 404])
}
