//! The toolbar of the table: filter, groups, columns, switches, copying, saved views.

use std::time::Duration;

use common::ApiError;
use common::query::{Query, QueryError};
use common::runs::ColumnInfo;
use leptos::html;
use leptos::prelude::*;

use super::copy::CopyMenu;
use super::state::use_table;
use super::view::TableView;
use super::views::ViewsMenu;
use crate::AppError;
use crate::components::handler::{mouse, plain};
use crate::components::{Icon, IconView, Menu, Switch};
use crate::i18n::use_messages;
use crate::state::debounce::Debounce;
use crate::wire::read;

/// How long typing must pause before the rows are fetched.
const TYPING_PAUSE: Duration = Duration::from_millis(120);

/// How long typing must pause before errors are displayed.
const ERROR_PAUSE: Duration = Duration::from_millis(900);

/// The toolbar.
#[component]
pub(super) fn Bar() -> impl IntoView {
    let t = use_messages().runs();
    view! {
        <div class="runs-bar">
            <FilterField/>
            <GroupChips/>
            <Flag read=|view| &mut view.all_runs label=t.all_runs/>
            <Flag read=|view| &mut view.charts label=t.charts/>
            <span class="runs-bar__menus">
                <ColumnsMenu/>
                <CopyMenu/>
                <ViewsMenu/>
            </span>
        </div>
    }
}

/// A switch of the view.
#[component]
fn Flag(read: fn(&mut TableView) -> &mut bool, label: &'static str) -> impl IntoView {
    let table = use_table();
    let on = Signal::derive(move || *read(&mut table.view.get()));
    let change = Callback::new(move |on: bool| {
        table.show(|mut view| {
            *read(&mut view) = on;
            view
        });
    });
    view! { <Switch on on_change=change label=label.to_owned()/> }
}

/// The typing state of the filter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Typing {
    /// The user is typing: no error is displayed.
    Active,
    /// Typing has paused: errors are displayed, except for unfinished input.
    Paused,
    /// The field has lost the focus, or Enter was pressed: all errors are displayed.
    Done,
}

/// The filter field, validated while it is typed.
#[component]
fn FilterField() -> impl IntoView {
    let t = use_messages().runs();
    let table = use_table();
    let node = NodeRef::<html::Input>::new();
    let debounce = Debounce::new();
    let error_debounce = Debounce::new();
    let filter_error = RwSignal::new(None::<QueryError>);
    let typing = RwSignal::new(Typing::Done);
    let text = Memo::new(move |_| table.view.with(|view| view.filter.clone()));
    let typed = move |_| {
        let Some(field) = node.get_untracked() else { return };
        let text = field.value();
        debounce.cancel();
        typing.set(Typing::Active);
        error_debounce.after(ERROR_PAUSE, move || typing.set(Typing::Paused));
        match Query::parse(&text) {
            Ok(_) => {
                filter_error.set(None);
                let apply = move || table.show(|view| TableView { filter: text, ..view });
                debounce.after(TYPING_PAUSE, apply);
            }
            Err(error) => filter_error.set(Some(error)),
        }
    };
    let done = move |_| {
        error_debounce.cancel();
        typing.set(Typing::Done);
    };
    // Displays a filter that was set elsewhere (a click on a cell, a saved view).
    Effect::new(move |_| {
        let text = text.get();
        let Some(field) = node.get() else { return };
        let focused = document().active_element().is_some_and(|active| active.id() == FILTER_ID);
        if field.value() != text && !focused {
            field.set_value(&text);
            filter_error.set(None);
        }
    });
    let words = use_messages().filter();
    let problem = Memo::new(move |_| {
        let typing = typing.get();
        let server_error_text = |error| match error {
            AppError(ApiError::Filter(refusal)) => match read::<QueryError>(&refusal.error) {
                Ok(error) => (words.error)(&error),
                Err(_) => refusal.text,
            },
            other => other.to_string(),
        };
        let field = |error: QueryError| {
            let text = node.with(|field| field.as_ref().map(|field| field.value()));
            let is_early =
                typing == Typing::Paused && text.is_some_and(|text| error.is_unfinished(&text));
            (!is_early).then(|| (words.error)(&error))
        };
        match (filter_error.get(), table.error.get()) {
            _ if typing == Typing::Active => None,
            (Some(error), _) => field(error),
            (None, error) => error.map(server_error_text),
        }
    });
    let clear = move |_| {
        table.show(|view| TableView { filter: String::new(), ..view });
        if let Some(field) = node.get_untracked() {
            field.set_value("");
        }
        filter_error.set(None);
    };
    view! {
        <div class="runs-filter">
            <label class="search-box" class:search-box--bad=move || problem.with(Option::is_some) title=t.filter_help>
                <IconView icon=Icon::Filter/>
                <span class="visually-hidden">{t.filter}</span>
                <input
                    node_ref=node
                    id=FILTER_ID
                    class="search-box__field input--mono"
                    type="text"
                    spellcheck="false"
                    autocomplete="off"
                    placeholder=t.filter_hint
                    value=text.get_untracked()
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    aria-describedby="runs-filter-note"
                    on:input=plain(typed)
                    on:change=plain(done)
                />
                <Show when=move || text.with(|text| !text.is_empty())>
                    <button type="button" class="runs-filter__clear" aria-label=t.clear_filter title=t.clear_filter
                        on:click=mouse(clear)>
                        <IconView icon=Icon::Cross/>
                    </button>
                </Show>
            </label>
            <p class="field__note field__note--bad" id="runs-filter-note" role="status">{problem}</p>
        </div>
    }
}

