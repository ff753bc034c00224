//! The toolbar that edits the options of all charts of a page.

use common::metric::XAxis;
use leptos::prelude::*;

use super::BoardOptions;
use crate::components::handler::plain;
use crate::components::{Choice, Icon, IconView, Select, Switch};
use crate::i18n::use_messages;
use crate::state::page_url::use_page_url;

/// The options of the charts of this page, stored in the URL. Call it once per page.
#[must_use]
pub fn board_options() -> RwSignal<BoardOptions> {
    let url = use_page_url();
    let options = RwSignal::new(BoardOptions::read(&url.query()));
    Effect::new(move |before: Option<()>| {
        let options = options.get();
        let query = options.write(url.query());
        if before.is_some() && url.query() != query {
            url.set_query(&query, true);
        }
    });
    options
}

/// Filter, x axis, smoothing, logarithms, outliers.
#[component]
pub fn BoardToolbar(
    /// The options.
    options: RwSignal<BoardOptions>,
    /// Keys that can be used as the x axis.
    #[prop(into)]
    keys: Signal<Vec<String>>,
) -> impl IntoView {
    let t = use_messages().chart();
    let axes = Signal::derive(move || {
        let mut choices = vec![
            Choice::new("step", t.step),
            Choice::new("index", t.index),
            Choice::new("elapsed", t.elapsed),
            Choice::new("time", t.clock),
        ];
        let chosen = options.with(|options| options.x.clone());
        let mut keys = keys.get();
        if let XAxis::Key(key) = chosen
            && !keys.contains(&key)
        {
            keys.push(key);
        }
        choices.extend(keys.into_iter().map(|key| Choice::new(format!("key:{key}"), key)));
        choices
    });
    let axis = Signal::derive(move || options.with(|options| options.x.to_string()));
    let flag = move |read: fn(&mut BoardOptions) -> &mut bool, label: &'static str| {
        let on = Signal::derive(move || *read(&mut options.get()));
        let change = Callback::new(move |on: bool| options.update(|options| *read(options) = on));
        view! { <Switch on on_change=change label=Signal::stored(label.to_owned())/> }
    };
    view! {
        <div class="board-bar" role="toolbar" aria-label=t.toolbar>
            <label class="board-bar__filter">
                <IconView icon=Icon::Search/>
                <span class="visually-hidden">{t.filter}</span>
                <input
                    type="search"
                    placeholder=t.filter
                    spellcheck="false"
                    autocomplete="off"
                    prop:value=move || options.with(|options| options.filter.clone())
                    on:input=plain(move |event| options.update(|options| options.filter = event_target_value(&event)))
                />
            </label>
            <Smoothing options/>
            <span class="board-bar__axis">
                <span aria-hidden="true">{t.x_axis}</span>
                <Select label=t.x_axis choices=axes value=axis
                    on_change=move |word: String| options.update(|options| options.x = XAxis::parse(&word))/>
            </span>
            {flag(|options| &mut options.log_x, t.log_x)}
            {flag(|options| &mut options.log_y, t.log_y)}
            {flag(|options| &mut options.clip, t.clip)}
            <span class="board-bar__help">{t.keys_help}</span>
        </div>
    }
}

/// The weight of the moving average.
#[component]
fn Smoothing(options: RwSignal<BoardOptions>) -> impl IntoView {
    let t = use_messages().chart();
    let percent = Memo::new(move |_| options.with(|options| options.smoothing_pct));
    let slide = move |event: leptos::ev::Event| {
        let percent = event_target_value(&event).parse().unwrap_or(0);
        options.update(|options| options.smoothing_pct = percent);
    };
    view! {
        <label class="slider" title=t.smoothing_help>
            <span>{t.smoothing}</span>
            <input type="range" min="0" max="99" step="1" prop:value=move || percent.get().to_string()
                on:input=plain(slide)/>
            <output class="slider__value">{move || format!("0.{:02}", percent.get())}</output>
        </label>
    }
}
