//! The launcher: opens scripts and workspaces.
//!
//! Each choice has an address: `?script=` selects a script and `?config=` the file with its
//! defaults, `?path=` is the text of the path field, `#shell` links to the shell workspace,
//! and `/?ws=` opens a workspace.

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

/// The workspace for commands that are not Python scripts.
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
