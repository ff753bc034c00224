//! The marked axis ranges ("brushes"), shared by the plots.

use std::collections::BTreeMap;

use leptos::prelude::*;

/// The marked range of each axis, by column name: lower and upper end, 0 to 1.
pub(super) type Brushes = RwSignal<BTreeMap<String, (f64, f64)>>;
