//! The launcher: what can be opened, and opening it.
//!
//! Each choice has an address of its own: `?script=` chooses a script and `?config=` the file it takes its
//! defaults from, `?path=` is what stands in the field for a path, `#shell` leads to the shell workspace,
//! and a workspace is opened by `/?ws=`.

mod api;
mod by_path;
mod chosen;
mod open;
mod recent;
mod scripts;

use leptos::prelude::*;

use self::by_path::ByPath;
use self::chosen::Chosen;
use self::open::{Target, provide_opener, use_opener};
use self::recent::Recent;
use self::scripts::Scripts;
use crate::components::{Button, Icon, IconView};
use crate::i18n::use_messages;
use crate::layout::PageHeader;

/// The page at `/launcher`.
#[component]
pub fn LauncherPage() -> impl IntoView {
    let t = use_messages();
    provide_opener();
    view! {
        <div class="page launcher">
            <div>
                <PageHeader title=t.launcher().title/>
                <p class="muted">{t.launcher().intro}</p>
            </div>
            <div class="launcher__columns">
                <div class="launcher__column">
                    <Recent/>
                    <Scripts/>
                </div>
                <div class="launcher__column">
                    <Chosen/>
                    <ByPath/>
                    <Shell/>
                </div>
            </div>
        </div>
    }
}

/// The workspace for commands that are no Python script.
#[component]
fn Shell() -> impl IntoView {
    let t = use_messages();
    let opener = use_opener();
    view! {
        <section class="section" id="shell">
            <h2 class="section__title">{t.launcher().shell_title}</h2>
            <div class="panel launcher__shell">
                <IconView icon=Icon::Terminal/>
                <p class="muted">{t.launcher().shell_text}</p>
                <Button busy=opener.pending() on_click=move |_| opener.open(Target::Shell)>
                    {t.launcher().shell_open}
                </Button>
            </div>
        </section>
    }
}
