//! The machine: processor, memory, GPUs, refreshed while the page is looked at.

use std::time::Duration;

use common::system::{Gpu, SystemMetrics};
use leptos::prelude::*;

use super::api::load_system_metrics;
use crate::components::{ErrorNote, Meter, Skeleton};
use crate::i18n::use_messages;
use crate::wire::remote;

/// The machine's figures.
#[component]
pub(super) fn Machine(
    /// Seconds between refreshes.
    refresh_s: f64,
) -> impl IntoView {
    let t = use_messages();
    let tick = RwSignal::new(0_u64);
    let figures = remote(move || tick.get(), |_| load_system_metrics());
    Effect::new(move |_| {
        let pause =
            Duration::try_from_secs_f64(refresh_s.max(1.0)).unwrap_or(Duration::from_secs(3));
        let beat = move || {
            if !document().hidden() {
                let _ = tick.try_update(|tick| *tick += 1);
            }
        };
        if let Ok(handle) = set_interval_with_handle(beat, pause) {
            on_cleanup(move || handle.clear());
        }
    });
    let shown = move || {
        Suspend::new(async move {
            match figures.await {
                Ok(figures) => view! { <Figures figures/> }.into_any(),
                Err(error) => view! { <ErrorNote error/> }.into_any(),
            }
        })
    };
    view! {
        <section class="section machine">
            <h2 class="section__title">{t.home().machine}</h2>
            <div class="panel">
                <Transition fallback=|| view! { <Skeleton/> }>{shown}</Transition>
            </div>
        </section>
    }
}

#[component]
fn Figures(figures: SystemMetrics) -> impl IntoView {
    let t = use_messages();
    let no_gpu = figures.gpus.is_empty();
    view! {
        <div class="machine__figures">
            <Meter percent=figures.cpu_percent label=t.home().cpu/>
            <Meter percent=figures.mem_percent label=t.home().memory/>
            {figures.gpus.into_iter().map(|gpu| view! { <GpuFigures gpu/> }).collect_view()}
            <p class="machine__none" hidden=!no_gpu>{t.home().no_gpu}</p>
        </div>
    }
}

#[component]
fn GpuFigures(gpu: Gpu) -> impl IntoView {
    let t = use_messages();
    let memory = if gpu.mem_total > 0.0 { 100.0 * gpu.mem_used / gpu.mem_total } else { 0.0 };
    view! {
        <div class="machine__gpu">
            <p class="machine__gpu-name" title=gpu.uuid>{gpu.name}</p>
            <Meter percent=gpu.util label=format!("GPU {}", gpu.index)/>
            <Meter percent=memory label=t.home().gpu_memory/>
        </div>
    }
}
