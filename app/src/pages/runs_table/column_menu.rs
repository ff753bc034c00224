//! The menu of a column.

use common::runs::{Column, ColumnInfo};
use leptos::prelude::*;

use super::column_set::is_pinned;
use super::state::use_table;
use super::view::{TableView, moved};
use crate::components::handler::mouse;
use crate::components::{Icon, IconView, Menu};
use crate::i18n::use_messages;

/// Sort, group, pin, move, hide: the actions of a column header, also accessible by keyboard.
#[component]
pub(super) fn ColumnMenu(
    /// The column.
    info: StoredValue<ColumnInfo>,
) -> impl IntoView {
    let t = use_messages().runs();
    let table = use_table();
    let name = move || info.with_value(|info| info.name.clone());
    let item = move |icon: Icon,
                     text: &'static str,
                     act: fn(TableView, &str, &[String]) -> TableView| {
        let click = move |_| {
            let columns = table.columns.get_untracked();
            table.show(|view| act(view, &name(), &columns));
        };
        view! {
            <button type="button" class="menu__item" on:click=mouse(click)><IconView icon/>{text}</button>
        }
    };
    let grouped = move || table.view.with(|view| view.group.contains(&name()));
    let pinned = move || table.view.with(|view| is_pinned(&name(), view));
    let may_group = info.with_value(|info| {
        !matches!(Column::parse(&info.name), Some(Column::Metric { .. } | Column::Record(_)))
    });
    let is_name = info.with_value(|info| info.name == "name");
    let items = move || {
        view! {
            {item(Icon::ChevronDown, t.also_sort, |view, name, _| view.sorted_by(name, true))}
            {may_group.then(|| {
                let text = if grouped() { t.ungroup } else { t.group };
                item(Icon::List, text, |view, name, _| view.toggle_group(name))
            })}
            {(!is_name).then(|| {
                let text = if pinned() { t.unpin } else { t.pin };
                view! {
                    {item(Icon::Pin, text, |view, name, _| view.toggle_pin(name))}
                    {item(Icon::ArrowRight, t.move_left, |view, name, columns| shifted(view, name, columns, -1))}
                    {item(Icon::ArrowRight, t.move_right, |view, name, columns| shifted(view, name, columns, 1))}
                    {item(Icon::Cross, t.hide, |view, name, columns| TableView {
                        columns: Some(columns.iter().filter(|it| *it != name).cloned().collect()),
                        ..view
                    })}
                }
            })}
        }
    };
    let label = (t.column_menu)(&t.full_label(&name()));
    // Items are created only while the menu is open: a table may have a hundred columns.
    let opened = RwSignal::new(false);
    view! {
        <Menu label=label class="runs__more" opened button=|| view! { <IconView icon=Icon::ChevronDown/> }>
            {move || opened.get().then(items)}
        </Menu>
    }
}

/// The view with a column moved by one position.
fn shifted(view: TableView, name: &str, columns: &[String], step: isize) -> TableView {
    let Some(at) = columns.iter().position(|column| column == name) else { return view };
    let before = if step < 0 { at.checked_sub(1) } else { Some(at + 2) };
    let before = before.map(|position| columns.get(position).map(String::as_str));
    match before {
        Some(before) => TableView { columns: Some(moved(columns, name, before)), ..view },
        None => view,
    }
}
