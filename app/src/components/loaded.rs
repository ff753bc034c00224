//! Components that render the value of a server resource.
//!
//! Both components wait for the first response with a [`Suspend`] that never runs again. A `Suspend` inside
//! a reactive closure would, with each new response, first dispose the signals of the displayed view and only
//! later replace the view. Until then its effects read disposed signals, which panics. Nothing else in
//! the application creates a `Suspend` or a `Transition`.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::dynamic::part;
use super::{ErrorNote, Skeleton};
use crate::AppError;
use crate::remote::Remote;

/// The value of a resource: the response of a server function.
type ServerResult<T> = Result<T, AppError>;

/// Creates a view. Boxed, so that the component is compiled once per type of value and not once per view.
type Make<T> = Box<dyn Fn(T) -> AnyView + Send + Sync>;

/// Displays a value. The view is created once; later responses update the signal that `view` received.
///
/// After a failed request the last value stays, below an error note.
#[component]
pub fn Live<T>(
    /// The resource.
    of: Remote<ServerResult<T>>,
    /// Number of skeleton lines until the first response.
    #[prop(default = 3)]
    lines: usize,
    /// Whether errors are reported elsewhere, so that no error note is displayed.
    #[prop(optional)]
    quiet: bool,
    /// Creates the view; called once.
    view: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    live(of, lines, quiet, Box::new(view))
}

fn live<T>(of: Remote<ServerResult<T>>, lines: usize, quiet: bool, view: Make<Signal<T>>) -> AnyView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let content = once(async move {
        let first = of.response().await;
        let error = RwSignal::new(first.as_ref().err().cloned());
        let value = RwSignal::new(first.ok().map(ArcRwSignal::new));
        of.on_response(move |response| match response {
            Ok(newer) => {
                take(value, newer);
                if error.with_untracked(Option::is_some) {
                    error.set(None);
                }
            }
            Err(failure) => error.set(Some(failure.clone())),
        });
        let note = move || {
            let failure = error.get().filter(|_| !quiet);
            failure.map(|error| view! { <ErrorNote error/> })
        };
        let value_view = move || value.get().map(|value| view(value.into()));
        view! {
            {part(note)}
            {part(value_view)}
        }
        .into_any()
    });
    suspended(content, lines)
}

/// Displays a value and rebuilds the view for each different response.
///
/// For views that cannot be updated in place, such as the form of another script.
#[component]
pub fn Loaded<T>(
    /// The resource.
    of: Remote<T>,
    /// Number of skeleton lines until the first response.
    #[prop(default = 3)]
    lines: usize,
    /// Creates the view of one response.
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    loaded(of, lines, Box::new(view))
}

fn loaded<T>(of: Remote<T>, lines: usize, view: Make<T>) -> AnyView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let content = once(async move {
        let value = RwSignal::new(of.response().await);
        of.on_response(move |newer| {
            if value.with_untracked(|old| old != newer) {
                value.set(newer.clone());
            }
        });
        part(move || view(value.get()))
    });
    suspended(content, lines)
}

/// A skeleton until the view is ready.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
fn suspended(content: Suspend<AnyView>, lines: usize) -> AnyView {
    let fallback = move || (lines > 0).then(|| view! { <Skeleton lines/> });
    view! { <Transition fallback>{content}</Transition> }.into_any()
}

/// A suspended view that is never re-run, whatever signals it has read.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
fn once(view: impl Future<Output = AnyView> + Send + 'static) -> Suspend<AnyView> {
    untrack(|| Suspend::new(view))
}

fn take<T: Clone + PartialEq + Send + Sync + 'static>(
    value: RwSignal<Option<ArcRwSignal<T>>>,
    newer: &T,
) {
    match value.get_untracked() {
        Some(old) if old.with_untracked(|old| old == newer) => {}
        Some(old) => old.set(newer.clone()),
        None => value.set(Some(ArcRwSignal::new(newer.clone()))),
    }
}
