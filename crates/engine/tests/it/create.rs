//! Creation of tasks, and their files.

use std::collections::HashMap;
use std::fs;

use common::batch::{Grid, GridFingerprints};
use common::batches::RerunBatchRequest;
use common::generator::{CreateRequest, PreviewRequest};
use common::task::{NotesRequest, PinRequest, RenameRequest, TaskNamesRequest};
use common::yaml;
use engine::WorkspaceSelector;

use crate::project::{Project, batch_name, form_tasks, run, shell_task, task_name, wait_task};

const SCRIPT: &str = "import argparse\np = argparse.ArgumentParser()\n\
    p.add_argument('--lr', type=float, default=0.1, help='step size')\n\
    p.add_argument('--epochs', type=int, default=3)\np.parse_args()\n";

#[test]
fn opening_a_script_writes_its_defaults_and_preserves_edits() {
    let project = Project::new();
    let engine = project.script("train.py", SCRIPT);
    let path = project.path().join("_pyruns_/train/config_default.yaml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("lr: 0.1  # step size") && text.contains("epochs: 3"), "{text}");
    fs::write(&path, "lr: 0.7  # mine\n").unwrap();
    drop(engine);
    project.script("train.py", SCRIPT);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("lr: 0.7  # mine") && text.contains("epochs: 3"), "{text}");
}

#[test]
fn a_grid_becomes_folders_with_readable_files() {
    let project = Project::new();
    let engine = project.script("train.py", SCRIPT);
    let tasks = form_tasks(&engine, "grid", "lr: 0.1 | 1e-5\nepochs: 1:3\n");
    let names: Vec<&str> = tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(names.len(), 6);
    assert_eq!((names[0], names[5]), ("grid_1-of-6", "grid_6-of-6"));
    let last = fs::read_to_string(format!("{}/config.yaml", tasks[5].dir)).unwrap();
    assert_eq!(last, "lr: 1.0e-05\nepochs: 3\n");
    let info = fs::read_to_string(format!("{}/task_info.json", tasks[5].dir)).unwrap();
    assert!(info.contains("\"status\": \"pending\"") && info.contains("train.py"), "{info}");
}

#[test]
fn names_are_in_the_order_of_the_batch() {
    let project = Project::new();
    let engine = project.script("train.py", SCRIPT);
    let request = |yaml: &str, pattern: &str| CreateRequest {
        preview: PreviewRequest { yaml_text: yaml.to_owned(), ..PreviewRequest::default() },
        name_prefix: "one".to_owned(),
        name_pattern: pattern.to_owned(),
        append_timestamp: false,
        ..CreateRequest::default()
    };
    let current = WorkspaceSelector::Current;
    let created = engine.create_names(&current, &request("lr: 0.1 | 0.01\n", "{lr}")).unwrap();
    assert_eq!(created.task_names, [task_name("0.1"), task_name("0.01")]);
    assert_eq!(created.count, 2);
    let listed = engine.list_batches(&current).unwrap().items;
    assert_eq!(created.batch.as_ref(), Some(&listed[0].name));
    let single = engine.create_names(&current, &request("lr: 0.1\n", "")).unwrap();
    assert_eq!((single.task_names, single.batch), (vec![task_name("one")], None));
}

#[test]
fn refusals_change_nothing() {
    let project = Project::new();
    let engine = project.script("train.py", SCRIPT);
    form_tasks(&engine, "a", "lr: 1\n");
    let refused = |prefix: &str, yaml: &str| {
        let preview = PreviewRequest { yaml_text: yaml.into(), ..PreviewRequest::default() };
        let name_prefix = prefix.to_owned();
        let request = CreateRequest {
            preview,
            name_prefix,
            append_timestamp: false,
            ..CreateRequest::default()
        };
        engine.create(&WorkspaceSelector::Current, &request).unwrap_err().to_string()
    };
    assert_eq!(refused("a", "lr: 2\n"), "Task 'a' already exists.");
    assert!(refused("x/y", "lr: 2\n").contains("not allowed"));
    assert_eq!(
        refused("b", "a: (1 | 2)\nb: (1 | 2 | 3)\n"),
        "All (zip) parameters must have equal length. Got: a=2, b=3"
    );
    let huge = refused("b", "a: 1:1000\nb: 1:1000\n");
    assert!(huge.contains("1000000 tasks"), "{huge}");
    assert_eq!(
        engine.list_tasks(&WorkspaceSelector::Current, &Default::default()).unwrap().total,
        1
    );
}

#[test]
fn changes_of_one_task_stand_on_disk_and_stale_ones_are_refused() {
    let project = Project::new();
    let engine = project.shell();
    let dir = shell_task(&engine, "a", "true\n").dir;
    let pinned = engine
        .pin_task(&WorkspaceSelector::Current, &task_name("a"), &PinRequest::default())
        .unwrap();
    assert!(pinned.pinned);
    let note = |notes: &str, expected: Option<&str>| {
        let expected_notes = expected.map(str::to_owned);
        engine.set_notes(
            &WorkspaceSelector::Current,
            &task_name("a"),
            &NotesRequest { notes: notes.into(), expected_notes },
        )
    };
    note("first", Some("")).unwrap();
    let stale = note("second", Some("")).unwrap_err();
    assert!(stale.to_string().contains("changed elsewhere"), "{stale}");
    let text = fs::read_to_string(format!("{dir}/task_info.json")).unwrap();
    assert!(text.contains("\"notes\": \"first\"") && text.contains("\"pinned\": true"), "{text}");
}

