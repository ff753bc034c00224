//! The marked ranges of the axes, shared by the plots.

use std::collections::BTreeMap;

use leptos::prelude::*;

/// The parts of the axes that are marked, by column: from and to, 0 to 1.
pub(super) type Brushes = RwSignal<BTreeMap<String, (f64, f64)>>;
