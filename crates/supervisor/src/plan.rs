//! The command of a run: program, arguments, working folder, environment. All of it is read from
//! disk.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use common::TaskKind;
use common::launcher::ConfigSource;
use common::message::EndText;
use common::settings::Settings;
use common::{secret, shell};

use super::claim::Claim;
use crate::python_module;
use crate::script_error::script_error;
use script::shell_runtime;
use script::{argparse, argv, interpreter};
use store::script_info::ScriptInfo;
use store::task::TaskInfo;
use store::{Error, Result};

/// A command that is ready to be started.
pub(crate) struct Plan {
    pub program: PathBuf,
    pub args: Vec<OsString>,
    pub workdir: PathBuf,
    /// Variables set in addition to the inherited environment.
    pub env: BTreeMap<String, OsString>,
    /// Variables removed from the inherited environment.
    pub unset: Vec<&'static str>,
}

/// The command as a line, with the values of options that look like secrets masked.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.program.display())?;
        let mut args: Vec<String> =
            self.args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
        secret::mask_arguments(&mut args, |_| secret::MASK.to_owned());
        args.iter().try_for_each(|arg| write!(f, " {}", shell::quoted(arg)))
    }
}

/// Builds the command of a claimed run.
pub(crate) fn plan(claim: &Claim, info: &TaskInfo, settings: &Settings) -> Result<Plan> {
    let root = claim.workspace_root();
    let env = environment(claim, info, &root, settings)?;
    match info.task_kind {
        TaskKind::Python => python(claim, info, &root, settings, env),
        TaskKind::Shell => shell(claim, settings, env),
    }
}

fn python(
    claim: &Claim,
    info: &TaskInfo,
    root: &Path,
    settings: &Settings,
    env: BTreeMap<String, OsString>,
) -> Result<Plan> {
    let script = match info.script.as_deref().filter(|script| !script.is_empty()) {
        Some(script) => PathBuf::from(script),
        None => PathBuf::from(ScriptInfo::read(root).script_path),
    };
    if !script.is_file() {
        return Err(Error::invalid(EndText::NoScript.fill(&[&script.display()])));
    }
    let form = argparse::read_script(&script).map_err(script_error)?;
    let mut args = vec![script.clone().into_os_string()];
    // Scripts with other parsers (click, fire, …) are recognised as unknown and take `--key value`
    // too.
    if matches!(form.source, ConfigSource::Argparse | ConfigSource::Unknown) {
        let text = claim.dir.config_text(TaskKind::Python)?;
        let config = common::yaml::parse_mapping(&text)
            .map_err(|error| Error::invalid(EndText::BadConfig.fill(&[&error])))?;
        args.extend(argv::build(&form, &config).into_iter().map(OsString::from));
    }
    let workdir = script.parent().unwrap_or(Path::new("/")).to_owned();
    let program = interpreter::python(settings).map_err(script_error)?;
    Ok(Plan { program, args, workdir, env, unset: Vec::new() })
}

fn shell(claim: &Claim, settings: &Settings, env: BTreeMap<String, OsString>) -> Result<Plan> {
    let runtime = shell_runtime(settings);
    if !runtime.available {
        return Err(Error::invalid(EndText::NoShell.fill(&[&runtime.executable])));
    }
    let script = claim.dir.config(TaskKind::Shell.config_file());
    let project = claim.pyruns_dir().parent().unwrap_or(Path::new("/")).to_owned();
    Ok(Plan {
        program: PathBuf::from(runtime.executable),
        args: vec![script.into_os_string()],
        workdir: project,
        env,
        // If the server itself runs inside a task, that task's config must not be inherited.
        unset: vec!["__PYRUNS_CONFIG__"],
    })
}

/// Names of the variables that a run inherits from the server's environment, without those that its
/// task sets.
pub(crate) fn passed_on(info: &TaskInfo, settings: &Settings) -> BTreeSet<String> {
    let names = settings.env_from.iter().chain(&info.options.env_from);
    names.filter(|name| !info.env.contains_key(*name)).cloned().collect()
}

/// The environment of a run, lowest priority first: settings, variables of every run, the task's
/// own.
fn environment(
    claim: &Claim,
    info: &TaskInfo,
    root: &Path,
    settings: &Settings,
) -> Result<BTreeMap<String, OsString>> {
    let mut env: BTreeMap<String, OsString> = BTreeMap::new();
    env.extend(settings.global_env.iter().map(|(key, value)| (key.clone(), value.into())));
    for name in passed_on(info, settings) {
        if std::env::var_os(&name).is_none() {
            return Err(Error::invalid(EndText::NoVariable.fill(&[&name])));
        }
        // Inherited by the child: the value is not written to any file.
        env.remove(&name);
    }
    let mut put = |key: &str, value: OsString| env.insert(key.to_owned(), value);
    put("PYTHONIOENCODING", "utf-8".into());
    put("PYTHONUTF8", "1".into());
    put("PYTHONUNBUFFERED", "1".into());
    put("__PYRUNS_ROOT__", root.as_os_str().to_owned());
    put("PYRUNS_RUN_INDEX", claim.run_index.to_string().into());
    if !claim.gpus.is_empty() {
        let indexes: Vec<String> = claim.gpus.iter().map(u32::to_string).collect();
        // CUDA otherwise orders GPUs by speed instead of by PCI address.
        put("CUDA_DEVICE_ORDER", "PCI_BUS_ID".into());
        put("CUDA_VISIBLE_DEVICES", indexes.join(",").into());
    }
    put("PYRUNS_TASK_DIR", claim.dir.path().as_os_str().to_owned());
    if info.task_kind == TaskKind::Python {
        put("__PYRUNS_CONFIG__", claim.dir.config("config.yaml").into_os_string());
    }
    env.extend(info.env.iter().map(|(key, value)| (key.clone(), value.into())));
    // Appended last, so that the user's own module of the same name takes precedence.
    let inherited = env.get("PYTHONPATH").cloned().or_else(|| std::env::var_os("PYTHONPATH"));
    let ours = python_module::install(&claim.pyruns_dir())?;
    let path = match inherited.filter(|path| !path.is_empty()) {
        Some(mut path) => {
            path.push(":");
            path.push(&ours);
            path
        }
        None => ours.into_os_string(),
    };
    env.insert("PYTHONPATH".to_owned(), path);
    Ok(env)
}
