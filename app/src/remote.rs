//! Server resources: values that the server loads for the page, and the browser loads again.
//!
//! A resource can only be awaited and followed, never read synchronously. On the server, a response arrives on
//! another thread while the page is rendered. A memo that is computed at that moment loses the notification
//! and keeps the value without the response; the rendered page then differs from the one that the browser
//! builds from the response, and hydration fails.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::wire::Json;

/// A handle to a server resource; cheap to copy. Display it with `Live` or `Loaded`.
pub struct Remote<T: Send + Sync + 'static>(Resource<T, Json>);

impl<T: Send + Sync + 'static> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Remote<T> {}

/// Creates a resource; see [`Resource::new`].
pub fn remote<S, T, Fut>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetcher: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> Remote<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = T> + Send + 'static,
{
    Remote(Resource::new_with_options(source, fetcher, false))
}

impl<T: Clone + Send + Sync + 'static> Remote<T> {
    /// The current response, or the first one if there is none yet.
    pub async fn response(self) -> T {
        self.0.await
    }

    /// Calls `act` with the current response and with each later one. Browser only, like every effect.
    pub fn on_response(self, act: impl Fn(&T) + 'static) {
        let act: Box<dyn Fn(&T)> = Box::new(act);
        Effect::new(move |_| {
            self.0.with(|response| {
                if let Some(response) = response {
                    act(response);
                }
            });
        });
    }
}
