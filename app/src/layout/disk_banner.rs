//! The banner for a full or nearly full disk, with the disk usage on request.

use common::number;
use common::system::{Disk, DiskPart, DiskState, DiskUsage};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::AppError;
use crate::components::dynamic::{part, text};
use crate::components::{Button, Icon, IconView, use_toasts};
use crate::i18n::use_messages;
use crate::state::overview::use_overview;
use crate::state::workspace::use_ws;
use crate::wire::Body;

/// The disk usage of the project.
#[server(endpoint = "disk_usage", output = Body)]
pub async fn load_disk_usage(ws: Option<String>) -> Result<DiskUsage, AppError> {
    use crate::context::{with_engine, workspace_selector};
    with_engine(move |engine| engine.disk_usage(&workspace_selector(ws)?)).await
}

/// The banner; empty while enough space is free.
#[component]
pub fn DiskBanner() -> impl IntoView {
    let t = use_messages().nav();
    let (overview, ws, toasts) = (use_overview(), use_ws(), use_toasts());
    let disk = RwSignal::new(None::<Disk>);
    let usage = RwSignal::new(None::<DiskUsage>);
    let busy = RwSignal::new(false);
    // In the browser only: the page does not wait for it, and is not rendered again when it changes. A page whose
    // module is still loading is hydrated as it was rendered, without the banner.
    overview.on_response(move |overview| {
        #[cfg(feature = "hydrate")]
        if !crate::state::hydration::track_hydrated() {
            return;
        }
        let Ok(overview) = overview else { return };
        let reported = overview.disk.clone().filter(|disk| disk.state != DiskState::Ok);
        if disk.with_untracked(|known| *known != reported) {
            disk.set(reported);
        }
    });
    let is_short = Memo::new(move |_| disk.with(Option::is_some));
    let words = move || {
        disk.with(|disk| match disk {
            Some(disk) if disk.state == DiskState::Full => t.disk_full.to_owned(),
            Some(disk) => (t.disk_low)(&size(disk.free_bytes)),
            None => String::new(),
        })
    };
    let ask = move |_| {
        busy.set(true);
        spawn_local(async move {
            match load_disk_usage(ws.get_untracked()).await {
                Ok(reported) => usage.set(Some(reported)),
                Err(error) => toasts.error(&error),
            }
            busy.set(false);
        });
    };
    let banner = move || {
        view! {
            <section class="disk" role="status" aria-label=t.disk>
                <IconView icon=Icon::Alert/>
                <p class="disk__text">{text(words)}</p>
                <Button busy on_click=ask>{t.disk_what}</Button>
                {part(move || usage.get().map(|usage| view! { <Usage usage/> }))}
            </section>
        }
    };
    part(move || is_short.get().then_some(banner))
}

#[component]
fn Usage(usage: DiskUsage) -> impl IntoView {
    let t = use_messages().nav();
    let list = |parts: Vec<DiskPart>, name: fn(&str) -> Option<&'static str>| {
        let row = move |part: DiskPart| {
            let label = name(&part.name).map_or(part.name, str::to_owned);
            view! { <li><span class="num">{size(part.bytes)}</span>" "{label}</li> }
        };
        view! { <ul class="disk__parts">{parts.into_iter().map(row).collect_view()}</ul> }
    };
    view! {
        <div class="disk__usage">
            {list(usage.kinds, t.disk_kind)}
            {list(usage.tasks, |_| None)}
        </div>
        {(!usage.is_complete).then_some(t.disk_more)}
    }
}

#[expect(clippy::cast_precision_loss, reason = "three digits are displayed")]
fn size(bytes: u64) -> String {
    number::bytes(bytes as f64)
}
