//! Matching lines: found by the server in the stored log, by the browser in received lines.

/// The numbers of matching lines, from 0, and the current one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Hits {
    lines: Vec<u64>,
    /// Number of matches that are not in `lines`.
    unlisted: u64,
    at: Option<usize>,
    /// The direction of a step that was requested before any match was found.
    pending_step: Option<bool>,
    /// Lines from this number on were received after the server's search began.
    pub(super) arrived_from: u64,
}

impl Hits {
    /// No matches, in a log of `lines` lines.
    pub(super) fn new(lines: u64) -> Self {
        Self { arrived_from: lines, ..Self::default() }
    }

    /// Adds line numbers, in any order, without duplicates.
    pub(super) fn add(&mut self, found: impl IntoIterator<Item = u64>) {
        let current = self.current();
        let before = self.lines.len();
        let ascends = |lines: &[u64]| lines.windows(2).all(|pair| pair[0] < pair[1]);
        self.lines.extend(found);
        if !ascends(&self.lines[before.saturating_sub(1)..]) {
            self.lines.sort_unstable();
            self.lines.dedup();
            self.at = current.and_then(|line| self.lines.binary_search(&line).ok());
        }
    }

    /// Sets the total number of matches counted by the server.
    pub(super) fn set_total(&mut self, total: u64) {
        let until = self.lines.partition_point(|line| *line < self.arrived_from);
        self.unlisted = total.saturating_sub(until as u64);
    }

    /// Selects the next or previous match, cyclically; at first the one nearest to line `near`.
    /// Without matches the step stays pending, see [`take_pending_step`](Self::take_pending_step).
    pub(super) fn step(&mut self, forward: bool, near: u64) -> Option<u64> {
        let Some(last) = self.lines.len().checked_sub(1) else {
            self.pending_step = Some(forward);
            return None;
        };
        let after = self.lines.partition_point(|line| *line < near);
        self.at = Some(match (self.at, forward) {
            (None, true) => {
                if after > last {
                    0
                } else {
                    after
                }
            }
            (None, false) => after.checked_sub(1).unwrap_or(last),
            (Some(at), true) => {
                if at >= last {
                    0
                } else {
                    at + 1
                }
            }
            (Some(at), false) => at.checked_sub(1).unwrap_or(last),
        });
        self.current()
    }

    /// The direction of the pending step, which is then no longer pending.
    pub(super) fn take_pending_step(&mut self) -> Option<bool> {
        self.pending_step.take()
    }

    /// The current match.
    pub(super) fn current(&self) -> Option<u64> {
        self.lines.get(self.at?).copied()
    }

    /// The index of the current match, from 1 (0 if there is none), and the number of matches.
    pub(super) fn counts(&self) -> (usize, u64) {
        (self.at.map_or(0, |at| at + 1), self.lines.len() as u64 + self.unlisted)
    }

    /// Divides a log of `of_lines` lines into `parts` equal parts and returns those with matches.
    pub(super) fn parts(&self, parts: u64, of_lines: u64) -> Vec<u64> {
        let part = |line: &u64| (line * parts / of_lines.max(1)).min(parts.saturating_sub(1));
        let mut all: Vec<u64> = self.lines.iter().map(part).collect();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_gone_round_from_where_the_reader_is() {
        let mut hits = Hits::new(100);
        hits.add([5, 20, 70]);
        assert_eq!(hits.counts(), (0, 3));
        let steps = [true, true, true, true].map(|forward| hits.step(forward, 10));
        assert_eq!(steps, [Some(20), Some(70), Some(5), Some(20)]);
        assert_eq!((hits.step(false, 0), hits.counts()), (Some(5), (1, 3)));
    }

    #[test]
    fn a_step_before_the_first_match_stays_pending() {
        let mut hits = Hits::new(100);
        assert_eq!(hits.step(true, 10), None);
        hits.add([5, 20]);
        assert_eq!(hits.take_pending_step(), Some(true));
        assert_eq!((hits.step(true, 10), hits.take_pending_step()), (Some(20), None));
    }

    #[test]
    fn received_matches_are_added_and_the_current_one_stays() {
        let mut hits = Hits::new(100);
        hits.add([5, 50]);
        hits.step(false, 60);
        hits.add([120, 121]);
        hits.add([120, 30]);
        assert_eq!((hits.current(), hits.counts()), (Some(50), (3, 5)));
        hits.set_total(1_000);
        assert_eq!(hits.counts().1, 1_002);
    }

    #[test]
    fn parts_have_their_position() {
        let mut hits = Hits::new(0);
        hits.add([0, 1, 500, 999]);
        assert_eq!(hits.parts(10, 1000), [0, 5, 9]);
        assert_eq!(Hits::new(0).step(true, 0), None);
    }
}
