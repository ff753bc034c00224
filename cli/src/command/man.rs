//! `pyr man`: writes the manual pages.

use std::path::PathBuf;

use clap::{Args, Command};

use super::failure::Failure;
use super::output::print_line;

/// `pyr man`
#[derive(Debug, Args)]
#[command(after_help = "pyr man ~/.local/share/man/man1")]
pub(crate) struct ManArgs {
    /// The folder of the pages; it is created if it does not exist.
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
}

/// Writes `pyr.1` and a page for each verb, such as `pyr-run.1`, and prints their paths.
///
/// # Errors
/// If a page cannot be written.
pub(crate) fn man(arguments: &ManArgs, pyr: Command) -> Result<(), Failure> {
    let dir = &arguments.dir;
    std::fs::create_dir_all(dir)
        .map_err(|error| format!("creating the folder {}: {error}", dir.display()))?;
    for (name, page) in pages(pyr)? {
        let path = dir.join(name);
        engine::write_atomic(&path, &page)?;
        print_line(&path.display().to_string());
    }
    Ok(())
}

/// The file name and text of each page. Hidden verbs have none.
fn pages(mut pyr: Command) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    pyr.build();
    let mut commands = vec![("pyr".to_owned(), pyr.clone())];
    for verb in pyr.get_subcommands().filter(|verb| !verb.is_hide_set()) {
        commands.push((format!("pyr-{}", verb.get_name()), verb.clone()));
    }
    let mut pages = Vec::new();
    for (name, command) in commands {
        let mut page = Vec::new();
        clap_mangen::Man::new(command.display_name(name.clone())).render(&mut page)?;
        pages.push((format!("{name}.1"), page));
    }
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_visible_verb_has_a_page() {
        let verbs =
            [Command::new("run").arg(clap::arg!(--detach)), Command::new("supervise").hide(true)];
        let pages = pages(Command::new("pyr").subcommands(verbs)).unwrap();
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(&names[..2], ["pyr.1", "pyr-run.1"]);
        assert!(!names.contains(&"pyr-supervise.1"));
        let text = |at: usize| String::from_utf8(pages[at].1.clone()).unwrap();
        assert!(text(0).contains("pyr\\-run(1)"), "{}", text(0));
        assert!(text(1).contains("\\-\\-detach"), "{}", text(1));
    }
}
