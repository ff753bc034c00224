//! The menu of a cell: filter by its value, exclude the value, or copy it.

use common::query::Query;
use common::runs::Cell;
use leptos::prelude::*;

use super::state::use_table;
use crate::components::handler::mouse;
use crate::components::{Icon, IconView};
use crate::i18n::use_messages;

/// A clicked cell and the position of the menu.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ClickedCell {
    pub(super) column: String,
    pub(super) cell: Cell,
    pub(super) x: i32,
    pub(super) y: i32,
}

/// The menu, displayed while a cell is clicked.
#[component]
pub(super) fn CellMenu(clicked: RwSignal<Option<ClickedCell>>) -> impl IntoView {
    let close = move || clicked.set(None);
    Effect::new(move |_| {
        let keys = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() == "Escape" && clicked.get_untracked().is_some() {
                close();
            }
        });
        let clicks = window_event_listener(leptos::ev::click, move |_| {
            if clicked.get_untracked().is_some() {
                close();
            }
        });
        on_cleanup(move || {
            keys.remove();
            clicks.remove();
        });
    });
    move || clicked.get().map(|clicked| view! { <Items clicked/> })
}

#[component]
fn Items(clicked: ClickedCell) -> impl IntoView {
    let t = use_messages().runs();
    let table = use_table();
    let ClickedCell { column, cell, x, y } = clicked;
    let label = t.label(&column);
    let text = cell.to_string();
    let value = if text.is_empty() { t.nothing.to_owned() } else { text.clone() };
    let filter = move |not: bool| {
        let (column, cell) = (column.clone(), cell.clone());
        move |_| {
            table.show(|mut view| {
                view.filter = if not {
                    let one = Query::with_condition("", &column, &cell);
                    let not = format!("not ({one})");
                    if view.filter.trim().is_empty() {
                        not
                    } else {
                        format!("({}) and {not}", view.filter)
                    }
                } else {
                    Query::with_condition(&view.filter, &column, &cell)
                };
                view
            });
        }
    };
    let copy = move |_| {
        let _ = window().navigator().clipboard().write_text(&text);
    };
    view! {
        <div class="menu__list cell-menu" style:left=format!("{x}px") style:top=format!("{y}px")>
            <button type="button" class="menu__item" on:click=mouse(filter(false))>
                <IconView icon=Icon::Filter/>{(t.only_value)(&label, &value)}
            </button>
            <button type="button" class="menu__item" on:click=mouse(filter(true))>
                <IconView icon=Icon::Slash/>{(t.not_value)(&label, &value)}
            </button>
            <button type="button" class="menu__item" on:click=mouse(copy)>
                <IconView icon=Icon::Copy/>{t.copy_value}
            </button>
        </div>
    }
}
