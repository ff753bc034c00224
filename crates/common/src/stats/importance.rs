//! Estimates which parameters a metric depends on, from the available runs.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{grow, spearman};

/// One run: the values of its parameters, in the order of the names, and the metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// One value per parameter; null if it has none.
    pub parameters: Vec<Value>,
    /// The metric.
    pub target: f64,
}

/// The result for all parameters.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportanceTable {
    /// One row per parameter that varies, the most important first.
    pub items: Vec<Importance>,
    /// Number of runs used.
    pub run_count: u64,
    /// How much of the metric's variance the forest explains in runs that it was not trained on; if
    /// this is small, the shares mean little.
    pub explained: Option<f64>,
}

/// The result for one parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Importance {
    /// The parameter.
    pub name: String,
    /// Its share of the variance reduction by the splits of a random forest, 0 to 1.
    pub share: f64,
    /// Spearman's rank correlation with the metric, −1 to 1; `None` for texts of more than two
    /// kinds.
    pub correlation: Option<f64>,
}

/// Which of the parameters `names` the target depends on.
///
/// Parameters with the same value in all runs are left out, and so are runs with a non-finite
/// target.
#[must_use]
pub fn importance(names: &[String], runs: &[Observation]) -> ImportanceTable {
    let runs: Vec<&Observation> = runs.iter().filter(|run| run.target.is_finite()).collect();
    let target: Vec<f64> = runs.iter().map(|run| run.target).collect();
    let mut columns = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let null = &Value::Null;
        let values: Vec<&Value> =
            runs.iter().map(|run| run.parameters.get(place).unwrap_or(null)).collect();
        if values.windows(2).any(|pair| pair[0] != pair[1]) {
            columns.push((name, encode(&values, &target)));
        }
    }
    let forest =
        grow(&columns.iter().map(|(_, it)| it.column.clone()).collect::<Vec<_>>(), &target);
    let item = |((name, encoded), share): ((&String, Encoded), f64)| Importance {
        name: name.clone(),
        share,
        correlation: encoded.has_order.then(|| spearman(&encoded.column, &target)).flatten(),
    };
    let mut items: Vec<Importance> = columns.into_iter().zip(forest.importance).map(item).collect();
    items.sort_by(|a, b| b.share.total_cmp(&a.share));
    ImportanceTable { items, run_count: runs.len() as u64, explained: forest.explained }
}

struct Encoded {
    column: Vec<f64>,
    /// Whether the order of its values is meaningful.
    has_order: bool,
}

/// Numbers are unchanged. Texts are ordered by the mean target of their runs, so that one split can
/// separate them optimally (Breiman et al., *Classification and Regression Trees*, 1984).
fn encode(values: &[&Value], target: &[f64]) -> Encoded {
    let number = |value: &&Value| match value {
        Value::Number(number) => number.as_f64(),
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        _ => None,
    };
    if values.iter().all(|value| value.is_null() || number(value).is_some()) {
        let column = values.iter().map(|value| number(value).unwrap_or(f64::NAN)).collect();
        return Encoded { column, has_order: true };
    }
    let mut words: Vec<(&Value, f64, f64)> = Vec::new();
    for (value, target) in values.iter().zip(target) {
        match words.iter_mut().find(|(known, ..)| known == value) {
            Some((_, sum, count)) => (*sum, *count) = (*sum + target, *count + 1.0),
            None => words.push((value, *target, 1.0)),
        }
    }
    words.sort_by(|a, b| (a.1 / a.2).total_cmp(&(b.1 / b.2)));
    let place = |value: &&Value| {
        let found = words.iter().position(|(known, ..)| known == value).unwrap_or(0);
        f64::from(u32::try_from(found).unwrap_or(u32::MAX))
    };
    Encoded { column: values.iter().map(place).collect(), has_order: false }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn run(parameters: &Value, target: f64) -> Observation {
        Observation { parameters: parameters.as_array().unwrap().clone(), target }
    }

    #[test]
    fn important_columns_come_first_and_constant_ones_are_omitted() {
        let names = ["lr", "optimizer", "epochs"].map(str::to_owned);
        let mut runs = Vec::new();
        for lr in [0.001, 0.01, 0.1, 1.0] {
            for optimizer in ["sgd", "adam", "lion"] {
                for noise in [0.0, 0.01, 0.02] {
                    let bonus = if optimizer == "adam" { 0.05 } else { 0.0 };
                    runs.push(run(&json!([lr, optimizer, 10]), lr * 3.0 + bonus + noise));
                }
            }
        }
        runs.push(run(&json!([5.0, "sgd", 10]), f64::NAN));
        let table = importance(&names, &runs);
        let order: Vec<&str> = table.items.iter().map(|item| item.name.as_str()).collect();
        assert_eq!(order, ["lr", "optimizer"]);
        assert!(table.items[0].share > 0.8 && table.items[0].correlation.unwrap() > 0.9);
        assert_eq!(table.items[1].correlation, None);
        assert_eq!(table.run_count, 36);
        assert!(table.explained.unwrap() > 0.9);
    }

    #[test]
    fn no_input_gives_no_output() {
        assert_eq!(importance(&["lr".to_owned()], &[]), ImportanceTable::default());
    }
}
