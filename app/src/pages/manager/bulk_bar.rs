//! The actions for the selected tasks.

use common::metric::RunRef;
use leptos::prelude::*;

use super::selection::Selection;
use super::state::use_manager;
use crate::components::{Button, ButtonKind, Icon, LinkButton};
use crate::i18n::use_messages;
use crate::pages::compare::compare_href;

/// The toolbar at the bottom of the page, displayed while tasks are selected.
#[component]
pub(super) fn BulkBar() -> impl IntoView {
    let t = use_messages().manager();
    let manager = use_manager();
    let count = Memo::new(move |_| manager.selection.with(Selection::len));
    let targets = move || manager.targets();
    let compare = Signal::derive(move || {
        let names = manager.selection.with(|all| all.in_order(&[]));
        let runs: Vec<RunRef> = names.into_iter().map(|name| RunRef::new(name, 0)).collect();
        compare_href(&runs, manager.ws.get().as_deref())
    });
    view! {
        <Show when=move || { count.get() > 0 }>
            <div class="bulk-bar" role="toolbar" aria-label=t.column_actions>
                <span class="bulk-bar__count" aria-live="polite">{move || (t.chosen)(count.get())}</span>
                <Button kind=ButtonKind::Primary icon=Icon::Play on_click=move |_| manager.run(targets())>
                    {t.run}
                </Button>
                <LinkButton href=compare icon=Icon::Compare>{t.compare}</LinkButton>
                <Button icon=Icon::Stop on_click=move |_| manager.cancel(targets())>{t.cancel}</Button>
                <Button kind=ButtonKind::Danger icon=Icon::Trash on_click=move |_| manager.ask_delete(targets())>
                    {t.delete}
                </Button>
                <Button kind=ButtonKind::Quiet on_click=move |_| manager.selection.update(Selection::clear)>
                    {t.clear}
                </Button>
            </div>
        </Show>
    }
}
