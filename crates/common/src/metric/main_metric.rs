//! Selects the curve that represents a run if only one can be shown.

use super::Goal;

/// Prefix of the keys that are reported by the machine and not by the script.
const MACHINE_PREFIX: &str = "sys/";

/// Selects the key of the curve that represents a run, from all keys and the goals declared with
/// `pyruns.summary()`.
///
/// In this order: the first key with a declared goal; the first key whose name implies a goal, such
/// as a loss or an accuracy; the first key. Never a key reported by the machine (`sys/…`), nor one
/// declared not to be a result.
#[must_use]
pub fn main_metric<'a>(keys: impl IntoIterator<Item = (&'a str, Option<Goal>)>) -> Option<&'a str> {
    let rank = |key: &str, goal| match goal {
        Some(_) => 0,
        None if Goal::guess(key).is_some() => 1,
        None => 2,
    };
    let is_result = |key: &str, goal| !key.starts_with(MACHINE_PREFIX) && goal != Some(Goal::None);
    // `min_by_key` returns the first one of the lowest rank.
    let selected = keys.into_iter().filter(|(key, goal)| is_result(key, *goal));
    selected.min_by_key(|(key, goal)| rank(key, *goal)).map(|(key, _)| key)
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
    fn system_metrics_and_other_non_results_are_not_the_main_metric() {
        assert_eq!(main_metric([("sys/gpu_loss", None), ("sys/cpu_percent", None)]), None);
        assert_eq!(main_metric([("loss", Some(Goal::None))]), None);
        assert_eq!(main_metric([("loss", Some(Goal::None)), ("x", None)]), Some("x"));
        assert_eq!(main_metric([]), None);
    }
}
