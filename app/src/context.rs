//! Access of server functions to the engine, which the server provides in the reactive context.

#[cfg(feature = "ssr")]
pub use engine::{requested_batch, requested_name};
#[cfg(feature = "ssr")]
pub use on_server::{with_engine, with_workspace, workspace_selector};

#[cfg(feature = "ssr")]
mod on_server {
    use common::ApiError;
    use engine::{Engine, WorkspaceSelector};
    use leptos::prelude::use_context;

    use crate::AppError;

    /// Runs one engine method on the blocking thread pool, because it may access the disk.
    ///
    /// # Errors
    /// The error of the engine; an internal error if there is no engine or the method panicked.
    pub async fn with_engine<T, F>(method: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: FnOnce(&Engine) -> engine::Result<T> + Send + 'static,
    {
        let engine = use_context::<Engine>().ok_or_else(|| {
            ApiError::Internal("No engine was provided to this request.".to_owned())
        })?;
        let response = tokio::task::spawn_blocking(move || method(&engine)).await;
        let response = response.map_err(|error| ApiError::Internal(error.to_string()))?;
        response.map_err(AppError::from)
    }

    /// Like [`with_engine`], for reads that a page makes on its own. While no workspace is open the result
    /// is the default value and no error.
    ///
    /// # Errors
    /// As [`with_engine`].
    pub async fn with_workspace<T, F>(ws: Option<String>, method: F) -> Result<T, AppError>
    where
        T: Default + Send + 'static,
        F: FnOnce(&Engine, &WorkspaceSelector) -> engine::Result<T> + Send + 'static,
    {
        with_engine(move |engine| {
            let selector = workspace_selector(ws)?;
            match engine.has_workspace(&selector) {
                true => method(engine, &selector),
                false => Ok(T::default()),
            }
        })
        .await
    }

    /// The workspace of a request: the one named in the URL, else the current one.
    ///
    /// # Errors
    /// If no workspace can have this name.
    pub fn workspace_selector(ws: Option<String>) -> engine::Result<WorkspaceSelector> {
        match ws.filter(|name| !name.is_empty()) {
            None => Ok(WorkspaceSelector::Current),
            Some(name) => WorkspaceSelector::parse(&name),
        }
    }
}
