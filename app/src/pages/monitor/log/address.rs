//! The page's address: which run, and which of its lines, a link leads to.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use leptos_router::location::Location;

use super::line_range::{self, LineRange};
use super::state::LogView;
use crate::url_query::UrlQuery;

/// The key of the query that names the run.
const RUN: &str = "run";
/// Stands for the failures' log in place of the number of a run.
const FAILURES: &str = "error";

/// What an address names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LogAddress {
    /// The log, if it names one.
    pub(super) log_file_name: Option<String>,
    /// Lines of it.
    pub(super) lines: Option<LineRange>,
}

/// What the address of the page names when the page is made.
///
/// The browser's own address is the newer one while a page stands, because [`write`] changes it alone. But
/// after a click on a link it is still that of the page before: the router changes it when the new page is
/// there.
pub(super) fn initial(router: &Location) -> LogAddress {
    let browser = window().location();
    let path = browser.pathname().unwrap_or_default();
    let plain = js_sys::decode_uri_component(&path).map_or_else(|_| path.clone(), String::from);
    let is_here = router.pathname.with_untracked(|there| *there == path || *there == plain);
    let (search, hash) = match is_here {
        true => (browser.search().unwrap_or_default(), browser.hash().unwrap_or_default()),
        false => (router.search.get_untracked(), router.hash.get_untracked()),
    };
    LogAddress {
        log_file_name: UrlQuery::parse(&search).get(RUN).and_then(file_of),
        lines: line_range::parse(&hash),
    }
}

/// The lines that the browser's address names.
fn lines() -> Option<LineRange> {
    line_range::parse(&window().location().hash().ok()?)
}

/// Names a log and lines of it in the address, without a step in the history.
pub(super) fn write(log_file_name: Option<&str>, lines: Option<LineRange>) {
    let location = window().location();
    let search = UrlQuery::parse(&location.search().unwrap_or_default());
    let search = search.with(RUN, log_file_name.and_then(run_of).as_deref()).to_search();
    let path = location.pathname().unwrap_or_default();
    let hash = lines.map(line_range::hash).unwrap_or_default();
    // Fails only where a page may not change its address; what is shown is shown all the same.
    let _ = window().history().and_then(|history| {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&(path + &search + &hash)))
    });
}

/// Goes where the address leads when the user changes the part behind the `#`.
pub(super) fn follow(view: LogView) {
    Effect::new(move |_| {
        let handle = window_event_listener(ev::hashchange, move |_| {
            if let Some((from, to)) = lines() {
                view.marked.set(Some((from, to)));
                view.go_to_line(from);
            }
        });
        on_cleanup(move || handle.remove());
    });
}

fn file_of(run: &str) -> Option<String> {
    match run {
        FAILURES => Some("error.log".to_owned()),
        number => number.parse::<u32>().ok().map(|number| format!("run{number}.log")),
    }
}

/// The run of a log, as it stands in an address.
pub(in crate::pages::monitor) fn run_of(log_file_name: &str) -> Option<String> {
    let name = log_file_name.strip_suffix(".log")?;
    Some(name.strip_prefix("run").unwrap_or(name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_have_short_names_in_the_address() {
        for (file, run) in [("run12.log", "12"), ("error.log", "error")] {
            assert_eq!(run_of(file).as_deref(), Some(run));
            assert_eq!(file_of(run).as_deref(), Some(file));
        }
        assert_eq!(file_of("../x"), None);
        assert_eq!(run_of(""), None);
    }
}
