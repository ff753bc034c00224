//! The run and the lines of a log in the page's URL.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use leptos_router::location::Location;

use super::line_range::{self, LineRange};
use super::state::LogView;
use crate::url_query::UrlQuery;

/// The query key of the run.
const RUN: &str = "run";
/// The value of the key for the error log.
const ERROR_LOG: &str = "error";

/// The part of a log that a URL refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LogAddress {
    /// The log file, if the URL names one.
    pub(super) log_file_name: Option<String>,
    /// The lines, if the URL names any.
    pub(super) lines: Option<LineRange>,
}

/// The log address in the URL when the page is created.
///
/// While a page is displayed the browser's URL is newer than the router's, because [`write`] changes only the
/// former. After a click on a link it is still the URL of the previous page: the router updates it when the new
/// page is displayed.
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

/// The lines in the browser's URL.
fn lines() -> Option<LineRange> {
    line_range::parse(&window().location().hash().ok()?)
}

/// Stores a log and lines in the URL, without a history entry.
pub(super) fn write(log_file_name: Option<&str>, lines: Option<LineRange>) {
    let location = window().location();
    let search = UrlQuery::parse(&location.search().unwrap_or_default());
    let search = search.with(RUN, log_file_name.and_then(run_of).as_deref()).to_search();
    let path = location.pathname().unwrap_or_default();
    let hash = lines.map(line_range::hash).unwrap_or_default();
    // Fails only if a page may not change its URL; the display is not affected.
    let _ = window().history().and_then(|history| {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&(path + &search + &hash)))
    });
}

/// Scrolls to the lines in the URL when the user changes the hash.
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
        ERROR_LOG => Some("error.log".to_owned()),
        number => number.parse::<u32>().ok().map(|number| format!("run{number}.log")),
    }
}

/// The value of the run key for a log file.
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
