//! Which tasks of a plan say nothing new, looked at in parts so that nobody waits for it.

use std::collections::HashSet;
use std::sync::Arc;

use common::batch::GridFingerprints;
use common::generator::Fingerprints;

use super::plan::Plan;

/// How many tasks of a plan are looked at: as many as a batch may have where nobody changed that.
const LOOKED_AT: u64 = 100_000;
/// How many tasks that are there are named.
const NAMED: usize = 3;
/// How many are looked at before somebody looks at the clock.
const STEP: u64 = 100;

/// The tasks that are there, found by the fingerprint of their parameters.
#[derive(Default)]
pub(super) struct Existing {
    told: Fingerprints,
    /// Sorted; with the places of the names, those of the newest first.
    positions: Vec<(u64, usize)>,
}

impl Existing {
    pub(super) fn new(told: Fingerprints) -> Self {
        let mut positions: Vec<_> = told.places().collect();
        positions.sort_unstable();
        Self { told, positions }
    }

    /// The newest task with these parameters.
    pub(super) fn find(&self, fingerprint: u64) -> Option<&str> {
        let at = self.positions.partition_point(|(other, _)| *other < fingerprint);
        let (_, position) = self.positions.get(at).filter(|(found, _)| *found == fingerprint)?;
        Some(self.told.name_at(*position))
    }
}

/// Tasks of a batch that say nothing new.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Repeated {
    /// How many are there already.
    pub there: u64,
    /// Some of those that are there.
    pub names: Vec<String>,
    /// How many are like an earlier one of the batch itself.
    pub in_batch: u64,
    /// How many were looked at so far.
    pub looked_at: u64,
    /// Whether there are no more to look at.
    pub done: bool,
}

/// A look at all tasks of a plan.
pub(super) struct Look {
    plan: Arc<Plan>,
    seen: HashSet<u64>,
    found: Repeated,
}

impl Look {
    pub(super) fn new(plan: Arc<Plan>) -> Self {
        Self { plan, seen: HashSet::new(), found: Repeated::default() }
    }

    /// What was found so far.
    pub(super) fn found(&self) -> &Repeated {
        &self.found
    }

    /// Looks at some more, until `enough` says so.
    pub(super) fn go_on(&mut self, existing: &Existing, enough: impl Fn() -> bool) {
        let Self { plan, seen, found } = self;
        let Some(grid) = &plan.grid else {
            found.done = true;
            return;
        };
        let end = plan.count.min(LOOKED_AT);
        let mut fingerprints = GridFingerprints::new(grid);
        while found.looked_at < end {
            let step = found.looked_at..end.min(found.looked_at + STEP);
            found.looked_at = step.end;
            for fingerprint in step.filter_map(|position| fingerprints.nth(position)) {
                found.in_batch += u64::from(!seen.insert(fingerprint));
                let Some(name) = existing.find(fingerprint) else { continue };
                found.there += 1;
                if found.names.len() < NAMED && !found.names.iter().any(|known| known == name) {
                    found.names.push(name.to_owned());
                }
            }
            if enough() {
                break;
            }
        }
        found.done = found.looked_at == end;
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

    fn existing(tasks: &[(&str, &str)]) -> Existing {
        let of = |config: &str| {
            let config = yaml::to_json(&yaml::parse_mapping(config).unwrap().into());
            fingerprint(config.as_object().unwrap())
        };
        Existing::new(Fingerprints::new(tasks.iter().map(|(name, config)| (of(config), *name))))
    }

    #[test]
    fn everything_is_found_in_any_number_of_parts() {
        let there = existing(&[
            ("newer", "{seed: 950, lr: 0.1}"),
            ("older", "{lr: 0.1, seed: 950}"),
            ("first", "{lr: 0.1, seed: 1}"),
            ("other", "{lr: 0.2, seed: 1}"),
        ]);
        let mut look = Look::new(plan("lr: 0.1\nseed: 1:1000\n"));
        let mut parts = Vec::new();
        while !look.found().done {
            look.go_on(&there, || true);
            parts.push(look.found().looked_at);
        }
        assert_eq!(parts, (1..=10).map(|part| part * STEP).collect::<Vec<_>>());
        let Repeated { there: count, names, in_batch, .. } = look.found().clone();
        assert_eq!((count, in_batch), (2, 0));
        assert_eq!(names, ["first", "newer"]);

        let mut at_once = Look::new(plan("lr: 0.1\nseed: 1:1000\n"));
        at_once.go_on(&there, || false);
        assert_eq!(at_once.found(), look.found());
    }

    #[test]
    fn few_are_named_and_those_of_the_batch_itself_are_counted() {
        let names = ["a", "b", "c", "d"].map(|name| (name, name));
        let there: Vec<_> =
            names.iter().zip(1..).map(|((name, _), x)| (*name, format!("x: {x}"))).collect();
        let there: Vec<_> = there.iter().map(|(name, config)| (*name, config.as_str())).collect();
        let mut look = Look::new(plan("x: 1 | 2 | 3 | 4 | 4 | 5 | 5 | 5\n"));
        look.go_on(&existing(&there), || false);
        let Repeated { there, names, in_batch, looked_at, done } = look.found().clone();
        assert_eq!((there, in_batch, looked_at, done), (5, 3, 8, true));
        assert_eq!(names, ["a", "b", "c"]);
    }

    #[test]
    fn a_batch_without_end_is_looked_at_up_to_a_point() {
        let mut look = Look::new(plan("x: 1:1000000\ny: 1:1000000\n"));
        look.go_on(&Existing::default(), || false);
        assert_eq!((look.found().looked_at, look.found().done), (LOOKED_AT, true));
        let shell = Plan { count: 1, text: "ls".to_owned(), grid: None };
        let mut look = Look::new(Arc::new(shell));
        look.go_on(&Existing::default(), || false);
        assert!(look.found().done);
    }
}
