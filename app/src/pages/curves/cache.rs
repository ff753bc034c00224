//! The curves that a page has loaded, and the points that events append to them.

use std::collections::BTreeSet;

use common::metric::{MetricsDelta, RunSeries, SeriesAnswer, XAxis};

use super::labels::RunLabels;
use crate::components::chart::{Board, KeyCurves, Shared};

/// The effect of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ApplyResult {
    /// No displayed curve has changed.
    Unchanged,
    /// The curves of these keys have grown.
    Keys(BTreeSet<String>),
    /// The curves must be fetched again.
    Stale,
}

/// The loaded curves, with the position up to which their runs were read.
#[derive(Debug, Default)]
pub(super) struct CurveCache {
    response: SeriesAnswer,
    x: XAxis,
    /// Number of points appended since the curves were downsampled.
    appended: usize,
}

/// After this many appended points the curves are fetched again, downsampled.
const MAX_APPENDED: usize = 4_000;

impl CurveCache {
    pub(super) fn new(response: SeriesAnswer, x: XAxis) -> Self {
        Self { response, x, appended: 0 }
    }

    /// The reason why the response is incomplete, if it is.
    pub(super) fn limited(&self) -> Option<&String> {
        self.response.limited.as_ref()
    }

    /// All keys of all runs, sorted, including those that were not requested.
    pub(super) fn all_keys(&self) -> Vec<String> {
        let keys: BTreeSet<&String> = self.response.runs.iter().flat_map(|run| &run.keys).collect();
        keys.into_iter().cloned().collect()
    }

    /// Applies the metrics delta of an event.
    pub(super) fn apply(
        &mut self,
        task: &str,
        run: u32,
        delta: Option<&MetricsDelta>,
    ) -> ApplyResult {
        let known = self.response.runs.iter_mut().find(|it| it.task == task && it.run == run);
        let Some(cursor) = known else { return ApplyResult::Stale };
        let Some(delta) = delta else { return ApplyResult::Stale };
        if delta.cursor <= cursor.cursor {
            return ApplyResult::Unchanged;
        }
        if delta.from != cursor.cursor || self.appended > MAX_APPENDED {
            return ApplyResult::Stale;
        }
        cursor.cursor = delta.cursor;
        let start_s = cursor.start_s;
        let keys: BTreeSet<&String> =
            delta.calls.iter().flat_map(|call| call.track.keys()).collect();
        if keys.iter().any(|key| !cursor.keys.contains(key)) {
            return ApplyResult::Stale;
        }
        let ours = self.response.series.iter_mut().filter(|it| it.task == task && it.run == run);
        for one in ours.filter(|one| keys.contains(&one.key)) {
            for call in &delta.calls {
                self.appended += usize::from(one.append(call, &self.x, start_s));
            }
        }
        ApplyResult::Keys(keys.into_iter().cloned().collect())
    }

    /// Replaces the curves of one key by those of another response: a section in higher resolution.
    pub(super) fn replace_key(&mut self, key: &str, response: SeriesAnswer) {
        let position = self.response.series.iter().position(|one| one.key == key).unwrap_or(0);
        self.response.series.retain(|one| one.key != key);
        let position = position.min(self.response.series.len());
        self.response.series.splice(position..position, response.series);
    }

    /// Whether curves of this key are downsampled.
    pub(super) fn is_downsampled(&self, key: &str) -> bool {
        let mut ours = self.response.series.iter().filter(|one| one.key == key);
        ours.any(|one| (one.x.len() as u64) < one.aggregate.count)
    }

    /// All curves as a board.
    pub(super) fn board(&self, labels: &RunLabels) -> Board {
        Board::new(self.keys().into_iter().flat_map(|key| self.curves(key, labels)).collect())
    }

    /// The board with the curves of some keys rebuilt.
    pub(super) fn refresh(
        &self,
        board: &Board,
        keys: &BTreeSet<String>,
        labels: &RunLabels,
    ) -> Board {
        let mut board = board.clone();
        for (key, key_curves) in board.keys.iter_mut().filter(|(key, _)| keys.contains(key)) {
            let (runs, curves) =
                self.curves(key, labels).into_iter().map(|line| (line.run, line.curve)).unzip();
            *key_curves = Shared::new(KeyCurves { runs, curves });
        }
        board
    }

    fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = Vec::new();
        for one in &self.response.series {
            if keys.last() != Some(&one.key.as_str()) && !keys.contains(&one.key.as_str()) {
                keys.push(&one.key);
            }
        }
        keys
    }

    fn curves(&self, key: &str, labels: &RunLabels) -> Vec<crate::components::chart::RunCurve> {
        let series: Vec<&RunSeries> =
            self.response.series.iter().filter(|one| one.key == key).collect();
        labels.curves(key, &series)
    }
}

#[cfg(test)]
mod tests {
    use common::metric::{Call, RunCursor};
    use serde_json::json;

    use super::*;

    fn cache() -> CurveCache {
        let series = |key: &str| RunSeries {
            task: "a".to_owned(),
            run: 1,
            key: key.to_owned(),
            x: vec![0.0],
            y: vec![1.0],
            ..RunSeries::default()
        };
        let cursor = RunCursor {
            task: "a".to_owned(),
            run: 1,
            cursor: 40,
            start_s: 0.0,
            keys: vec!["acc".to_owned(), "loss".to_owned()],
        };
        let response = SeriesAnswer {
            series: vec![series("loss"), series("acc")],
            runs: vec![cursor],
            ..SeriesAnswer::default()
        };
        CurveCache::new(response, XAxis::Step)
    }

    fn delta(from: u64, cursor: u64, track: serde_json::Value) -> MetricsDelta {
        let track = track.as_object().cloned().unwrap_or_default();
        MetricsDelta { from, cursor, calls: vec![Call { t: 1.0, step: Some(7.0), track }] }
    }

    #[test]
    fn points_are_appended_once_and_only_where_they_belong() {
        let mut cache = cache();
        let loss = delta(40, 60, json!({"loss": 0.5}));
        let keys = BTreeSet::from(["loss".to_owned()]);
        assert_eq!(cache.apply("a", 1, Some(&loss)), ApplyResult::Keys(keys.clone()));
        assert_eq!(cache.apply("a", 1, Some(&loss)), ApplyResult::Unchanged, "it is known already");
        let board = cache.board(&RunLabels::default());
        assert_eq!(&*board.curves("loss").curves[0].x, [0.0, 7.0]);
        assert_eq!(board.curves("acc").curves[0].x.len(), 1);
        cache.apply("a", 1, Some(&delta(60, 80, json!({"loss": 0.4}))));
        let newer = cache.refresh(&board, &keys, &RunLabels::default());
        assert_eq!(newer.curves("loss").curves[0].x.len(), 3);
        assert_eq!(newer.curves("acc"), board.curves("acc"), "what did not change is the same");
    }

    #[test]
    fn a_gap_a_new_key_and_a_new_run_are_fetched() {
        let gap = delta(50, 60, json!({"loss": 0.5}));
        assert_eq!(cache().apply("a", 1, Some(&gap)), ApplyResult::Stale);
        let key = delta(40, 60, json!({"new": 0.5}));
        assert_eq!(cache().apply("a", 1, Some(&key)), ApplyResult::Stale);
        assert_eq!(cache().apply("a", 2, Some(&gap)), ApplyResult::Stale);
        assert_eq!(cache().apply("a", 1, None), ApplyResult::Stale);
    }

    #[test]
    fn a_zoomed_key_has_a_stable_position() {
        let mut cache = cache();
        let finer = SeriesAnswer {
            series: vec![RunSeries {
                key: "loss".to_owned(),
                x: vec![0.0, 0.5],
                y: vec![1.0, 2.0],
                ..RunSeries::default()
            }],
            ..SeriesAnswer::default()
        };
        cache.replace_key("loss", finer);
        let board = cache.board(&RunLabels::default());
        assert_eq!(board.keys[0].0, "loss");
        assert_eq!(board.curves("loss").curves[0].x.len(), 2);
    }
}
