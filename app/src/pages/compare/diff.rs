//! The diff tab: parameters, environment, code and interpreter of two runs.

use common::metric::RunRef;
use common::provenance::Provenance;
use common::runs::{Column, RunsPage, cell_text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::run_provenance;
use super::diff_lines::DiffLines;
use super::pair_diff::{PairDiff, pairs};
use super::state::{name_of, use_compared};
use crate::AppError;
use crate::components::{Choice, Select, Switch};
use crate::i18n::{CompareText, use_messages};

/// Selects two runs and displays what differs between them.
#[component]
pub(super) fn Diff() -> impl IntoView {
    let t = use_messages().compare();
    let compared = use_compared();
    let choices = compared.page.with_value(|page| {
        let choice = |(at, row)| Choice::new(usize::to_string(&at), name_of(row));
        page.rows.iter().enumerate().map(choice).collect::<Vec<_>>()
    });
    let second = usize::from(choices.len() > 1);
    let choices = Signal::stored(choices);
    let (left, right) = (RwSignal::new("0".to_owned()), RwSignal::new(second.to_string()));
    let same = RwSignal::new(false);
    let (of_left, of_right) = (provenance_of(left), provenance_of(right));
    let parameters = move || {
        let side = |at: RwSignal<String>| {
            let at = at.get().parse().unwrap_or(0);
            compared.page.with_value(|page| parameters(page, at))
        };
        pairs(&side(left), &side(right))
    };
    let of = move |read: fn(&Provenance, &CompareText) -> Vec<(String, String)>| {
        move || {
            let side = |found: RwSignal<ProvenanceState>| match found.get() {
                Some(Ok(provenance)) => read(&provenance, t),
                _ => Vec::new(),
            };
            pairs(&side(of_left), &side(of_right))
        }
    };
    let gap = move || {
        let missing = |found: RwSignal<ProvenanceState>| matches!(found.get(), Some(Err(_)));
        (missing(of_left) || missing(of_right))
            .then(|| view! { <p class="section__hint">{t.no_provenance}</p> })
    };
    view! {
        <div class="compare__choices">
            <Select label=t.left choices value=left on_change=move |at| left.set(at)/>
            <span aria-hidden="true">"→"</span>
            <Select label=t.right choices value=right on_change=move |at| right.set(at)/>
            <Switch on=same on_change=move |on| same.set(on) label=t.also_same.to_owned()/>
        </div>
        <DiffTable title=t.parameters rows=Signal::derive(parameters) same/>
        {gap}
        <DiffTable title=t.code rows=Signal::derive(of(code)) same/>
        <DiffTable title=t.environment rows=Signal::derive(of(environment)) same/>
        <DiffTable title=t.packages rows=Signal::derive(of(interpreter)) same/>
        <DiffLines left=Signal::derive(run_at(left)) right=Signal::derive(run_at(right))/>
    }
}

/// The run at the selected row index.
fn run_at(at: RwSignal<String>) -> impl Fn() -> Option<RunRef> + Send + Sync + 'static {
    let compared = use_compared();
    move || {
        let at: usize = at.get().parse().unwrap_or(0);
        compared
            .page
            .with_value(|page| page.rows.get(at).map(|row| RunRef::new(row.task.clone(), row.run)))
    }
}

type ProvenanceState = Option<Result<Provenance, AppError>>;

/// The provenance of the selected run, fetched in the browser.
fn provenance_of(at: RwSignal<String>) -> RwSignal<ProvenanceState> {
    let compared = use_compared();
    let found = RwSignal::new(None);
    Effect::new(move |_| {
        let at: usize = at.get().parse().unwrap_or(0);
        let run = compared
            .page
            .with_value(|page| page.rows.get(at).map(|row| (row.task.clone(), row.run)));
        let Some((task, run)) = run else { return };
        let ws = compared.ws.get_untracked();
        found.set(None);
        spawn_local(async move {
            let response = run_provenance(ws, task, (run > 0).then_some(run)).await;
            let _ = found.try_set(Some(response));
        });
    });
    found
}

