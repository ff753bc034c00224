//! Finds the duplicate tasks of a plan, in slices that do not block the page.

use std::collections::HashSet;
use std::sync::Arc;

use common::batch::GridFingerprints;
use common::generator::Fingerprints;

use super::plan::Plan;

/// Maximum number of scanned tasks of a plan: the default limit of a batch.
const MAX_SCANNED: u64 = 100_000;
/// Maximum number of names of existing tasks.
const MAX_NAMES: usize = 3;
/// Number of tasks between two checks of the time limit.
const STEP: u64 = 100;

/// The fingerprints of existing tasks.
#[derive(Default)]
pub(super) struct FingerprintIndex {
    fingerprints: Fingerprints,
    /// Fingerprints with the indices of the task names; sorted, newest first.
    index: Vec<(u64, usize)>,
}

impl FingerprintIndex {
    pub(super) fn new(fingerprints: Fingerprints) -> Self {
        let mut index: Vec<_> = fingerprints.offsets().collect();
        index.sort_unstable();
        Self { fingerprints, index }
    }

    /// The name of the newest task with these parameters.
    pub(super) fn find(&self, fingerprint: u64) -> Option<&str> {
        let at = self.index.partition_point(|(other, _)| *other < fingerprint);
        let (_, position) = self.index.get(at).filter(|(found, _)| *found == fingerprint)?;
        Some(self.fingerprints.name_at(*position))
    }
}

/// The duplicates found in a batch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct DuplicateCounts {
    /// Number of tasks that exist already.
    pub existing: u64,
    /// Names of some of the existing tasks.
    pub names: Vec<String>,
    /// Number of tasks that repeat an earlier one of the batch.
    pub in_batch: u64,
    /// Number of tasks scanned so far.
    pub scanned: u64,
    /// Whether the scan is complete.
    pub done: bool,
}

/// A scan of all tasks of a plan.
pub(super) struct DuplicateScan {
    plan: Arc<Plan>,
    seen: HashSet<u64>,
    found: DuplicateCounts,
}

impl DuplicateScan {
    pub(super) fn new(plan: Arc<Plan>) -> Self {
        Self { plan, seen: HashSet::new(), found: DuplicateCounts::default() }
    }

    /// The result so far.
    pub(super) fn found(&self) -> &DuplicateCounts {
        &self.found
    }

    /// Continues the scan until `enough` returns true.
    pub(super) fn advance(&mut self, existing: &FingerprintIndex, enough: impl Fn() -> bool) {
        let Self { plan, seen, found } = self;
        let Some(grid) = &plan.grid else {
            found.done = true;
            return;
        };
        let end = plan.count.min(MAX_SCANNED);
        let mut fingerprints = GridFingerprints::new(grid);
        while found.scanned < end {
            let step = found.scanned..end.min(found.scanned + STEP);
            found.scanned = step.end;
            for fingerprint in step.filter_map(|position| fingerprints.nth(position)) {
                found.in_batch += u64::from(!seen.insert(fingerprint));
                let Some(name) = existing.find(fingerprint) else { continue };
                found.existing += 1;
                if found.names.len() < MAX_NAMES && !found.names.iter().any(|known| known == name) {
                    found.names.push(name.to_owned());
                }
            }
            if enough() {
                break;
            }
        }
        found.done = found.scanned == end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::batch::{Grid, fingerprint};
    use common::yaml;

    fn plan(text: &str) -> Arc<Plan> {
        let grid = Grid::parse(&yaml::parse_mapping(text).unwrap(), None).unwrap();
        Arc::new(Plan { count: grid.count(), text: text.to_owned(), grid: Some(grid) })
    }

    fn index_of(tasks: &[(&str, &str)]) -> FingerprintIndex {
        let of = |config: &str| {
            let config = yaml::to_json(&yaml::parse_mapping(config).unwrap().into());
            fingerprint(config.as_object().unwrap())
        };
        FingerprintIndex::new(Fingerprints::new(
            tasks.iter().map(|(name, config)| (of(config), *name)),
        ))
    }

    #[test]
    fn duplicates_are_found_in_any_number_of_slices() {
        let existing = index_of(&[
            ("newer", "{seed: 950, lr: 0.1}"),
            ("older", "{lr: 0.1, seed: 950}"),
            ("first", "{lr: 0.1, seed: 1}"),
            ("other", "{lr: 0.2, seed: 1}"),
        ]);
        let mut scan = DuplicateScan::new(plan("lr: 0.1\nseed: 1:1000\n"));
        let mut parts = Vec::new();
        while !scan.found().done {
            scan.advance(&existing, || true);
            parts.push(scan.found().scanned);
        }
        assert_eq!(parts, (1..=10).map(|part| part * STEP).collect::<Vec<_>>());
        let DuplicateCounts { existing: count, names, in_batch, .. } = scan.found().clone();
        assert_eq!((count, in_batch), (2, 0));
        assert_eq!(names, ["first", "newer"]);

        let mut at_once = DuplicateScan::new(plan("lr: 0.1\nseed: 1:1000\n"));
        at_once.advance(&existing, || false);
        assert_eq!(at_once.found(), scan.found());
    }

    #[test]
    fn few_names_are_listed_and_repetitions_are_counted() {
        let names = ["a", "b", "c", "d"].map(|name| (name, name));
        let existing: Vec<_> =
            names.iter().zip(1..).map(|((name, _), x)| (*name, format!("x: {x}"))).collect();
        let existing: Vec<_> =
            existing.iter().map(|(name, config)| (*name, config.as_str())).collect();
        let mut scan = DuplicateScan::new(plan("x: 1 | 2 | 3 | 4 | 4 | 5 | 5 | 5\n"));
        scan.advance(&index_of(&existing), || false);
        let DuplicateCounts { existing, names, in_batch, scanned, done } = scan.found().clone();
        assert_eq!((existing, in_batch, scanned, done), (5, 3, 8, true));
        assert_eq!(names, ["a", "b", "c"]);
    }

    #[test]
    fn the_scan_of_a_huge_batch_is_limited() {
        let mut scan = DuplicateScan::new(plan("x: 1:1000000\ny: 1:1000000\n"));
        scan.advance(&FingerprintIndex::default(), || false);
        assert_eq!((scan.found().scanned, scan.found().done), (MAX_SCANNED, true));
        let shell = Plan { count: 1, text: "ls".to_owned(), grid: None };
        let mut scan = DuplicateScan::new(Arc::new(shell));
        scan.advance(&FingerprintIndex::default(), || false);
        assert!(scan.found().done);
    }
}
