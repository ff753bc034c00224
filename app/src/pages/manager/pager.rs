//! Pagination.

use leptos::prelude::*;

use super::state::{ListResponse, use_manager};
use super::view::{View, page_count};
use crate::components::handler::mouse;
use crate::components::{Icon, IconView};
use crate::i18n::use_messages;

/// The displayed range and the buttons to other pages.
#[component]
pub(super) fn Pager(
    /// The displayed page.
    page: Signal<ListResponse>,
) -> impl IntoView {
    let t = use_messages().manager();
    let manager = use_manager();
    // Items of this page, all matches, page size.
    let sizes = Memo::new(move |_| {
        page.with(|(_, page)| {
            (page.items.len() as u64, page.total, u32::try_from(page.limit).unwrap_or(1))
        })
    });
    let page = move || manager.view.with(|view| view.page);
    let pages = move || sizes.with(|(_, total, size)| page_count(*total, *size));
    let range = move || {
        let (count, total, size) = sizes.get();
        let before = (page() - 1) * u64::from(size);
        (t.range_of)(before + u64::from(count > 0), before + count, total)
    };
    let go = move |to: u64| manager.show(|view| View { page: to.max(1), ..view });
    let buttons = move || {
        view! {
            <button type="button" class="button button--quiet button--icon pager__back"
                title=t.previous aria-label=t.previous
                disabled=move || page() <= 1
                on:click=mouse(move |_| go(page() - 1))
            >
                <IconView icon=Icon::ChevronRight/>
            </button>
            <span>{move || (t.page_of)(page(), pages())}</span>
            <button type="button" class="button button--quiet button--icon"
                title=t.next aria-label=t.next
                disabled=move || { page() >= pages() }
                on:click=mouse(move |_| go(page() + 1))
            >
                <IconView icon=Icon::ChevronRight/>
            </button>
        }
    };
    let several = Memo::new(move |_| pages() > 1 || page() > 1);
    view! {
        <footer class="pager">
            <span class="pager__range" aria-live="polite">{range}</span>
            <span class="pager__pages">{move || several.get().then(buttons)}</span>
            <span class="pager__keys">{t.keys}</span>
        </footer>
    }
}
