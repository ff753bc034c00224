//! The machine: CPU, memory, GPUs, refreshed while the page is visible.

use std::time::Duration;

use common::system::{Gpu, SystemMetrics};
use leptos::prelude::*;

use super::api::load_system_metrics;
use crate::components::dynamic::{flag, part, text};
use crate::components::{Live, Meter};
use crate::i18n::use_messages;
use crate::remote::remote;

/// The metrics of the machine.
#[component]
pub(super) fn Machine(
    /// Seconds between refreshes.
    refresh_s: Memo<f64>,
) -> impl IntoView {
    let t = use_messages();
    let tick = RwSignal::new(0_u64);
    let metrics = remote(move || tick.get(), |_| load_system_metrics());
    Effect::new(move |_| {
        let pause =
            Duration::try_from_secs_f64(refresh_s.get().max(1.0)).unwrap_or(Duration::from_secs(3));
        let refresh = move || {
            if !document().hidden() {
                let _ = tick.try_update(|tick| *tick += 1);
            }
        };
        if let Ok(handle) = set_interval_with_handle(refresh, pause) {
            on_cleanup(move || handle.clear());
        }
    });
    let content = |metrics| view! { <MetricsView metrics/> }.into_any();
    view! {
        <section class="section machine">
            <h2 class="section__title">{t.home().machine}</h2>
            <div class="panel">
                <Live of=metrics view=content/>
            </div>
        </section>
    }
}

#[component]
fn MetricsView(metrics: Signal<SystemMetrics>) -> impl IntoView {
    let t = use_messages();
    let percent = move |of: fn(&SystemMetrics) -> f64| Signal::derive(move || metrics.with(of));
    // The number of GPUs rarely changes.
    let count = Memo::new(move |_| metrics.with(|it| it.gpus.len()));
    let gpus = move || {
        let gpu = |position| {
            let gpu = Memo::new(move |_| {
                metrics.with(|it| it.gpus.get(position).cloned()).unwrap_or_default()
            });
            view! { <GpuMetrics gpu/> }
        };
        (0..count.get()).map(gpu).collect_view()
    };
    view! {
        <div class="machine__figures">
            <Meter percent=percent(|it| it.cpu_percent) label=t.home().cpu/>
            <Meter percent=percent(|it| it.mem_percent) label=t.home().memory/>
            {part(gpus)}
            <p class="machine__none" hidden=flag(move || count.get() > 0)>{t.home().no_gpu}</p>
        </div>
    }
}

#[component]
fn GpuMetrics(gpu: Memo<Gpu>) -> impl IntoView {
    let t = use_messages();
    let memory = Signal::derive(move || {
        gpu.with(|gpu| if gpu.mem_total > 0.0 { 100.0 * gpu.mem_used / gpu.mem_total } else { 0.0 })
    });
    let load = Signal::derive(move || gpu.with(|gpu| gpu.util));
    let label = format!("GPU {}", gpu.with_untracked(|gpu| gpu.index));
    view! {
        <div class="machine__gpu">
            <p class="machine__gpu-name" title=text(move || gpu.get().uuid)>{text(move || gpu.get().name)}</p>
            <Meter percent=load label/>
            <Meter percent=memory label=t.home().gpu_memory/>
        </div>
    }
}
