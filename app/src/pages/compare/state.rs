//! The shared state of the Compare page.

use std::sync::Arc;

use common::metric::RunRef;
use common::runs::{RunRow, RunsPage};
use leptos::prelude::*;

use super::run_selection::RunSelection;
use crate::components::chart::{Shared, curve_colour};
use crate::pages::curves::{LabelledRun, run_id};
use crate::pages::runs_table::{Dimension, dimensions, main_result};
use crate::state::workspace::use_ws;

/// Handle to the compared runs; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct ComparedRuns {
    pub(super) ws: Memo<Option<String>>,
    pub(super) selection: Memo<RunSelection>,
    /// The rows of the runs, with all columns.
    pub(super) page: StoredValue<RunsPage>,
    /// Columns that differ and can be plotted.
    pub(super) dimensions: StoredValue<Vec<Dimension>>,
    /// The column of the result that the plots refer to.
    pub(super) target: RwSignal<Option<String>>,
    /// The highlighted run.
    pub(super) highlighted: RwSignal<Option<Arc<str>>>,
}

/// Provides the state of a page from its rows.
pub(super) fn provide_compared(selection: Memo<RunSelection>, page: RunsPage) -> ComparedRuns {
    let dimensions = dimensions(&page);
    let target = main_result(&page, &dimensions);
    let compared = ComparedRuns {
        ws: use_ws(),
        selection,
        page: StoredValue::new(page),
        dimensions: StoredValue::new(dimensions),
        target: RwSignal::new(target),
        highlighted: RwSignal::new(None),
    };
    provide_context(compared);
    compared
}

/// The compared runs of the page around the calling component.
pub(super) fn use_compared() -> ComparedRuns {
    expect_context::<ComparedRuns>()
}

/// The identifier of a row's run.
pub(super) fn id_of(row: &RunRow) -> Arc<str> {
    run_id(&row.task, row.run)
}

/// The display name of a row's run.
pub(super) fn name_of(row: &RunRow) -> String {
    if row.run > 1 { format!("{} #{}", row.task, row.run) } else { row.task.clone() }
}

impl ComparedRuns {
    /// The runs with display names and colours.
    pub(super) fn labelled(self) -> Vec<LabelledRun> {
        let name = |(position, row): (usize, &RunRow)| LabelledRun {
            run: RunRef::new(row.task.clone(), row.run),
            name: name_of(row),
            colour: curve_colour(position),
            group: None,
        };
        self.page.with_value(|page| page.rows.iter().enumerate().map(name).collect())
    }

    /// The dimension of a column.
    pub(super) fn dimension(self, name: &str) -> Option<Dimension> {
        self.dimensions.with_value(|all| all.iter().find(|it| it.name == name).cloned())
    }

    /// The result that the plots refer to.
    pub(super) fn result(self) -> Option<Dimension> {
        self.dimension(&self.target.get()?)
    }

    /// The position of each run's result between the minimum (0) and the maximum (1).
    pub(super) fn heat(self) -> Shared<Vec<Option<f64>>> {
        Shared::new(self.result().map(|it| it.positions()).unwrap_or_default())
    }
}

/// The CSS colour of a result, from the minimum (0) to the maximum (1).
pub(super) fn heat_colour(fraction: Option<f64>) -> String {
    match fraction {
        Some(fraction) => {
            format!(
                "color-mix(in oklch, var(--heat-high) {:.0}%, var(--heat-low))",
                fraction * 100.0
            )
        }
        None => "var(--text-faint)".to_owned(),
    }
}
