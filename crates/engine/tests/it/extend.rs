//! Extension of batches, and the parameters that differ between their runs.

use common::batches::{ExtendBatchRequest, RerunBatchRequest};
use common::metric::RunRef;
use common::provenance::InputsDiffRequest;
use common::task::TaskNamesRequest;
use engine::{Engine, WorkspaceSelector};

use crate::project::{Project, batch_name, form_tasks, task_name, wait_until_done};

const SCRIPT: &str = "\
import argparse
p = argparse.ArgumentParser()
p.add_argument('--lr', type=float, default=0.1)
p.add_argument('--seed', type=int, default=0)
p.parse_args()
";

fn request(key: &str, values: &str) -> ExtendBatchRequest {
    ExtendBatchRequest { key: key.into(), values: values.into(), ..ExtendBatchRequest::default() }
}

fn refused(engine: &Engine, key: &str, values: &str) -> String {
    let answer = engine.extend_batch(
        &WorkspaceSelector::Current,
        &batch_name("grid_of-4"),
        &request(key, values),
    );
    answer.unwrap_err().to_string()
}

fn params(engine: &Engine, name: &str) -> (String, String) {
    let task = engine.get_task(&WorkspaceSelector::Current, &task_name(name)).unwrap();
    let of = |key: &str| task.config.get(key).unwrap().to_string();
    (of("lr"), of("seed"))
}

#[test]
fn an_axis_grows_and_the_next_one_meets_all_of_it() {
    let project = Project::new();
    let engine = project.script("train.py", SCRIPT);
    form_tasks(&engine, "grid", "lr: 0.1 | 0.2\nseed: 0 | 1\n");
    let extend = |request: &ExtendBatchRequest| {
        engine.extend_batch(&WorkspaceSelector::Current, &batch_name("grid_of-4"), request).unwrap()
    };
    let asked = request("lr", "0.2 | 0.3");
    let preview = extend(&ExtendBatchRequest { preview: true, ..asked.clone() });
    assert_eq!((preview.values, preview.count, preview.total), (1, 2, 6));
    assert_eq!(preview.task_names, ["grid_5-of-6", "grid_6-of-6"]);
    assert!(engine.get_task(&WorkspaceSelector::Current, &task_name("grid_5-of-6")).is_err());

    assert_eq!(extend(&asked), preview);
    assert_eq!(params(&engine, "grid_6-of-6"), ("0.3".into(), "1".into()));
    let seeds = extend(&request("seed", "2"));
    assert_eq!(seeds.task_names, ["grid_7-of-9", "grid_8-of-9", "grid_9-of-9"]);
    assert_eq!(params(&engine, "grid_9-of-9"), ("0.3".into(), "2".into()));
    let batch = engine.list_batches(&WorkspaceSelector::Current).unwrap().items.remove(0);
    assert_eq!((batch.name.as_str(), batch.count, batch.missing), ("grid_of-4", 9, 0));

    // Missing tasks of any part are recreated identically.
    let gone = ["grid_2-of-4", "grid_6-of-6", "grid_9-of-9"].map(str::to_owned).to_vec();
    engine
        .delete_batch(&WorkspaceSelector::Current, &TaskNamesRequest { task_names: gone.clone() })
        .unwrap();
    let again = engine.rerun_batch(
        &WorkspaceSelector::Current,
        &batch_name("grid_of-4"),
        &RerunBatchRequest::default(),
    );
    let recreated: Vec<String> = again.unwrap().recreated.into_iter().map(String::from).collect();
    assert_eq!(recreated, gone);
    assert_eq!(params(&engine, "grid_6-of-6"), ("0.3".into(), "1".into()));
    gone.iter().for_each(|name| drop(wait_until_done(&engine, name)));
}

#[test]
fn an_invalid_extension_is_rejected_and_creates_no_task() {
    let project = Project::new();
    let engine = project.script("train.py", SCRIPT);
    form_tasks(&engine, "grid", "lr: 0.1 | 0.2\nseed: 0 | 1\n");
    assert!(refused(&engine, "lr", "0.1").starts_with("lr: name at least one value"));
    assert!(refused(&engine, "momentum", "0.1").contains("no such parameter"));
    assert!(refused(&engine, "lr", "(1 | 2)").starts_with("lr: write the new values"));
    let unknown =
        engine.extend_batch(&WorkspaceSelector::Current, &batch_name("x"), &request("lr", "1"));
    assert!(unknown.unwrap_err().to_string().contains("not found"));
    assert!(engine::requested_batch("../x").unwrap_err().to_string().contains("not found"));
    let batch = engine.list_batches(&WorkspaceSelector::Current).unwrap().items.remove(0);
    assert_eq!((batch.count, batch.missing), (4, 0));
}

#[test]
fn two_runs_differ_by_lines_and_only_their_own_files_can_be_had() {
    let project = Project::new();
    let engine = project.script("train.py", SCRIPT);
    form_tasks(&engine, "grid", "lr: 0.1 | 0.2\nseed: 0\n");
    let run = |name: &str| {
        engine.run_task(&WorkspaceSelector::Current, &task_name(name)).unwrap();
        wait_until_done(&engine, name);
    };
    run("grid_1-of-2");
    project.write("train.py", &format!("{SCRIPT}print('new')\n"));
    run("grid_2-of-2");
    let of = |name: &str| RunRef::new(name, 0);
    let asked = InputsDiffRequest { left: of("grid_1-of-2"), right: of("grid_2-of-2") };
    let diff = engine.diff_inputs(&WorkspaceSelector::Current, &asked).unwrap();
    let lines = |part: &common::provenance::InputDiff| {
        let lines = part.hunks.iter().flat_map(|hunk| &hunk.lines);
        let changed = lines.filter(|line| line.side != common::line_diff::Side::Both);
        changed.map(|line| line.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(diff.parts[0].name, "config.yaml");
    assert_eq!(lines(&diff.parts[0]), ["lr: 0.1", "lr: 0.2"]);
    assert!(diff.parts[1].name.ends_with("train.py"));
    assert_eq!(lines(&diff.parts[1]), ["print('new')"]);

    let note =
        engine.provenance(&WorkspaceSelector::Current, &task_name("grid_2-of-2"), None).unwrap();
    let file = |sha256: &str| {
        engine
            .provenance_file(&WorkspaceSelector::Current, &task_name("grid_1-of-2"), None, sha256)
            .map(|it| it.len())
    };
    let own = engine
        .provenance(&WorkspaceSelector::Current, &task_name("grid_1-of-2"), None)
        .unwrap()
        .config
        .sha256;
    assert_eq!(file(&own).unwrap(), "lr: 0.1\nseed: 0\n".len());
    for foreign in [note.config.sha256.as_str(), "", "../../train.py", "..%2f..%2ftrain.py"] {
        assert!(file(foreign).unwrap_err().to_string().contains("has no content"), "{foreign}");
    }
}
