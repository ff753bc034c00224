//! The workspace of this tab: the `?ws=` of its URL.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::url_query::UrlQuery;

/// The workspace named in the URL; `None` is the server's current one.
#[derive(Clone, Copy)]
struct NamedWorkspace(Memo<Option<String>>);

/// Provides the workspace as a context. Call it inside the router.
pub fn provide_workspace() {
    let search = use_location().search;
    provide_context(NamedWorkspace(Memo::new(move |_| {
        search.with(|raw| UrlQuery::parse(raw).get("ws").map(str::to_owned))
    })));
}

/// The value of `ws` that every server function of a page takes.
///
/// # Panics
/// Outside the application's frame.
#[must_use]
pub fn use_ws() -> Memo<Option<String>> {
    expect_context::<NamedWorkspace>().0
}

/// A link inside the application that stays in this tab's workspace.
#[must_use]
pub fn ws_href(path: &'static str) -> Signal<String> {
    let ws = use_ws();
    Signal::derive(move || with_ws(path, ws.get().as_deref()))
}

/// Adds `ws` to a path, which may have a query already.
#[must_use]
pub fn with_ws(path: &str, ws: Option<&str>) -> String {
    let (path, search) = path.split_once('?').unwrap_or((path, ""));
    format!("{path}{}", UrlQuery::parse(search).with("ws", ws).to_search())
}
