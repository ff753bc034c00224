//! `pyr token`: prints the project's token.

use super::failure::Failure;
use super::global_args::GlobalArgs;
use super::open::Target;
use super::output::print_line;
use super::project_args::ProjectArgs;

/// Prints the token, and creates it if there is none.
///
/// # Errors
/// If the target does not exist, or the token cannot be read or written.
pub(crate) fn token(global: &GlobalArgs, arguments: &ProjectArgs) -> Result<(), Failure> {
    let target = Target::of(global, arguments.target.as_deref())?;
    print_line(engine::project_token(&target.project_dir()?)?.as_str());
    Ok(())
}
