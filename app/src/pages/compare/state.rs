//! What the parts of Compare share.

use std::sync::Arc;

use common::metric::RunRef;
use common::runs::{RunRow, RunsPage};
use leptos::prelude::*;

use super::chosen::Chosen;
use crate::components::chart::{Shared, curve_colour};
use crate::pages::curves::{LabelledRun, run_id};
use crate::pages::runs_table::{Dimension, dimensions, main_result};
use crate::state::workspace::use_ws;

/// The compared runs; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Compared {
    pub(super) ws: Memo<Option<String>>,
    pub(super) chosen: Memo<Chosen>,
    /// Their rows, with every column.
    pub(super) page: StoredValue<RunsPage>,
    /// Columns that differ and can be drawn.
    pub(super) dimensions: StoredValue<Vec<Dimension>>,
    /// The result that the plots are about: its column.
    pub(super) target: RwSignal<Option<String>>,
    /// The run that is brought out.
    pub(super) highlighted: RwSignal<Option<Arc<str>>>,
}

/// Makes the state of a page out of the rows.
pub(super) fn provide_compared(chosen: Memo<Chosen>, page: RunsPage) -> Compared {
    let dimensions = dimensions(&page);
    let target = main_result(&page, &dimensions);
    let compared = Compared {
        ws: use_ws(),
        chosen,
        page: StoredValue::new(page),
        dimensions: StoredValue::new(dimensions),
        target: RwSignal::new(target),
        highlighted: RwSignal::new(None),
    };
    provide_context(compared);
    compared
}

/// The runs around the calling component.
pub(super) fn use_compared() -> Compared {
    expect_context::<Compared>()
}

/// What a row's run is known as.
pub(super) fn id_of(row: &RunRow) -> Arc<str> {
    run_id(&row.task, row.run)
}

/// What people call a row's run.
pub(super) fn name_of(row: &RunRow) -> String {
    if row.run > 1 { format!("{} #{}", row.task, row.run) } else { row.task.clone() }
}

impl Compared {
    /// The runs, with names and colours.
    pub(super) fn labelled(self) -> Vec<LabelledRun> {
        let name = |(position, row): (usize, &RunRow)| LabelledRun {
            run: RunRef::new(row.task.clone(), row.run),
            name: name_of(row),
            colour: curve_colour(position),
            group: None,
        };
        self.page.with_value(|page| page.rows.iter().enumerate().map(name).collect())
    }

    /// The dimension of this name.
    pub(super) fn dimension(self, name: &str) -> Option<Dimension> {
        self.dimensions.with_value(|all| all.iter().find(|it| it.name == name).cloned())
    }

    /// The result that the plots are about.
    pub(super) fn result(self) -> Option<Dimension> {
        self.dimension(&self.target.get()?)
    }

    /// Where each run's result lies among the others, 0 to 1.
    pub(super) fn heat(self) -> Shared<Vec<Option<f64>>> {
        Shared::new(self.result().map(|it| it.positions()).unwrap_or_default())
    }
}

/// The colour of a result, from the smallest (0) to the largest (1), as CSS says it.
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
