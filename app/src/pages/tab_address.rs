//! The tab of a page, selected by the URL: `?tab=`.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::url_query::UrlQuery;

/// The key in the URL, or `default`; and a callback that sets another key.
pub(super) fn use_tab_address(default: &'static str) -> (Memo<String>, Callback<String>) {
    let location = use_location();
    let (search, path) = (location.search, location.pathname);
    let navigate = use_navigate();
    let key = Memo::new(move |_| {
        search.with(|raw| UrlQuery::parse(raw).get("tab").unwrap_or(default).to_owned())
    });
    let select = Callback::new(move |key: String| {
        let key = Some(key.as_str()).filter(|key| *key != default);
        let query = search.with_untracked(|raw| UrlQuery::parse(raw).with("tab", key));
        let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&format!("{}{}", path.get_untracked(), query.to_search()), options);
    });
    (key, select)
}
