//! How what the server answers becomes a part of a page.
//!
//! Both components wait for the first answer with a [`Suspend`] that never runs again. A `Suspend` inside of
//! a reactive closure would, with each new answer, first dispose of all signals of what is shown and only
//! later replace it: until then its effects read what is gone, which ends the whole module. Nothing else in
//! the application makes a `Suspend`.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::dynamic::part;
use super::{ErrorNote, Skeleton};
use crate::AppError;
use crate::wire::Remote;

/// What a view of a resource is made of.
type Response<T> = Result<T, AppError>;

/// Makes a view. Boxed: there is one component per type of value, and not one per view.
type Make<T> = Box<dyn Fn(T) -> AnyView + Send + Sync>;

/// Shows a value and keeps what is shown: later answers change the signal that `view` got.
///
/// After a failed request the last value stays, below a note of the failure.
#[component]
pub fn Live<T>(
    /// Where the value comes from.
    of: Remote<Response<T>>,
    /// Lines of the skeleton until the first answer.
    #[prop(default = 3)]
    lines: usize,
    /// Whether a failure is told elsewhere.
    #[prop(optional)]
    quiet: bool,
    /// The view, made once.
    view: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    live(of, lines, quiet, Box::new(view))
}

fn live<T>(of: Remote<Response<T>>, lines: usize, quiet: bool, view: Make<Signal<T>>) -> AnyView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let content = once(async move {
        let first = of.await;
        let error = RwSignal::new(first.as_ref().err().cloned());
        let value = RwSignal::new(first.ok().map(ArcRwSignal::new));
        Effect::new(move |_| {
            of.with(|response| match response {
                Some(Ok(newer)) => {
                    take(value, newer);
                    if error.with_untracked(Option::is_some) {
                        error.set(None);
                    }
                }
                Some(Err(failure)) => error.set(Some(failure.clone())),
                None => {}
            });
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

/// Shows a value, and makes the view anew for each later answer.
///
/// For what cannot be changed in place, such as a form for another script.
#[component]
pub fn Loaded<T>(
    /// Where the value comes from.
    of: Remote<T>,
    /// Lines of the skeleton until the first answer.
    #[prop(default = 3)]
    lines: usize,
    /// The view of one answer.
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    loaded(of, lines, Box::new(view))
}

fn loaded<T>(of: Remote<T>, lines: usize, view: Make<T>) -> AnyView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let content = once(async move {
        of.await;
        part(move || of.get().map(&view))
    });
    suspended(content, lines)
}

/// A skeleton until the view is there.
fn suspended(content: Suspend<AnyView>, lines: usize) -> AnyView {
    let fallback = move || (lines > 0).then(|| view! { <Skeleton lines/> });
    view! { <Transition fallback>{content}</Transition> }.into_any()
}

/// A suspended view that no effect runs again, whatever it has read.
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