const FILTER_ID: &str = "runs-filter";

/// The columns by which rows are grouped, and a menu of suitable columns.
#[component]
fn GroupChips() -> impl IntoView {
    let t = use_messages().runs();
    let table = use_table();
    let chip = move |column: String| {
        let label = t.label(&column);
        let remove = move |_| table.show(|view| view.toggle_group(&column));
        view! {
            <button type="button" class="chip" aria-pressed="true" title=t.ungroup on:click=mouse(remove)>
                {label}<IconView icon=Icon::Cross/>
            </button>
        }
    };
    let choices = move || {
        let item = |info: &ColumnInfo| {
            let (label, name) = (t.label(&info.name), info.name.clone());
            let add = move |_| table.show(|view| view.toggle_group(&name));
            view! { <button type="button" class="menu__item" on:click=mouse(add)>{label}</button> }
        };
        let view = table.view.get();
        let sensible = |info: &&ColumnInfo| {
            let fit = info.name.starts_with("params.") && info.differs()
                || matches!(info.name.as_str(), "status" | "batch" | "tags");
            fit && !view.group.contains(&info.name)
        };
        table.all.with(|all| all.iter().filter(sensible).map(item).collect_view())
    };
    view! {
        <span class="runs-groups">
            <Menu class="button" button=move || view! { <IconView icon=Icon::List/><span class="button__text">{t.group_by}</span> }>
                {choices}
            </Menu>
            {move || table.view.with(|view| view.group.clone()).into_iter().map(chip).collect_view()}
        </span>
    }
}

/// The menu that selects the columns.
#[component]
fn ColumnsMenu() -> impl IntoView {
    let t = use_messages().runs();
    let table = use_table();
    let words = RwSignal::new(String::new());
    let item = move |info: &ColumnInfo| {
        let name = StoredValue::new(info.name.clone());
        let is_displayed =
            move || table.columns.with(|columns| name.with_value(|name| columns.contains(name)));
        let toggle = move |_| {
            let mut columns = table.columns.get_untracked();
            let name = name.get_value();
            match columns.iter().position(|column| *column == name) {
                Some(at) => {
                    columns.remove(at);
                }
                None => columns.push(name),
            }
            table.show(|view| TableView { columns: Some(columns), ..view });
        };
        let note = if info.differs() { String::new() } else { t.does_not_differ.to_owned() };
        // Fixed columns have a translated label; the tooltip is the name used in filters.
        let label = t.full_label(&info.name);
        view! {
            <label class="columns__item" title=info.name.clone()>
                <input type="checkbox" class="checkbox" prop:checked=is_displayed on:change=plain(toggle)/>
                <span class="columns__name">{label}</span>
                <span class="columns__note">{note}</span>
            </label>
        }
    };
    let items = move || {
        let words = words.with(|words| words.to_lowercase());
        let fits = |info: &&ColumnInfo| {
            let label = t.fixed_label(&info.name).unwrap_or_default();
            let names = format!("{} {label}", info.name).to_lowercase();
            words.split_whitespace().all(|word| names.contains(word))
        };
        table.all.with(|all| all.iter().filter(fits).map(item).collect_view())
    };
    let usual = move |_| table.show(|view| TableView { columns: None, ..view });
    view! {
        <Menu class="button" button=move || view! { <IconView icon=Icon::Columns/><span class="button__text">{t.columns}</span> }>
            // A click inside selects; only a click outside closes the menu.
            <div class="columns" on:click=mouse(move |event| event.stop_propagation())>
                <div class="columns__switches">
                    <Flag read=|view| &mut view.same label=t.same/>
                    <Flag read=|view| &mut view.scale label=t.scale/>
                </div>
                <input class="input" type="search" placeholder=t.find_column aria-label=t.find_column
                    on:input=plain(move |event| words.set(event_target_value(&event)))/>
                <div class="columns__list">{items}</div>
                <button type="button" class="button button--quiet" on:click=mouse(usual)>{t.usual_columns}</button>
            </div>
        </Menu>
    }
}