#[test]
fn a_task_with_a_unicode_name_is_renamed_and_runs() {
    let project = Project::new();
    let engine = project.shell();
    shell_task(&engine, "a", "echo hi\n");
    shell_task(&engine, "taken", "true\n");
    let rename = |new_name: &str, name: &str| {
        engine.rename_task(
            &WorkspaceSelector::Current,
            &task_name(name),
            &RenameRequest { new_name: new_name.into() },
        )
    };
    assert!(rename("taken", "a").unwrap_err().to_string().contains("already exists"));
    let task = rename("训练 🚀 é", "a").unwrap();
    assert!(task.dir.ends_with("训练 🚀 é"));
    assert!(engine.get_task(&WorkspaceSelector::Current, &task_name("a")).is_err());
    assert_eq!(run(&engine, "训练 🚀 é").exit_codes, [Some(0)]);
}

#[test]
fn a_lost_task_of_a_drawn_batch_is_made_again_as_it_was() {
    let project = Project::new();
    let engine = project.script("train.py", SCRIPT);
    let preview = PreviewRequest {
        yaml_text: "lr: ~log(1e-5, 1) × 500\nepochs: 1:4\n".into(),
        when: "epochs != 3".into(),
        ..PreviewRequest::default()
    };
    let request = CreateRequest {
        preview,
        name_pattern: "s{#}".into(),
        append_timestamp: false,
        notes: "many".into(),
        ..CreateRequest::default()
    };
    let created = engine.create_batch(&WorkspaceSelector::Current, &request, false).unwrap();
    assert_eq!((created.count, created.first.as_str()), (1500, "s0001"));
    let batch = created.batch.unwrap();
    let config =
        |name: &str| engine.get_task(&WorkspaceSelector::Current, &task_name(name)).unwrap().config;
    let lost = config("s0777");
    let gone = TaskNamesRequest { task_names: vec!["s0777".into()] };
    engine.delete_batch(&WorkspaceSelector::Current, &gone).unwrap();
    let missing = RerunBatchRequest { failed: false, ..RerunBatchRequest::default() };
    let again =
        engine.rerun_batch(&WorkspaceSelector::Current, &batch_name(&batch), &missing).unwrap();
    assert_eq!(again.recreated, ["s0777"]);
    let task = engine.get_task(&WorkspaceSelector::Current, &task_name("s0777")).unwrap();
    assert_eq!((task.config, task.notes.as_str()), (lost, "many"));
}

#[test]
fn every_task_of_a_workspace_can_be_found_by_its_parameters() {
    let project = Project::new();
    let engine = project.script("train.py", SCRIPT);
    let batch = |yaml_text: &str, prefix: &str| {
        let preview = PreviewRequest { yaml_text: yaml_text.into(), ..PreviewRequest::default() };
        let request = CreateRequest {
            preview,
            name_prefix: prefix.into(),
            append_timestamp: false,
            ..CreateRequest::default()
        };
        engine.create_batch(&WorkspaceSelector::Current, &request, false).unwrap();
    };
    // Numbers keep all digits in files and in memory.
    let text = "lr: 0.12345678901234566 | 1e-7 | 30000000000000.004 | 0.30000000000000004\nepochs: 1:300\n";
    batch(text, "many");
    batch("lr: 0.25\nepochs: 7\n", "alone");
    let fingerprints = engine.fingerprints(&WorkspaceSelector::Current).unwrap();
    let found: HashMap<u64, &str> =
        fingerprints.offsets().map(|(it, place)| (it, fingerprints.name_at(place))).collect();
    assert_eq!((fingerprints.offsets().count(), found.len()), (1201, 1201));
    let grid = |text: &str| Grid::parse(&yaml::parse_mapping(text).unwrap(), None).unwrap();
    let many = grid(text);
    let mut wanted = GridFingerprints::new(&many);
    for place in 0..1200 {
        let fingerprint = wanted.nth(place).unwrap();
        assert_eq!(found[&fingerprint], format!("many_{}-of-1200", place + 1));
    }
    let single = grid("epochs: 7\nlr: 0.25\n");
    assert_eq!(found[&GridFingerprints::new(&single).nth(0).unwrap()], "alone");

    // Every task can be a template, although only the newest are listed.
    let offered = engine.find_templates(&WorkspaceSelector::Current, " ").unwrap();
    assert_eq!((offered.items.len(), offered.has_more), (101, true));
    assert_eq!(offered.items[100].label, "config_default.yaml");
    let found = engine.find_templates(&WorkspaceSelector::Current, "lr: 0.25").unwrap();
    assert_eq!((found.items.len(), found.has_more), (1, false));
    assert_eq!(found.items[0].value, "tasks/alone/config.yaml");

    // An edited config has another fingerprint, an unreadable one has none.
    let tasks = project.path().join("_pyruns_/train/tasks");
    fs::write(tasks.join("alone/config.yaml"), "lr: 0.5\nepochs: 7\n").unwrap();
    fs::write(tasks.join("many_1-of-1200/config.yaml"), "lr: [\n").unwrap();
    drop(engine);
    let engine = project.script("train.py", SCRIPT);
    wait_task(&engine, "alone", "read again", |task| task.config["lr"] == 0.5);
    wait_task(&engine, "many_1-of-1200", "found unreadable", |task| task.load_error.is_some());
    let fingerprints = engine.fingerprints(&WorkspaceSelector::Current).unwrap();
    assert_eq!(fingerprints.offsets().count(), 1200);
    let edited = grid("lr: 0.5\nepochs: 7\n");
    let edited = GridFingerprints::new(&edited).nth(0).unwrap();
    let name = fingerprints
        .offsets()
        .find(|(it, _)| *it == edited)
        .map(|(_, at)| fingerprints.name_at(at));
    assert_eq!(name, Some("alone"));
}
