//! Operations of templates and the generator.

use common::generator::{CreateRequest, CreateResponse, PreviewRequest, PreviewResponse};
use common::workspace::{TemplateContent, TemplateList};

use crate::api::templates::ContentQuery;
use crate::openapi::operation::{Group, Operation};

pub(super) fn group() -> Group {
    Group {
        name: "Generator",
        about: "Templates, previews of batches, and creation of tasks.",
        operations: vec![
            Operation::get("/api/templates", "list_templates", "Templates of a batch.")
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
            Operation::post("/api/generator/preview", "preview", "Preview the tasks of a text.")
                .more("`count` is exact for any size of grid; `items` are the first tasks.")
                .in_workspace()
                .body::<PreviewRequest>()
                .returns::<PreviewResponse>()
                .errors(&[400, 404]),
            Operation::post("/api/generator/create", "create_tasks", "Create the tasks of a text.")
                .more("All or none: if the creation fails, no task is created.")
                .in_workspace()
                .body::<CreateRequest>()
                .returns::<CreateResponse>()
                .errors(&[400, 404]),
        ],
    }
}
