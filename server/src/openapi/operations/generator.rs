//! Operations of templates and the generator.

use common::generator::{CreateRequest, CreateResponse, PreviewRequest, PreviewResponse};
use common::workspace::{TemplateContent, TemplateList};

use crate::api::templates::ContentQuery;
use crate::openapi::operation::{Group, Operation};

/// The group.
pub(crate) const GROUP: Group =
    Group { name: "Generator", about: "Templates, previews of batches, and creation of tasks." };

pub(crate) fn list_templates() -> Operation {
    Operation::new("list_templates", "Templates of a batch.")
        .more("The tasks, newest first, then the script's defaults.")
        .in_workspace()
        .returns::<TemplateList>()
        .errors(&[400, 404])
}

pub(crate) fn get_template() -> Operation {
    Operation::new("get_template", "The text and values of a template.")
        .more("Only files inside the project are read.")
        .in_workspace()
        .query::<ContentQuery>()
        .returns::<TemplateContent>()
        .errors(&[400, 404])
}

pub(crate) fn preview() -> Operation {
    Operation::new("preview", "Preview the tasks of a text.")
        .more("`count` is exact for any size of grid; `items` are the first tasks.")
        .in_workspace()
        .body::<PreviewRequest>()
        .returns::<PreviewResponse>()
        .errors(&[400, 404])
}

pub(crate) fn create_tasks() -> Operation {
    Operation::new("create_tasks", "Create the tasks of a text.")
        .more("All or none: if the creation fails, no task is created.")
        .in_workspace()
        .body::<CreateRequest>()
        .returns::<CreateResponse>()
        .errors(&[400, 404])
}
