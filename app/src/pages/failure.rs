//! The failure summary of a task, as a link to the log line.

use common::failure::{FailureKind, FailureSummary};
use leptos::prelude::*;

use crate::components::dynamic::{self, part};
use crate::i18n::use_messages;
use crate::state::workspace::use_ws;
use crate::url_query::UrlQuery;

/// The failure summary; empty without a failure. Truncated to the width of its container.
#[component]
pub(crate) fn FailureLine(
    /// The task's name.
    #[prop(into)]
    name: Signal<String>,
    /// The failure summary.
    #[prop(into)]
    failure: Signal<Option<FailureSummary>>,
    /// What translates the text, where a page knows more than every page does.
    #[prop(optional)]
    words: Option<fn(FailureKind, &str) -> String>,
) -> impl IntoView {
    let t = use_messages().common();
    let words = words.unwrap_or(t.failure);
    let ws = use_ws();
    // Memoized: other changes of the task do not rebuild the link.
    let failure = Memo::new(move |_| failure.get());
    let link = move |failure: FailureSummary| {
        let text = words(failure.kind, &failure.text);
        let title = match failure.line {
            Some(line) => (t.open_log_at)(&text, line),
            None => (t.open_log)(&text),
        };
        let href =
            dynamic::text(move || name.with(|name| log_href(name, &failure, ws.get().as_deref())));
        view! { <a class="failure" href=href title=title>{text}</a> }
    };
    part(move || failure.get().map(link))
}

/// The address of the log, at the line of the failure if known.
fn log_href(name: &str, failure: &FailureSummary, ws: Option<&str>) -> String {
    let run = failure.run.to_string();
    let query = UrlQuery::default().with("task", Some(name)).with("run", Some(&run));
    let line = failure.line.map(|line| format!("#L{line}")).unwrap_or_default();
    format!("/monitor{}{line}", query.with("ws", ws).to_search())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_leads_to_the_line_of_the_run() {
        let failure = FailureSummary::new(FailureKind::Exception, "ValueError: x", 2, Some(14));
        assert_eq!(
            log_href("a b", &failure, Some("main")),
            "/monitor?task=a%20b&run=2&ws=main#L14"
        );
        let failure = FailureSummary::new(FailureKind::Signal, "killed by SIGKILL", 1, None);
        assert_eq!(log_href("a", &failure, None), "/monitor?task=a&run=1");
    }
}
