//! The search in the logs of all tasks that match the filter.

use std::time::Duration;

use common::log::SearchMessage;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::filter::Filter;
use super::found_line::{FoundLine, FoundLineView};
use super::log::fetch_lines;
use crate::components::handler::{mouse, plain};
use crate::components::{Icon, IconView};
use crate::i18n::use_messages;
use crate::state::debounce::Debounce;
use crate::state::workspace::use_ws;
use crate::url_query::UrlQuery;
use crate::wire::read;

/// Maximum number of listed lines; all are counted.
const MAX_LINES: u64 = 500;
/// How long typing must pause before the search.
const TYPING_PAUSE: Duration = Duration::from_millis(250);

/// The parameters of a search.
#[derive(Debug, Clone, Default, PartialEq)]
struct LogSearch {
    text: String,
    regex: bool,
    case: bool,
    all_runs: bool,
    ws: Option<String>,
    query: String,
    status: String,
}

impl LogSearch {
    fn address(&self) -> String {
        let flag = |on: bool| on.then_some("true");
        let search = UrlQuery::default()
            .with("workspace", self.ws.as_deref())
            .with("q", Some(&self.text))
            .with("regex", flag(self.regex))
            .with("case", flag(self.case))
            .with("all_runs", flag(self.all_runs))
            .with("query", Some(&self.query))
            .with("status", Some(&self.status))
            .with("limit", Some(&MAX_LINES.to_string()))
            .to_search();
        format!("/api/logs/search{search}")
    }
}

/// The progress of a search.
#[derive(Debug, Clone, PartialEq)]
enum SearchProgress {
    Nothing,
    Searching,
    Done { matches: u64, logs: u64 },
    Failed(String),
}

/// The search field and the matching lines.
#[component]
pub(super) fn LogSearchPanel(
    /// The filter of the tasks.
    filter: Filter,
) -> impl IntoView {
    let t = use_messages().monitor();
    let ws = use_ws();
    let field = NodeRef::<html::Input>::new();
    let (text, regex) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (case, all_runs) = (RwSignal::new(false), RwSignal::new(false));
    let wanted = Memo::new(move |_| LogSearch {
        text: text.get(),
        regex: regex.get(),
        case: case.get(),
        all_runs: all_runs.get(),
        ws: ws.get(),
        query: filter.search.get(),
        status: filter.status.get(),
    });
    let (found, progress) =
        (RwSignal::new(Vec::<FoundLine>::new()), RwSignal::new(SearchProgress::Nothing));
    let debounce = Debounce::new();
    let typed = move |event| {
        let typed = event_target_value(&event);
        debounce.after(TYPING_PAUSE, move || text.set(typed));
    };
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // Fails only for a page that is not visible.
            let _ = field.focus();
        }
    });
    Effect::new(move |_| run_search(wanted, found, progress));
    let flag = move |on: RwSignal<bool>, label: &'static str, sign: &'static str| {
        view! {
            <button type="button" class="find-bar__flag" title=label aria-label=label
                aria-pressed=move || on.get().to_string()
                on:click=mouse(move |_| on.update(|on| *on = !*on))>{sign}</button>
        }
    };
    let status = move || match progress.get() {
        SearchProgress::Nothing => t.search_all_help.to_owned(),
        SearchProgress::Searching => t.searching.to_owned(),
        SearchProgress::Done { matches, logs } => (t.found)(matches, logs),
        SearchProgress::Failed(error) => error,
    };
    // Lines are only appended until the next search.
    let lines = move || {
        let ws = ws.get();
        found.with(|found| {
            let before = std::iter::once(None).chain(found.iter().map(Some));
            let line = |(line, before): (&FoundLine, Option<&FoundLine>)| {
                let begins_log = line.begins_log(before);
                view! { <FoundLineView found=line.clone() begins_log ws=ws.clone()/> }
            };
            found.iter().zip(before).map(line).collect_view()
        })
    };
    view! {
        <section class="found" aria-label=t.search_all>
            <div class="found__head">
                <div class="find-bar found__field" role="search">
                    <IconView icon=Icon::Search/>
                    <input class="find-bar__field" type="search" autocomplete="off" spellcheck="false"
                        placeholder=t.search_all aria-label=t.search_all node_ref=field on:input=plain(typed)/>
                    {flag(case, t.match_case, "Aa")}
                    {flag(regex, t.match_regex, ".*")}
                </div>
                <label class="found__runs">
                    <input type="checkbox" class="checkbox" prop:checked=all_runs
                        on:change=plain(move |_| all_runs.update(|on| *on = !*on))/>
                    <span>{t.every_run}</span>
                </label>
                <span class="found__told" role="status">{status}</span>
            </div>
            <div class="found__lines">{lines}</div>
        </section>
    }
}

/// Starts a search; the previous one ends when it detects other parameters.
fn run_search(
    wanted: Memo<LogSearch>,
    found: RwSignal<Vec<FoundLine>>,
    progress: RwSignal<SearchProgress>,
) {
    let now = wanted.get();
    found.set(Vec::new());
    if now.text.is_empty() {
        progress.set(SearchProgress::Nothing);
        return;
    }
    progress.set(SearchProgress::Searching);
    spawn_local(async move {
        let still = || wanted.try_with_untracked(|wanted| *wanted == now) == Some(true);
        let address = now.address();
        let taken = fetch_lines(&address, |lines| {
            if !still() {
                return false;
            }
            let mut fresh = Vec::new();
            for message in lines.filter_map(|line| read::<SearchMessage>(line).ok()) {
                match message {
                    SearchMessage::Done { matches, logs, .. } => {
                        progress.set(SearchProgress::Done { matches, logs });
                    }
                    message => fresh.extend(FoundLine::of(message)),
                }
            }
            if !fresh.is_empty() {
                found.update(|found| found.append(&mut fresh));
            }
            true
        });
        if let Err(error) = taken.await
            && still()
        {
            progress.set(SearchProgress::Failed(error));
        }
    });
}
