//! How server functions reach the engine, which the server puts into the reactive context.

#[cfg(feature = "ssr")]
pub use on_server::{with_engine, with_workspace, workspace_selector};

#[cfg(feature = "ssr")]
mod on_server {
    use common::ApiError;
    use engine::{Engine, Pick};
    use leptos::prelude::use_context;

    use crate::AppError;

    /// Runs one engine method off the async threads, because it may touch the disk.
    ///
    /// # Errors
    /// What the engine answers; a 500 when there is no engine or the method panicked.
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

    /// Like [`with_engine`], for what a page reads by itself of a workspace: while none is open there
    /// is nothing to read, which is no error. The page says so.
    ///
    /// # Errors
    /// As [`with_engine`].
    pub async fn with_workspace<T, F>(ws: Option<String>, method: F) -> Result<T, AppError>
    where
        T: Default + Send + 'static,
        F: FnOnce(&Engine, &Pick) -> engine::Result<T> + Send + 'static,
    {
        let selector = workspace_selector(ws);
        with_engine(move |engine| match engine.has_workspace(&selector) {
            true => method(engine, &selector),
            false => Ok(T::default()),
        })
        .await
    }

    /// Which workspace a request means: the one named in the URL, else the current one.
    #[must_use]
    pub fn workspace_selector(ws: Option<String>) -> Pick {
        ws.filter(|name| !name.is_empty()).map_or(Pick::Current, Pick::Named)
    }
}
