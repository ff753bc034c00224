//! A router whose routes carry their documentation.

use axum::Router;
use axum::handler::Handler;
use axum::routing::{self, MethodRouter};

use crate::openapi::{Document, DocumentedRoute, Group, Operation};
use crate::state::AppState;

/// Routes with their documentation.
#[derive(Default)]
pub(crate) struct ApiRouter {
    router: Router<AppState>,
    routes: Vec<DocumentedRoute>,
    group: Group,
}

impl ApiRouter {
    /// Puts the routes that follow into a group of the document.
    pub(crate) fn group(self, group: &Group) -> Self {
        Self { group: *group, ..self }
    }

    /// Adds a route for `GET`.
    pub(crate) fn get<H, T>(
        self,
        path: &'static str,
        handler: H,
        operation: fn() -> Operation,
    ) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.add("get", path, routing::get(handler), operation)
    }

    /// Adds a route for `POST`.
    pub(crate) fn post<H, T>(
        self,
        path: &'static str,
        handler: H,
        operation: fn() -> Operation,
    ) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.add("post", path, routing::post(handler), operation)
    }

    /// Adds a route for `PATCH`.
    pub(crate) fn patch<H, T>(
        self,
        path: &'static str,
        handler: H,
        operation: fn() -> Operation,
    ) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.add("patch", path, routing::patch(handler), operation)
    }

    fn add(
        mut self,
        method: &'static str,
        path: &'static str,
        handler: MethodRouter<AppState>,
        operation: fn() -> Operation,
    ) -> Self {
        self.routes.push(DocumentedRoute { group: self.group, method, path, operation });
        Self { router: self.router.route(path, handler), ..self }
    }

    /// The router, and the document of its routes.
    pub(crate) fn into_parts(self) -> (Router<AppState>, Document) {
        (self.router, Document::new(self.routes))
    }
}