/// A table of names and values that differ; with `same`, of all.
#[component]
fn DiffTable(
    title: &'static str,
    rows: Signal<Vec<PairDiff>>,
    same: RwSignal<bool>,
) -> impl IntoView {
    let t = use_messages().compare();
    let row = |pair: PairDiff| {
        let is_same = pair.is_same();
        let side = |value: Option<String>, class: &'static str| match value {
            Some(value) => view! { <td class=class><code>{value}</code></td> }.into_any(),
            None => view! { <td class="diff__none">"–"</td> }.into_any(),
        };
        let (left, right) = if is_same { ("", "") } else { ("diff__left", "diff__right") };
        view! { <tr><th scope="row">{pair.name.clone()}</th>{side(pair.left, left)}{side(pair.right, right)}</tr> }
    };
    let content = move || {
        let all = rows.get();
        let found: Vec<PairDiff> =
            all.into_iter().filter(|pair| same.get() || !pair.is_same()).collect();
        if found.is_empty() {
            return view! { <p class="section__hint">{t.no_difference}</p> }.into_any();
        }
        view! {
            <div class="table-wrap"><table class="diff"><tbody>{found.into_iter().map(row).collect_view()}</tbody></table></div>
        }
        .into_any()
    };
    view! {
        <section class="section">
            <header class="section__head"><h2 class="section__title">{title}</h2></header>
            {content}
        </section>
    }
}

/// The parameters of a row, by dotted path.
fn parameters(page: &RunsPage, at: usize) -> Vec<(String, String)> {
    let Some(row) = page.rows.get(at) else { return Vec::new() };
    let of = |(info, cell): (&common::runs::ColumnInfo, &common::runs::Cell)| {
        let Some(Column::Param(path)) = Column::parse(&info.name) else { return None };
        (!cell.is_missing()).then(|| (path, cell_text(cell, info.kind)))
    };
    page.columns.iter().zip(&row.cells).filter_map(of).collect()
}

fn code(provenance: &Provenance, t: &CompareText) -> Vec<(String, String)> {
    let mut found = vec![(t.command.to_owned(), provenance.command.join(" "))];
    found.push((t.workdir.to_owned(), provenance.workdir.clone()));
    let stored = |file: &common::provenance::StoredFile| short(&file.sha256);
    if let Some(script) = &provenance.script {
        found.push((format!("{} {}", t.script, script.path), stored(script)));
    }
    if let Some(git) = &provenance.git {
        found.push((t.git_commit.to_owned(), short(&git.commit)));
        found.push((t.git_branch.to_owned(), git.branch.clone()));
        found.push((t.git_dirty.to_owned(), (if git.dirty { t.yes } else { t.no }).to_owned()));
        if let Some(diff) = &git.diff {
            found.push((
                t.git_diff.to_owned(),
                format!("{} ({})", short(&diff.sha256), (t.bytes)(diff.bytes)),
            ));
        }
        found.extend(
            git.untracked
                .iter()
                .map(|file| (format!("{} {}", t.untracked, file.path), stored(file))),
        );
    }
    found
}

fn environment(provenance: &Provenance, t: &CompareText) -> Vec<(String, String)> {
    let own = [
        (t.host.to_owned(), provenance.hostname.clone()),
        (t.user.to_owned(), provenance.user.clone()),
        ("Pyruns".to_owned(), provenance.pyruns_version.clone()),
        ("GPU".to_owned(), provenance.gpus.join(", ")),
    ];
    // Variables that Pyruns itself sets differ between any two runs.
    let internal = ["PYRUNS_TASK_DIR", "PYRUNS_RUN_INDEX", "__PYRUNS_CONFIG__", "__PYRUNS_ROOT__"];
    let env = provenance.env.iter().filter(|(name, _)| !internal.contains(&name.as_str()));
    let env = env.map(|(name, value)| (name.clone(), value.clone()));
    own.into_iter().filter(|(_, value)| !value.is_empty()).chain(env).collect()
}

fn interpreter(provenance: &Provenance, t: &CompareText) -> Vec<(String, String)> {
    let Some(python) = &provenance.python else { return Vec::new() };
    vec![
        ("Python".to_owned(), python.version.clone()),
        (t.executable.to_owned(), python.executable.clone()),
        (t.package_list.to_owned(), short(&python.packages.sha256)),
    ]
}

fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}
