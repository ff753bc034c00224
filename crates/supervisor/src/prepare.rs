//! Prepares a run before the task's lock is taken.

use std::path::Path;

use common::TaskKind;
use common::settings::Settings;

use super::claim::Claim;
use super::plan::{self, Plan};
use crate::provenance::{self, NoteInput};
use store::Result;
use store::settings::read_settings;
use store::task::{TaskInfo, file};

/// A command that was built from the task before its lock was taken.
pub(crate) struct Prepared {
    pub settings: Settings,
    of: TaskInfo,
    plan: Result<Plan>,
}

/// Builds the command of a claimed run and writes its provenance note.
///
/// # Errors
/// When the task's file cannot be read.
pub(crate) fn prepare(claim: &Claim) -> Result<Prepared> {
    let (of, _) = file::read(&claim.dir)?;
    let settings = read_settings(&claim.pyruns_dir());
    let plan = plan::plan(claim, &of, &settings);
    if let (Ok(plan), true) = (&plan, settings.save_provenance) {
        note(claim, &of, plan, &settings);
    }
    Ok(Prepared { settings, of, plan })
}

impl Prepared {
    /// The command; it is built again if the task was changed in between.
    pub(crate) fn plan_for(self, claim: &Claim, info: &TaskInfo) -> Result<Plan> {
        let inputs = |info: &TaskInfo| {
            let env_from = info.options.env_from.clone();
            (info.env.clone(), env_from, info.script.clone(), info.task_kind)
        };
        if inputs(info) == inputs(&self.of) {
            return self.plan;
        }
        let plan = plan::plan(claim, info, &self.settings)?;
        if self.settings.save_provenance {
            note(claim, info, &plan, &self.settings);
        }
        Ok(plan)
    }
}

/// Writes the provenance note. On failure the run continues without one.
fn note(claim: &Claim, info: &TaskInfo, plan: &Plan, settings: &Settings) {
    let is_python = info.task_kind == TaskKind::Python;
    let text = |text: &std::ffi::OsStr| text.to_string_lossy().into_owned();
    let mut command = vec![text(plan.program.as_os_str())];
    command.extend(plan.args.iter().map(|arg| text(arg)));
    let result = provenance::write_note(&NoteInput {
        dir: &claim.dir,
        run_index: claim.run_index,
        pyruns_dir: &claim.pyruns_dir(),
        task_kind: info.task_kind,
        command,
        workdir: &plan.workdir,
        env: plan.env.iter().map(|(key, value)| (key.clone(), text(value))).collect(),
        env_from: plan::passed_on(info, settings),
        script: plan.args.first().filter(|_| is_python).map(Path::new),
        python: Some(plan.program.as_path()).filter(|_| is_python),
        gpus: &claim.gpus,
    });
    if let Err(error) = result {
        tracing::debug!(%error, "where the run comes from is not noted");
    }
}
