//! The line-by-line diff of the input files of two runs.

use common::line_diff::{DiffLine, Hunk, Side};
use common::metric::RunRef;
use common::provenance::{InputDiff, InputsDiff, InputsDiffRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::diff_inputs;
use super::state::use_compared;
use crate::AppError;
use crate::components::Skeleton;
use crate::i18n::use_messages;

/// Files with more changed lines than this are collapsed at first.
const MAX_LINES: usize = 2_000;

/// The message of the server for a file that is not UTF-8.
const NOT_TEXT: &str = "it is no text";

/// The diffs of config, script, git changes, packages and other files.
#[component]
pub(super) fn DiffLines(
    left: Signal<Option<RunRef>>,
    right: Signal<Option<RunRef>>,
) -> impl IntoView {
    let t = use_messages().compare();
    let compared = use_compared();
    let found = RwSignal::new(None::<Result<InputsDiff, AppError>>);
    Effect::new(move |_| {
        let (Some(left), Some(right)) = (left.get(), right.get()) else { return };
        let ws = compared.ws.get_untracked();
        let request = InputsDiffRequest { left, right };
        found.set(None);
        spawn_local(async move {
            let response = diff_inputs(ws, request).await;
            let _ = found.try_set(Some(response));
        });
    });
    let content = move || match found.get() {
        None => view! { <Skeleton lines=3/> }.into_any(),
        // The table above already reports the missing provenance.
        Some(Err(_)) => view! { <p class="section__hint">{t.no_provenance}</p> }.into_any(),
        Some(Ok(diff)) if diff.parts.is_empty() => {
            view! { <p class="section__hint">{t.no_difference}</p> }.into_any()
        }
        Some(Ok(diff)) => diff.parts.into_iter().map(file).collect_view().into_any(),
    };
    view! {
        <section class="section">
            <header class="section__head"><h2 class="section__title">{t.files}</h2></header>
            {content}
        </section>
    }
}

/// The diff of one file; collapsed if it is long.
fn file(part: InputDiff) -> AnyView {
    let t = use_messages().compare();
    let count = |side| {
        let lines = part.hunks.iter().flat_map(|hunk| &hunk.lines);
        lines.filter(|line| line.side == side).count()
    };
    let (gone, come) = (count(Side::Left), count(Side::Right));
    let is_long = gone + come > MAX_LINES;
    let hunks = part.hunks.iter().map(hunk).collect_view();
    view! {
        <details class="lines" open=!is_long>
            <summary class="lines__head">
                <code>{part.name.clone()}</code>
                <span class="lines__gone">{format!("−{gone}")}</span>
                <span class="lines__come">{format!("+{come}")}</span>
            </summary>
            {part.unseen.clone().map(|why| {
                let why = if why == NOT_TEXT { t.not_text.to_owned() } else { why };
                view! { <p class="section__hint">{why}</p> }
            })}
            <div class="lines__text" tabindex="0">{hunks}</div>
        </details>
    }
    .into_any()
}

fn hunk(hunk: &Hunk) -> AnyView {
    let (mut left, mut right) = (hunk.left, hunk.right);
    let line = |line: &DiffLine| {
        let class = match line.side {
            Side::Both => "lines__line",
            Side::Left => "lines__line lines__line--gone",
            Side::Right => "lines__line lines__line--come",
        };
        let mark = match line.side {
            Side::Both => " ",
            Side::Left => "−",
            Side::Right => "+",
        };
        let number = if line.side == Side::Right { right } else { left };
        left += u64::from(line.side != Side::Right);
        right += u64::from(line.side != Side::Left);
        view! {
            <div class=class><span class="lines__number">{number}</span><span>{mark}</span><code>{line.text.clone()}</code></div>
        }
    };
    let lines = hunk.lines.iter().map(line).collect_view();
    view! { <div class="lines__hunk">{lines}</div> }.into_any()
}
