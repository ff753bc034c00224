//! The part of the page's state that is stored in the URL.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::state::page_url::use_page_url;
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
    let url = use_page_url();
    Callback::new(move |(key, value): (&'static str, String)| {
        url.set_query(&url.query().with(key, Some(&value)), key != "template");
    })
}
