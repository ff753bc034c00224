//! Operations of templates and the generator.

use common::generator::{CreateRequest, CreateResponse, PreviewRequest, PreviewResponse};
use common::workspace::{TemplateContent, TemplateList};

use crate::api::templates::ContentQuery;
use crate::openapi::operation::{Group, Operation};

pub(super) fn group() -> Group {
    Group {
        name: "Generator",
        about: "What a batch may start from, how many tasks a text makes, and making them.",
        operations: vec![
            Operation::get("/api/templates", "list_templates", "What a batch may start from.")
                .more("The tasks, newest first, then the script's defaults.")
                .in_workspace()
                .returns::<TemplateList>()
                .errors(&[400, 404]),
            Operation::get(
                "/api/templates/content",
                "get_template",
                "The text and values of a template.",
            )
            .more("Only files inside the project are read.")
            .in_workspace()
            .query::<ContentQuery>()
            .returns::<TemplateContent>()
            .errors(&[400, 404]),
            Operation::post("/api/generator/preview", "preview", "How many tasks a text makes.")
                .more("`count` is exact however large the grid is; `items` are the first of them.")
                .in_workspace()
                .body::<PreviewRequest>()
                .returns::<PreviewResponse>()
                .errors(&[400, 404]),
            Operation::post("/api/generator/create", "create_tasks", "Make the tasks of a text.")
                .more("All or none: a creation that fails leaves no task behind.")
                .in_workspace()
                .body::<CreateRequest>()
                .returns::<CreateResponse>()
                .errors(&[400, 404]),
        ],
    }
}
