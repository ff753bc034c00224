//! Contract tests that every launcher must pass.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use common::options::RunOptions;
use store::task::TaskDir;

use super::scripted::Scripted;
use super::{Job, JobId, Launcher, Local, Notify};

const TIMEOUT: Duration = Duration::from_secs(20);

/// A launcher under test: how an instance is created, and how its `n`-th job is ended externally.
struct Subject<'a> {
    make: &'a dyn Fn() -> Box<dyn Launcher>,
    end: &'a dyn Fn(usize),
}

fn jobs(folder: &Path, count: usize) -> Vec<Job> {
    let job = |n: usize| {
        let dir = TaskDir::at(&folder.join(format!("tasks/t{n}"))).unwrap();
        fs::create_dir_all(dir.path()).unwrap();
        Job { dir, options: RunOptions::default(), gpus: Vec::new() }
    };
    (0..count).map(job).collect()
}

fn until_gone(launcher: &mut dyn Launcher, id: &JobId) {
    let deadline = Instant::now() + TIMEOUT;
    loop {
        let states = launcher.poll(std::slice::from_ref(id)).unwrap();
        if !states.contains_key(id) {
            return;
        }
        assert!(Instant::now() < deadline, "job {id} does not end");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn check_contract(folder: &Path, subject: &Subject<'_>) {
    let mut launcher = (subject.make)();
    let jobs = jobs(folder, 3);
    let ids: Vec<JobId> =
        launcher.submit(&jobs).into_iter().collect::<Result<_, _>>().expect("all are taken");
    assert_eq!(ids.len(), 3, "one id for each job");
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2], "{ids:?}");
    let states = launcher.poll(&ids).unwrap();
    assert!(ids.iter().all(|id| states.contains_key(id)), "{states:?}");

    (subject.end)(0);
    until_gone(&mut *launcher, &ids[0]);
    let left = launcher.poll(&ids[1..]).unwrap();
    assert!(ids[1..].iter().all(|id| left.contains_key(id)), "{left:?}");

    launcher.cancel(&ids[1..2]).unwrap();
    (subject.end)(1);
    until_gone(&mut *launcher, &ids[1]);
    // Ended and unknown jobs can be polled and cancelled.
    let unknown = JobId("4711".into());
    launcher.cancel(&[unknown.clone(), ids[0].clone()]).unwrap();
    assert!(launcher.poll(std::slice::from_ref(&unknown)).unwrap().is_empty());

    if launcher.outlives_server() {
        drop(launcher);
        launcher = (subject.make)();
        assert!(launcher.poll(&ids[2..]).unwrap().contains_key(&ids[2]));
    }
    (subject.end)(2);
    until_gone(&mut *launcher, &ids[2]);
    assert!(launcher.submit(&[]).is_empty());
}

/// Checks a launcher that starts `pyr` on this machine and notifies.
fn check_processes(make: fn(PathBuf, Notify) -> Box<dyn Launcher>) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("pyr");
    let script = "#!/bin/sh\nwhile [ ! -e \"$2/stop\" ]; do sleep 0.01; done\n";
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let notified = Arc::new(AtomicU32::new(0));
    let count = notified.clone();
    let notify: Notify = Arc::new(move || {
        count.fetch_add(1, Ordering::SeqCst);
    });
    let make = || make(program.clone(), notify.clone());
    let end = |n: usize| fs::write(folder.path().join(format!("tasks/t{n}/stop")), "").unwrap();
    check_contract(folder.path(), &Subject { make: &make, end: &end });
    assert!(notified.load(Ordering::SeqCst) >= 3, "the end of each job is announced");
}

#[test]
fn supervisors_of_this_machine() {
    check_processes(|program, notify| Box::new(Local::new(program, notify)));
}

#[test]
fn gpus_are_passed_to_the_supervisor() {
    let folder = tempfile::tempdir().unwrap();
    let job = Job { gpus: vec![0, 2], ..jobs(folder.path(), 1).remove(0) };
    let dir = job.dir.path().to_owned();
    let expected = ["supervise".as_ref(), dir.as_os_str(), "--gpus".as_ref(), "0,2".as_ref()];
    assert_eq!(job.arguments(), expected);
}

#[test]
fn a_program_that_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut local = Local::new(folder.path().join("nothing"), Arc::new(|| {}));
    let results = local.submit(&jobs(folder.path(), 1));
    let refused = results.into_iter().next().unwrap().unwrap_err();
    assert!(refused.to_string().contains("could not be started"), "{refused}");
}

#[test]
fn jobs_of_a_cluster() {
    let folder = tempfile::tempdir().unwrap();
    let scripted = Scripted::default();
    let make = || -> Box<dyn Launcher> { Box::new(scripted.clone()) };
    let end = |n: usize| scripted.cluster().jobs[n].1 = None;
    check_contract(folder.path(), &Subject { make: &make, end: &end });
}
