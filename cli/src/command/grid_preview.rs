//! The tasks that would be created, as text: their number, axes, names and first rows.

use common::batch::{AxisKind, Grid, NamePattern};
use common::generator::{CreateRequest, PreviewResponse};
use engine::{Engine, WorkspaceSelector};

use super::failure::Failure;
use super::grid_args::NewTasks;
use super::json::print_json;
use super::output::print_line;
use super::task_change::OutputArgs;

/// Prints what would be created.
///
/// # Errors
/// If the tasks could not be created: a value, the condition or the name pattern is invalid, or there are too many.
pub(crate) fn print_preview(
    engine: &Engine,
    workspace: &WorkspaceSelector,
    tasks: &NewTasks,
    output: OutputArgs,
) -> Result<(), Failure> {
    let request = &tasks.request;
    let preview = engine.preview(workspace, &request.preview)?;
    let refused = |error: &dyn std::fmt::Display| Failure::refused(error.to_string());
    let config = common::yaml::parse_mapping(&request.preview.yaml_text)?;
    let grid = Grid::parse(&config, tasks.template.as_ref())
        .and_then(|grid| grid.only_where(&request.preview.when))
        .map_err(|error| refused(&error))?;
    let names = names(request, &grid).map_err(|error| refused(&error))?;
    match output.json {
        true => print_json(&preview)?,
        false => lines(&grid, &names, &preview).iter().for_each(|line| print_line(line)),
    }
    let limit = engine.workspace(workspace)?.settings.max_batch_tasks;
    if preview.count > limit {
        let text = format!("At most {limit} may be created at once (setting max_batch_tasks).");
        return Err(Failure::refused(text));
    }
    Ok(())
}

fn lines(grid: &Grid, names: &str, preview: &PreviewResponse) -> Vec<String> {
    let axes = grid.axes();
    let all = grid.count_without_condition();
    let mut total = match preview.count {
        1 => "1 task".to_owned(),
        count => format!("{count} tasks"),
    };
    if all != preview.count {
        total = format!("{total} of {all}");
    } else if axes.len() > 1 {
        let sizes: Vec<String> = axes.iter().map(|axis| axis.len.to_string()).collect();
        total = format!("{} = {total}", sizes.join(" × "));
    }
    let mut lines = vec![total];
    let keys: Vec<String> = axes.iter().map(|axis| axis.keys.join(", ")).collect();
    let width = keys.iter().map(|key| key.chars().count()).max().unwrap_or_default();
    for (axis, key) in axes.iter().zip(&keys) {
        let kind = match axis.kind {
            AxisKind::Product => "",
            AxisKind::Zip => "  zipped",
            AxisKind::Sample => "  sampled",
        };
        lines.push(format!("{key:<width$}  {}{kind}", axis.len));
    }
    lines.push(names.to_owned());
    lines.push(format!("First {} of {}", preview.items.len(), preview.count));
    lines.extend(preview.items.iter().map(|item| item.preview.clone()));
    lines
}

/// The first and the last name; `…` stands for the time.
fn names(request: &CreateRequest, grid: &Grid) -> Result<String, common::batch::BatchError> {
    let is_pattern = !request.name_pattern.trim().is_empty();
    let stem = if is_pattern { request.name_pattern.trim() } else { request.name_prefix.trim() };
    let stem = if stem.is_empty() { "task" } else { stem };
    let stem = if request.append_timestamp { format!("{stem}_…") } else { stem.to_owned() };
    let pattern = is_pattern.then(|| NamePattern::parse(&stem, grid)).transpose()?;
    let count = grid.count();
    let name = |position: u64| {
        let config = grid.nth(position - 1).unwrap_or_default();
        match &pattern {
            Some(pattern) => pattern.name(&config, position, count),
            None if count == 1 => stem.clone(),
            None => format!("{stem}_{position}-of-{count}"),
        }
    };
    Ok(match count {
        1 => name(1),
        count => format!("{} … {}", name(1), name(count)),
    })
}

#[cfg(test)]
mod tests {
    use common::TaskKind;

    use super::*;

    fn grid(text: &str, when: &str) -> Grid {
        let config = common::yaml::parse_mapping(text).unwrap();
        Grid::parse(&config, None).unwrap().only_where(when).unwrap()
    }

    fn first_lines(grid: &Grid) -> Vec<String> {
        let preview =
            PreviewResponse { count: grid.count(), items: Vec::new(), task_kind: TaskKind::Python };
        lines(grid, "names", &preview)
    }

    #[test]
    fn the_sizes_of_the_axes_are_multiplied() {
        let zipped = grid("lr: 1 | 2\na: (1 | 2 | 3)\nbb: (4 | 5 | 6)\n", "");
        let wanted = ["2 × 3 = 6 tasks", "lr     2", "a, bb  3  zipped", "names", "First 0 of 6"];
        assert_eq!(first_lines(&zipped), wanted);
        assert_eq!(first_lines(&grid("lr: 1 | 2\n", ""))[0], "2 tasks");
        assert_eq!(first_lines(&grid("lr: 1\n", ""))[0], "1 task");
        let some = grid("lr: 1 | 2\nseed: 1:3\n", "lr == 1 or seed == 3");
        assert_eq!(first_lines(&some)[0], "4 tasks of 6");
    }

    #[test]
    fn the_first_and_the_last_name_are_shown() {
        let grid = grid("lr: 1 | 2\nseed: 1:3\n", "");
        let named = |name: &str, pattern: &str, append_timestamp: bool| {
            let (name_prefix, name_pattern) = (name.to_owned(), pattern.to_owned());
            let request = CreateRequest {
                name_prefix,
                name_pattern,
                append_timestamp,
                ..CreateRequest::default()
            };
            names(&request, &grid).map_err(|error| error.to_string())
        };
        assert_eq!(named("", "", true).unwrap(), "task_…_1-of-6 … task_…_6-of-6");
        assert_eq!(named("", "{lr}-{seed}", false).unwrap(), "1-1 … 2-3");
        assert!(named("", "{x}", false).is_err());
    }
}
