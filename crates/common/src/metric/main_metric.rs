//! Which of a run's curves stands for it where there is room for one.

use super::Goal;

/// Begins the keys of what the machine reports, not the script.
const OF_THE_MACHINE: &str = "sys/";

/// Chooses the key of the curve that stands for a run, from all keys and what the script declared of each
/// with `pyruns.summary()`.
///
/// In this order: the first key with a declared goal; the first whose name says that smaller or larger is
/// better, such as a loss or an accuracy; the first key. Never one that the machine reports (`sys/…`), nor
/// one that was declared to be no result.
#[must_use]
pub fn main_metric<'a>(keys: impl IntoIterator<Item = (&'a str, Option<Goal>)>) -> Option<&'a str> {
    let rank = |key: &str, goal| match goal {
        Some(_) => 0,
        None if Goal::guess(key).is_some() => 1,
        None => 2,
    };
    let is_result = |key: &str, goal| !key.starts_with(OF_THE_MACHINE) && goal != Some(Goal::None);
    // The first one of the lowest rank.
    let found = keys.into_iter().filter(|(key, goal)| is_result(key, *goal));
    found.min_by_key(|(key, goal)| rank(key, *goal)).map(|(key, _)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_goal_wins_over_names_and_order() {
        let keys = [("steps", None), ("train/loss", None), ("score", Some(Goal::Last))];
        assert_eq!(main_metric(keys), Some("score"));
    }

    #[test]
    fn a_loss_or_an_accuracy_wins_over_the_order() {
        assert_eq!(main_metric([("epoch", None), ("val/acc", None)]), Some("val/acc"));
        assert_eq!(main_metric([("epoch", None), ("train_loss", None)]), Some("train_loss"));
        let two = [("lr", None), ("train/loss", None), ("val/acc", None)];
        assert_eq!(main_metric(two), Some("train/loss"));
    }

    #[test]
    fn else_it_is_the_first_of_the_script() {
        assert_eq!(main_metric([("sys/cpu_percent", None), ("b", None), ("a", None)]), Some("b"));
    }

    #[test]
    fn neither_the_machine_nor_what_is_no_result_stands_for_a_run() {
        assert_eq!(main_metric([("sys/gpu_loss", None), ("sys/cpu_percent", None)]), None);
        assert_eq!(main_metric([("loss", Some(Goal::None))]), None);
        assert_eq!(main_metric([("loss", Some(Goal::None)), ("x", None)]), Some("x"));
        assert_eq!(main_metric([]), None);
    }
}
