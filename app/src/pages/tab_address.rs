//! The tab of a page, selected by the URL: `?tab=`.

use leptos::prelude::*;

use crate::state::page_url::use_page_url;
use crate::url_query::UrlQuery;

/// The key in the URL, or `default`; and a callback that sets another key.
pub(super) fn use_tab_address(default: &'static str) -> (Memo<String>, Callback<String>) {
    let url = use_page_url();
    let search = url.search();
    let key = Memo::new(move |_| {
        search.with(|raw| UrlQuery::parse(raw).get("tab").unwrap_or(default).to_owned())
    });
    let select = Callback::new(move |key: String| {
        let key = Some(key.as_str()).filter(|key| *key != default);
        url.set_query(&url.query().with("tab", key), true);
    });
    (key, select)
}
