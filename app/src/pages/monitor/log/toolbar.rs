//! What can be done with the shown log.

use leptos::prelude::*;

use super::buffer::Buffer;
use super::find_bar::FindBar;
use super::state::{Link, LogView};
use crate::components::{Badge, BadgeTone, Choice, CopyButton, Select, Switch};
use crate::i18n::use_messages;

/// Which run, whether it follows, how it is shown.
#[component]
pub(super) fn LogToolbar(
    /// The log.
    view: LogView,
) -> impl IntoView {
    let t = use_messages().monitor();
    let following = Signal::derive(move || view.follow.get().is_on());
    let toggle = move |_: bool| view.follow.update(|follow| *follow = follow.toggled());
    // Put together when it is copied, not whenever a line arrives.
    let text = Signal::derive(move || {
        let join = |buffer: &Buffer| {
            let lines: Vec<String> = buffer.lines().map(|line| line.plain().into_owned()).collect();
            lines.join("\n")
        };
        view.read(join).unwrap_or_default()
    });
    view! {
        <div class="log-bar">
            <RunSelect view/>
            <LinkBadge view/>
            <FindBar view/>
            <span title=t.follow_help><Switch on=following on_change=toggle label=t.follow/></span>
            <span title=t.wrap_help>
                <Switch on=view.wrap on_change=move |on: bool| view.wrap.set(on) label=t.wrap/>
            </span>
            <CopyButton text label=t.copy_all/>
        </div>
    }
}

/// The task's logs, newest first.
#[component]
fn RunSelect(view: LogView) -> impl IntoView {
    let t = use_messages();
    let name_of = move |file: &String| {
        let number = file.strip_prefix("run").and_then(|rest| rest.strip_suffix(".log"));
        match number.and_then(|number| number.parse().ok()) {
            Some(number) => (t.task().run_number)(number),
            None => t.monitor().error_log.to_owned(),
        }
    };
    let choices = Signal::derive(move || {
        let newest = Choice::new("", t.monitor().newest_run);
        let files = view.files.get();
        let runs = files.iter().rev().map(|file| Choice::new(file.clone(), name_of(file)));
        std::iter::once(newest).chain(runs).collect::<Vec<Choice>>()
    });
    let value = Signal::derive(move || view.chosen.get().unwrap_or_default());
    let choose = move |file: String| view.chosen.set(Some(file).filter(|file| !file.is_empty()));
    view! { <Select label=t.monitor().run choices value on_change=choose/> }
}

/// Whether lines arrive.
#[component]
fn LinkBadge(view: LogView) -> impl IntoView {
    let t = use_messages().monitor();
    let state = move || match view.link.get() {
        Link::Live => Some((BadgeTone::Accent, t.live)),
        Link::Ended => Some((BadgeTone::Neutral, t.ended)),
        Link::Lost => Some((BadgeTone::Warn, t.reconnecting)),
        Link::Loading | Link::NoRun | Link::Failed(_) => None,
    };
    view! {
        <span role="status">
            {move || state().map(|(tone, word)| view! { <Badge tone>{word}</Badge> })}
        </span>
    }
}
