//! Confirmation of commands that destroy or end something.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::Args;
use common::TaskName;

use super::failure::{ExitStatus, Failure};

/// Maximum number of names in the question.
const MAX_NAMES: usize = 10;

/// `-y`
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct ConfirmArgs {
    /// Do not ask for confirmation.
    #[arg(short = 'y', long)]
    pub(crate) yes: bool,
}

impl ConfirmArgs {
    /// Asks on a terminal if more than one task is affected; elsewhere `-y` is required. `action` has `{}` where the
    /// number of tasks is.
    ///
    /// # Errors
    /// If the user declines, or nobody can be asked.
    pub(crate) fn confirm(self, action: &str, names: &[TaskName]) -> Result<(), Failure> {
        if self.yes || names.len() < 2 {
            return Ok(());
        }
        let question = question(action, names);
        if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
            return Err(Failure::refused(format!("{question} Confirm with -y.")));
        }
        let mut terminal = io::stderr();
        write!(terminal, "{question} [y/N] ")?;
        terminal.flush()?;
        let mut reply = String::new();
        io::stdin().lock().read_line(&mut reply)?;
        match reply.trim().to_lowercase().as_str() {
            "y" | "yes" => Ok(()),
            _ => Err(Failure::new(ExitStatus::Refused, "Nothing was changed.")),
        }
    }
}

fn question(action: &str, names: &[TaskName]) -> String {
    let listed: Vec<&str> = names.iter().take(MAX_NAMES).map(TaskName::as_str).collect();
    let more = names.len().saturating_sub(MAX_NAMES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let action = action.replace("{}", &format!("{} tasks", names.len()));
    format!("{action}: {}{more}?", listed.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_names_the_tasks() {
        let names: Vec<TaskName> =
            (1..=12).map(|n| TaskName::new(&format!("t{n}")).unwrap()).collect();
        assert_eq!(question("Cancel {}", &names[..2]), "Cancel 2 tasks: t1, t2?");
        assert!(question("Cancel {}", &names).ends_with("t10 and 2 more?"));
    }
}
