//! Handlers of single tasks, and the list of tasks.

use axum::extract::State;
use common::page::TaskQuery;
use common::task::{
    DuplicateRequest, EnvRequest, HoldRequest, NotesRequest, OptionsRequest, PinRequest,
    RenameRequest, TagsRequest, TaskChanged,
};
use engine::Engine;
use serde_json::{Map, Value};

use crate::api::response_cache::CacheKey;
use crate::api::reveal::RevealQuery;
use crate::api::{HandlerResult, ResponseCache, respond};
use crate::extract::{Body, OptionalBody, Query, SelectedWorkspace, TaskPath};

/// `GET /api/tasks`: a page of tasks.
pub(crate) async fn list(
    State(engine): State<Engine>,
    State(recent): State<ResponseCache>,
    SelectedWorkspace(selector): SelectedWorkspace,
    Query(query): Query<TaskQuery>,
) -> HandlerResult {
    let (query_selector, key) = (selector.clone(), CacheKey::Tasks(query.clone()));
    recent.respond(engine, selector, key, move |e| e.list_tasks(&query_selector, &query)).await
}

/// `GET /api/tasks/{name}`: one task.
pub(crate) async fn get(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Query(query): Query<RevealQuery>,
) -> HandlerResult {
    respond(engine, move |engine| match query.reveal {
        true => engine.reveal_task(&selector, &name),
        false => engine.get_task(&selector, &name),
    })
    .await
}

/// `POST /api/tasks/{name}/run`: queues a task. The content of the body is ignored.
pub(crate) async fn run(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    OptionalBody(_): OptionalBody<Map<String, Value>>,
) -> HandlerResult {
    respond(engine, move |engine| engine.run_task(&selector, &name).map(TaskChanged::from)).await
}

/// `POST /api/tasks/{name}/cancel`: cancels a task.
pub(crate) async fn cancel(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
) -> HandlerResult {
    respond(engine, move |engine| engine.cancel_task(&selector, &name).map(TaskChanged::from)).await
}

/// `POST /api/tasks/{name}/pin`: pins or unpins a task.
pub(crate) async fn pin(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    OptionalBody(request): OptionalBody<PinRequest>,
) -> HandlerResult {
    respond(engine, move |engine| {
        engine.pin_task(&selector, &name, &request).map(TaskChanged::from)
    })
    .await
}

/// `POST /api/tasks/{name}/hold`: holds or releases a task.
pub(crate) async fn hold(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    OptionalBody(request): OptionalBody<HoldRequest>,
) -> HandlerResult {
    respond(engine, move |engine| {
        engine.hold_task(&selector, &name, &request).map(TaskChanged::from)
    })
    .await
}

/// `POST /api/tasks/{name}/rename`: renames a task.
pub(crate) async fn rename(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Body(request): Body<RenameRequest>,
) -> HandlerResult {
    respond(engine, move |engine| {
        engine.rename_task(&selector, &name, &request).map(TaskChanged::from)
    })
    .await
}

/// `POST /api/tasks/{name}/duplicate`: copies a task.
pub(crate) async fn duplicate(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    OptionalBody(request): OptionalBody<DuplicateRequest>,
) -> HandlerResult {
    respond(engine, move |engine| {
        engine.duplicate_task(&selector, &name, &request).map(TaskChanged::from)
    })
    .await
}

/// `PATCH /api/tasks/{name}/notes`: replaces the notes.
pub(crate) async fn notes(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Body(request): Body<NotesRequest>,
) -> HandlerResult {
    respond(engine, move |engine| {
        engine.set_notes(&selector, &name, &request).map(TaskChanged::from)
    })
    .await
}

/// `PATCH /api/tasks/{name}/env`: replaces the environment.
pub(crate) async fn env(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Body(request): Body<EnvRequest>,
) -> HandlerResult {
    respond(engine, move |engine| engine.set_env(&selector, &name, &request).map(TaskChanged::from))
        .await
}

/// `PATCH /api/tasks/{name}/options`: replaces the options.
pub(crate) async fn options(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Body(request): Body<OptionsRequest>,
) -> HandlerResult {
    respond(engine, move |engine| {
        engine.set_options(&selector, &name, &request).map(TaskChanged::from)
    })
    .await
}

/// `PATCH /api/tasks/{name}/tags`: replaces the tags.
pub(crate) async fn tags(
    State(engine): State<Engine>,
    SelectedWorkspace(selector): SelectedWorkspace,
    TaskPath(name): TaskPath,
    Body(request): Body<TagsRequest>,
) -> HandlerResult {
    respond(engine, move |engine| {
        engine.set_tags(&selector, &name, &request).map(TaskChanged::from)
    })
    .await
}
