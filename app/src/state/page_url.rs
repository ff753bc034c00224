//! The query of the URL of a page, set by the page itself.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::url_query::UrlQuery;

/// The URL of the page that created it; cheap to copy.
#[derive(Clone, Copy)]
pub struct PageUrl {
    search: Memo<String>,
    pathname: Memo<String>,
    /// The page, as [`page_of`] names it.
    page: &'static str,
    set: Callback<(String, NavigateOptions)>,
}

/// The URL of this page. Must be called inside a component of the page.
#[must_use]
pub fn use_page_url() -> PageUrl {
    let location = use_location();
    let navigate = use_navigate();
    PageUrl {
        search: location.search,
        pathname: location.pathname,
        page: location.pathname.with_untracked(|path| page_of(path)),
        set: Callback::new(move |(url, options): (String, NavigateOptions)| {
            navigate(&url, options);
        }),
    }
}

impl PageUrl {
    /// The query; tracked.
    pub fn search(self) -> Memo<String> {
        self.search
    }

    /// The query; not tracked.
    #[must_use]
    pub fn query(self) -> UrlQuery {
        self.search.with_untracked(|raw| UrlQuery::parse(raw))
    }

    /// Whether the location is still that of this page. While the user navigates to another page, whose module may
    /// still be loading, the location is already the new one, and this page is still displayed.
    pub fn is_current(self) -> bool {
        let page = self.pathname.try_with_untracked(|path| page_of(path));
        page.is_some_and(|page| page == self.page)
    }

    /// Sets the query, as a new history entry or in place of the current one. Does nothing during navigation to
    /// another page, which it would abort.
    pub fn set_query(self, query: &UrlQuery, replace: bool) {
        if self.is_current() {
            let options = NavigateOptions { replace, scroll: false, ..Default::default() };
            let path = self.pathname.get_untracked();
            self.set.run((format!("{path}{}", query.to_search()), options));
        }
    }
}

/// The page that a path belongs to: a task may be renamed on its page.
fn page_of(path: &str) -> &'static str {
    let path = path.trim_end_matches('/');
    match path.strip_prefix("/tasks/") {
        Some(_) => "task",
        None => ["/tasks", "/generator", "/compare", "/monitor", "/launcher"]
            .into_iter()
            .find(|page| *page == path)
            .unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn paths_of_one_page_are_the_same_page() {
        assert_eq!(page_of("/tasks/a%20b"), page_of("/tasks/c"));
        assert_ne!(page_of("/tasks"), page_of("/tasks/c"));
        assert_ne!(page_of("/monitor"), page_of("/"));
        assert_eq!(page_of("/monitor/"), page_of("/monitor"));
    }
}
