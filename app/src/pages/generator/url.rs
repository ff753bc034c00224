//! What of the page stands in its URL.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::url_query::UrlQuery;

/// The value of a key of the URL's query; empty where it is not there.
pub(super) fn use_param(key: &'static str) -> Memo<String> {
    let search = use_location().search;
    Memo::new(move |_| {
        search.with(|raw| UrlQuery::parse(raw).get(key).unwrap_or_default().to_owned())
    })
}

/// Changes one key of the URL's query and leaves the others. Another template is another page in
/// the history; everything else is the same page seen otherwise.
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
