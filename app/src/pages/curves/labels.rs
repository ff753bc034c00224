//! Labels, colours and groups of runs.

use std::collections::HashMap;
use std::sync::Arc;

use common::metric::{RunRef, RunSeries};
use common::stats::band;

use crate::components::chart::{RunCurve, curve_colour};
use crate::js::chart::Curve;

/// Maximum number of points of the mean of a group.
const BAND_POINTS: usize = 400;

/// A run on a board, with its label, colour and, if runs are grouped, its group.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LabelledRun {
    /// The run; run number 0 is the newest.
    pub(crate) run: RunRef,
    /// The display name.
    pub(crate) name: String,
    /// The CSS colour; the colour of the group, if there is one.
    pub(crate) colour: String,
    /// The group; runs of the same group are drawn as one mean.
    pub(crate) group: Option<String>,
}

/// The identifier of a run on a board.
#[must_use]
pub(crate) fn run_id(task: &str, run: u32) -> Arc<str> {
    format!("{task}#{run}").into()
}

/// The labels of runs, by run identifier.
#[derive(Debug, Default)]
pub(super) struct RunLabels {
    by_id: HashMap<Arc<str>, LabelledRun>,
    /// Labels that apply to the newest run of a task.
    newest: HashMap<String, LabelledRun>,
}

impl RunLabels {
    pub(super) fn new(labelled: &[LabelledRun]) -> Self {
        let mut names = Self::default();
        for one in labelled {
            if one.run.run == 0 {
                names.newest.insert(one.run.task.clone(), one.clone());
            } else {
                names.by_id.insert(run_id(&one.run.task, one.run.run), one.clone());
            }
        }
        names
    }

    /// The curves of one key: one per run, or the mean and the band of each group.
    pub(super) fn curves(&self, key: &str, series: &[&RunSeries]) -> Vec<RunCurve> {
        let key: Arc<str> = key.into();
        let mut curves = Vec::new();
        let mut groups: Vec<(&str, &LabelledRun, Vec<&RunSeries>)> = Vec::new();
        for one in series {
            let run = run_id(&one.task, one.run);
            let known = self.by_id.get(&run).or_else(|| self.newest.get(&one.task));
            if let Some((labelled, group)) = known.and_then(|it| Some((it, it.group.as_deref()?))) {
                match groups.iter_mut().find(|(known, ..)| *known == group) {
                    Some((_, _, members)) => members.push(one),
                    None => groups.push((group, labelled, vec![one])),
                }
                continue;
            }
            let (name, colour) = match known {
                Some(labelled) => (labelled.name.clone(), labelled.colour.clone()),
                None => (run.to_string(), curve_colour(curves.len())),
            };
            let curve = Curve {
                name,
                colour,
                x: one.x.as_slice().into(),
                y: one.y.as_slice().into(),
                band: None,
            };
            curves.push(RunCurve { run, key: key.clone(), curve });
        }
        curves.extend(groups.into_iter().map(|(group, labelled, members)| RunCurve {
            run: group.into(),
            key: key.clone(),
            curve: mean(group, labelled, &members),
        }));
        curves
    }
}

fn mean(group: &str, labelled: &LabelledRun, members: &[&RunSeries]) -> Curve {
    let curves: Vec<(&[f64], &[f64])> =
        members.iter().map(|one| (one.x.as_slice(), one.y.as_slice())).collect();
    let band = band(&curves, BAND_POINTS);
    Curve {
        name: format!("{group} ({})", members.len()),
        colour: labelled.colour.clone(),
        x: band.x.into(),
        y: band.mean.into(),
        band: Some((band.low.into(), band.high.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(task: &str, y: &[f64]) -> RunSeries {
        RunSeries {
            task: task.to_owned(),
            run: 1,
            key: "loss".to_owned(),
            x: (0..y.len()).map(|at| at as f64).collect(),
            y: y.to_vec(),
            ..RunSeries::default()
        }
    }

    fn labelled(task: &str, run: u32, group: Option<&str>) -> LabelledRun {
        LabelledRun {
            run: RunRef::new(task, run),
            name: format!("name of {task}"),
            colour: "red".to_owned(),
            group: group.map(str::to_owned),
        }
    }

    #[test]
    fn runs_have_their_names_and_groups_their_mean() {
        let (a, b, c) = (series("a", &[1.0, 2.0]), series("b", &[3.0, 4.0]), series("c", &[9.0]));
        let names = RunLabels::new(&[
            labelled("a", 1, Some("lr=1")),
            labelled("b", 0, Some("lr=1")),
            labelled("c", 1, None),
        ]);
        let curves = names.curves("loss", &[&a, &b, &c]);
        let found: Vec<&str> = curves.iter().map(|line| line.curve.name.as_str()).collect();
        assert_eq!(found, ["name of c", "lr=1 (2)"]);
        assert_eq!(&*curves[1].curve.y, [2.0, 3.0]);
        assert!(curves[1].curve.band.is_some() && &*curves[1].run == "lr=1");
    }

    #[test]
    fn a_run_without_a_label_is_drawn() {
        let curves = RunLabels::default().curves("loss", &[&series("x", &[1.0])]);
        assert_eq!(curves[0].curve.name, "x#1");
    }
}
