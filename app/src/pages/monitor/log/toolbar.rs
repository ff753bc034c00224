//! The toolbar of a log.

use leptos::html;
use leptos::prelude::*;

use super::display_options::Times;
use super::find_bar::FindBar;
use super::state::{LogView, SourceState};
use super::stream::Source;
use crate::components::handler::mouse;
use crate::components::{Badge, BadgeTone, Choice, Icon, IconView, Menu, Select, Switch};
use crate::i18n::use_messages;
use crate::url_query::{UrlQuery, encode};

/// The selected run, the state of the source, the search and the display options.
#[component]
pub(super) fn LogToolbar(
    /// The log.
    view: LogView,
    /// The source of the log.
    source: Signal<Source>,
    /// The search field.
    field: NodeRef<html::Input>,
) -> impl IntoView {
    let t = use_messages().monitor();
    let following = Signal::derive(move || view.follow.get().is_on());
    let toggle = move |_: bool| view.follow.update(|follow| *follow = follow.toggled());
    view! {
        <div class="log-bar">
            <RunSelect view/>
            <SourceBadge view/>
            <FindBar view source field/>
            <span title=t.follow_help><Switch on=following on_change=toggle label=t.follow/></span>
            <span title=t.wrap_help>
                <Switch on=view.display.wrap on_change=move |on: bool| view.display.wrap.set(on) label=t.wrap/>
            </span>
            <More view source/>
        </div>
    }
}

/// The menu of rarely used actions.
#[component]
fn More(view: LogView, source: Signal<Source>) -> impl IntoView {
    let t = use_messages().monitor();
    let display = view.display;
    let item = |label: Signal<String>, act: Box<dyn Fn()>| {
        view! { <button type="button" class="menu__item" on:click=mouse(move |_| act())>{label}</button> }
    };
    let fixed = |text: &'static str| Signal::stored(text.to_owned());
    let fold =
        Signal::derive(
            move || {
                if display.fold.get() { t.unfold.to_owned() } else { t.fold.to_owned() }
            },
        );
    let times = Signal::derive(move || {
        match display.times.get() {
            Times::Off => t.times_clock,
            Times::Clock => t.times_since,
            Times::SinceStart => t.times_off,
        }
        .to_owned()
    });
    let next_times = move || {
        display.times.update(|times| {
            *times = match times {
                Times::Off => Times::Clock,
                Times::Clock => Times::SinceStart,
                Times::SinceStart => Times::Off,
            };
        });
    };
    let go = move || {
        let input = window().prompt_with_message(t.go_to_line).ok().flatten();
        if let Some(line) = input.and_then(|text| text.trim().parse::<u64>().ok()) {
            view.go_to_line(line.saturating_sub(1));
            view.mark(line.saturating_sub(1), false);
        }
    };
    let address = move |plain: bool| {
        let Source { ws, name } = source.get();
        let search = UrlQuery::default()
            .with("workspace", ws.as_deref())
            .with("log_file_name", Some(&view.file.get()))
            .with("plain", plain.then_some("true"))
            .to_search();
        format!("/api/tasks/{}/logs/download{search}", encode(&name))
    };
    let copy = move |colours| move || view.copy(source.get_untracked(), colours);
    view! {
        <Menu label=t.more class="button button--quiet button--icon" button=|| view! { <IconView icon=Icon::Dots/> }>
            {item(times, Box::new(next_times))}
            {item(fold, Box::new(move || display.fold.update(|fold| *fold = !*fold)))}
            {item(fixed(t.larger), Box::new(move || display.resize(true)))}
            {item(fixed(t.smaller), Box::new(move || display.resize(false)))}
            {item(fixed(t.go_to_top), Box::new(move || view.go_to(false)))}
            {item(fixed(t.go_to_end), Box::new(move || view.go_to(true)))}
            {item(fixed(t.go_to_line), Box::new(go))}
            {item(fixed(t.copy_text), Box::new(copy(false)))}
            {item(fixed(t.copy_ansi), Box::new(copy(true)))}
            <a class="menu__item" rel="external" download href=move || address(false)>{t.download}</a>
            <a class="menu__item" rel="external" download href=move || address(true)>{t.download_plain}</a>
        </Menu>
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

/// The state of the source.
#[component]
fn SourceBadge(view: LogView) -> impl IntoView {
    let t = use_messages().monitor();
    let state = move || match view.source_state.get() {
        SourceState::Live => Some((BadgeTone::Accent, t.live)),
        SourceState::Ended => Some((BadgeTone::Neutral, t.ended)),
        SourceState::Lost => Some((BadgeTone::Warn, t.reconnecting)),
        SourceState::Loading | SourceState::NoRun | SourceState::Failed(_) => None,
    };
    view! {
        <span role="status">
            {move || state().map(|(tone, word)| view! { <Badge tone>{word}</Badge> })}
        </span>
    }
}
