//! The part of the page's state that is stored in the URL.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::url_query::UrlQuery;

/// The value of a query key; empty if missing.
pub(super) fn use_param(key: &'static str) -> Memo<String> {
    let search = use_location().search;
    Memo::new(move |_| {
        search.with(|raw| UrlQuery::parse(raw).get(key).unwrap_or_default().to_owned())
    })
}

/// Sets one query key and keeps the others. Another template adds a history entry; all other
/// changes replace the current one.
pub(super) fn use_query_change() -> Callback<(&'static str, String)> {
    let search = use_location().search;
    let navigate = use_navigate();
    Callback::new(move |(key, value): (&'static str, String)| {
        let query = search.with_untracked(|raw| UrlQuery::parse(raw)).with(key, Some(&value));
        let replace = key != "template";
        let options = NavigateOptions { replace, scroll: false, ..Default::default() };
        navigate(&format!("/generator{}", query.to_search()), options);
    })
}
