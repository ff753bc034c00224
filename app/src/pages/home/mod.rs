//! Home: the overview of the workspace, or how to begin.

mod api;
mod machine;
mod recent;
mod running;
mod summary;
mod welcome;

use common::workspace::WorkspaceKind;
use leptos::prelude::*;

use self::machine::Machine;
use self::recent::Recent;
use self::running::Running;
use self::summary::SummaryStrip;
use self::welcome::Welcome;
use crate::components::dynamic::{flag, part, text};
use crate::components::{Button, ButtonKind, CopyButton, Icon, LinkButton, Live};
use crate::i18n::use_messages;
use crate::layout::PageHeader;
use crate::state::overview::{Overview, use_overview};
use crate::state::workspace::ws_href;

/// The page at `/`.
#[component]
pub fn HomePage() -> impl IntoView {
    let content = |overview: Signal<Overview>| {
        let is_open = Memo::new(move |_| overview.with(|it| it.is_open));
        let view = move || match is_open.get() {
            true => view! { <AtAGlance overview/> }.into_any(),
            false => view! { <Welcome/> }.into_any(),
        };
        part(view)
    };
    view! {
        <div class="page home">
            <Live of=use_overview() lines=8 view=content/>
        </div>
    }
}

/// Each part depends on its own memo, so that it is not redrawn when other parts change.
#[component]
fn AtAGlance(overview: Signal<Overview>) -> impl IntoView {
    let warnings = Memo::new(move |_| overview.with(|it| it.warnings.clone()));
    let summary = Memo::new(move |_| overview.with(|it| it.summary));
    let max_workers = Memo::new(move |_| overview.with(|it| it.queue.max_workers));
    let refresh_s = Memo::new(move |_| overview.with(|it| it.refresh_s));
    view! {
        <HomeHeader overview/>
        {part(move || view! { <Warnings texts=warnings.get()/> })}
        <SummaryStrip summary/>
        <div class="home__columns">
            <div class="home__main">
                <Running max_workers/>
                <Recent overview/>
            </div>
            <Machine refresh_s/>
        </div>
    }
}

#[component]
fn HomeHeader(overview: Signal<Overview>) -> impl IntoView {
    let t = use_messages();
    let names = Memo::new(move |_| {
        overview.with(|it| match it.kind {
            WorkspaceKind::Script => (it.script_file.clone(), it.script_path.clone()),
            WorkspaceKind::Shell => (t.nav().shell_workspace.to_owned(), it.working_root.clone()),
        })
    });
    let title = Signal::derive(move || names.with(|(title, _)| title.clone()));
    let path = Memo::new(move |_| names.with(|(_, path)| path.clone()));
    view! {
        <div>
            <PageHeader title>
                <LinkButton href=ws_href("/monitor") icon=Icon::Monitor>{t.home().watch_logs}</LinkButton>
                <LinkButton href=ws_href("/generator") kind=ButtonKind::Primary icon=Icon::Plus>
                    {t.home().new_batch}
                </LinkButton>
            </PageHeader>
            <p class="home__path">
                <code>{text(move || path.get())}</code>
                {part(move || view! { <CopyButton text=path.get()/> })}
            </p>
        </div>
    }
}

/// Warnings about the script, such as an argument with an unexpected effect.
#[component]
fn Warnings(texts: Vec<String>) -> impl IntoView {
    let t = use_messages();
    let hidden = RwSignal::new(false);
    let list = texts.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    let any = !texts.is_empty();
    view! {
        <div class="note note--warn home__warnings" hidden=flag(move || hidden.get() || !any)>
            <ul>{list}</ul>
            <Button kind=ButtonKind::Quiet on_click=move |_| hidden.set(true)>{t.common().dismiss}</Button>
        </div>
    }
}
