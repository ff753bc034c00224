//! Images of the runs, by key and step.

use common::metric::{Image, RunOutputs};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::list_outputs;
use super::state::{name_of, use_compared};
use crate::components::handler::plain;
use crate::components::{Choice, EmptyState, Icon, Select, Skeleton};
use crate::i18n::use_messages;
use crate::number_text;
use crate::url_query::{UrlQuery, encode};

/// Images are fetched for at most this many runs.
const MAX_RUNS: usize = 24;

/// The images of one key at one step, one per run.
#[component]
pub(super) fn Images() -> impl IntoView {
    let t = use_messages().compare();
    let compared = use_compared();
    let outputs = RwSignal::new(Vec::<(String, RunOutputs)>::new());
    let waiting = RwSignal::new(true);
    Effect::new(move |_| {
        let runs = compared.page.with_value(|page| {
            page.rows
                .iter()
                .take(MAX_RUNS)
                .map(|row| (row.task.clone(), row.run, name_of(row)))
                .collect::<Vec<_>>()
        });
        let ws = compared.ws.get_untracked();
        spawn_local(async move {
            for (task, run, name) in runs {
                if let Ok(found) = list_outputs(ws.clone(), task, run).await {
                    let _ = outputs.try_update(|all| all.push((name, found)));
                }
            }
            let _ = waiting.try_set(false);
        });
    });
    let keys = Memo::new(move |_| {
        let mut keys: Vec<String> = outputs.with(|all| {
            all.iter().flat_map(|(_, it)| it.images.iter().map(|key| key.key.clone())).collect()
        });
        keys.sort();
        keys.dedup();
        keys
    });
    let chosen = RwSignal::new(None::<String>);
    let key = Memo::new(move |_| {
        chosen.get().or_else(|| keys.with(|keys| keys.first().cloned())).unwrap_or_default()
    });
    let steps = Memo::new(move |_| {
        let key = key.get();
        outputs.with(|all| steps(all, &key))
    });
    let at = RwSignal::new(None::<usize>);
    let step = Memo::new(move |_| {
        steps.with(|steps| {
            let last = steps.len().checked_sub(1)?;
            steps.get(at.get().unwrap_or(last).min(last)).copied()
        })
    });
    let choices = Signal::derive(move || {
        keys.get().into_iter().map(|key| Choice::new(key.clone(), key)).collect::<Vec<_>>()
    });
    let image_figures = move || {
        let (key, step) = (key.get(), step.get());
        let ws = compared.ws.get();
        let figure = |(name, found): &(String, RunOutputs)| {
            let image = nearest(found, &key, step?)?;
            let search = UrlQuery::default().with("workspace", ws.as_deref()).to_search();
            let path: Vec<String> = image.path.split('/').map(encode).collect();
            let src =
                format!("/api/tasks/{}/files/{}{search}", encode(&found.task), path.join("/"));
            let label = format!("{key}, {name}");
            Some(view! {
                <figure class="images__one">
                    <img src=src alt=label loading="lazy"/>
                    <figcaption>{name.clone()}<span class="muted">{number_text::short(image.step)}</span></figcaption>
                </figure>
            })
        };
        outputs.with(|all| all.iter().filter_map(figure).collect_view())
    };
    let slide = move |event: leptos::ev::Event| at.set(event_target_value(&event).parse().ok());
    let last = move || steps.with(|steps| steps.len().saturating_sub(1)).to_string();
    let bar = move || {
        view! {
            <div class="compare__choices">
                <Select label=t.image_key choices value=key on_change=move |key| chosen.set(Some(key))/>
                <label class="slider">
                    <span>{t.step}</span>
                    <input type="range" min="0" max=last prop:value=move || at.get().map_or_else(last, |at| at.to_string())
                        on:input=plain(slide)/>
                    <output class="slider__value">{move || step.get().map(number_text::short)}</output>
                </label>
            </div>
        }
    };
    let none = Memo::new(move |_| keys.with(Vec::is_empty));
    view! {
        {move || match (none.get(), waiting.get()) {
            (true, true) => view! { <Skeleton lines=4/> }.into_any(),
            (true, false) => view! { <EmptyState icon=Icon::File title=t.no_images_title text=t.no_images_text/> }.into_any(),
            (false, _) => bar().into_any(),
        }}
        <div class="images">{image_figures}</div>
    }
}

/// All steps at which any run has an image of this key, sorted.
fn steps(all: &[(String, RunOutputs)], key: &str) -> Vec<f64> {
    let images = all.iter().flat_map(|(_, it)| it.images.iter().filter(|it| it.key == key));
    let mut steps: Vec<f64> =
        images.flat_map(|it| it.images.iter().map(|image| image.step)).collect();
    steps.sort_by(f64::total_cmp);
    steps.dedup();
    steps
}

/// The newest image of a run at or before a step, or its first image.
fn nearest<'a>(outputs: &'a RunOutputs, key: &str, step: f64) -> Option<&'a Image> {
    let images = &outputs.images.iter().find(|it| it.key == key)?.images;
    images.iter().rev().find(|image| image.step <= step).or(images.first())
}

#[cfg(test)]
mod tests {
    use common::metric::ImageKey;

    use super::*;

    #[test]
    fn a_run_without_the_step_shows_the_one_before() {
        let image = |step: f64| Image { step, ..Image::default() };
        let run = RunOutputs {
            images: vec![ImageKey { key: "x".to_owned(), images: vec![image(1.0), image(5.0)] }],
            ..RunOutputs::default()
        };
        assert_eq!(nearest(&run, "x", 4.0).map(|it| it.step), Some(1.0));
        assert_eq!(nearest(&run, "x", 0.0).map(|it| it.step), Some(1.0));
        assert_eq!(nearest(&run, "y", 0.0), None);
        assert_eq!(steps(&[("a".to_owned(), run)], "x"), [1.0, 5.0]);
    }
}
