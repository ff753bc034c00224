//! Values of environment variables that are hidden by default.

use std::collections::BTreeMap;

/// Shown in place of a secret value. When a client sends it back, the stored value is kept.
pub const MASK: &str = "••••••";

/// Words in the names of variables with secret values.
const WORDS: [&str; 6] = ["KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL"];
/// Well-known names that contain one of the words but are not secret.
const HARMLESS: [&str; 1] = ["TOKENIZERS_PARALLELISM"];

/// Whether the name of a variable looks like that of a secret: `WANDB_API_KEY`, `hf_token`.
#[must_use]
pub fn looks_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    WORDS.iter().any(|word| name.contains(word)) && !HARMLESS.contains(&name.as_str())
}

/// Replaces the values of secrets by [`MASK`]; returns their names, in order. Empty values are not
/// secret.
pub fn mask(env: &mut BTreeMap<String, String>) -> Vec<String> {
    let mut masked = Vec::new();
    for (name, value) in env.iter_mut() {
        if !value.is_empty() && looks_secret(name) {
            MASK.clone_into(value);
            masked.push(name.clone());
        }
    }
    masked
}

/// Replaces the values of options with secret names in the arguments of a command: `--api-key X`,
/// `--api-key=X`, and each of several values. Numbers and truth values are kept: `--max-tokens 512`
/// is no secret.
pub fn mask_arguments(arguments: &mut [String], mask: impl Fn(&str) -> String) {
    let mut is_secret = false;
    for argument in arguments {
        if let Some(option) = option_name(argument) {
            let named = option.split_once('=');
            let name = named.map_or(option, |(name, _)| name);
            is_secret = looks_secret(name) && named.is_none();
            if let Some((name, value)) = named
                && looks_secret(name)
                && may_be_secret(value)
            {
                let start = argument.len() - value.len();
                let masked = mask(value);
                argument.replace_range(start.., &masked);
            }
        } else if is_secret && may_be_secret(argument) {
            *argument = mask(argument);
        }
    }
}

/// The name of an option, with its value if it is in the same argument; a negative number is none.
fn option_name(argument: &str) -> Option<&str> {
    let name = argument.strip_prefix('-')?;
    let name = name.strip_prefix('-').unwrap_or(name);
    name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_').then_some(name)
}

/// Whether a value can be a secret: numbers, truth values and what is masked already cannot.
fn may_be_secret(value: &str) -> bool {
    !value.is_empty()
        && !value.starts_with(MASK)
        && value.parse::<f64>().is_err()
        && !["true", "false", "none", "null"].contains(&value.to_ascii_lowercase().as_str())
}

/// Restores the stored values of masked variables. A masked value without a stored one is an error.
///
/// # Errors
/// The name of the first such variable.
pub fn unmask(
    env: &mut BTreeMap<String, String>,
    stored: &BTreeMap<String, String>,
) -> Result<(), String> {
    for (name, value) in env.iter_mut().filter(|(_, value)| *value == MASK) {
        match stored.get(name) {
            Some(known) => value.clone_from(known),
            None => return Err(name.clone()),
        }
    }
    Ok(())
}

/// Whether an environment, as sent to a client, is the stored one: masked or not.
#[must_use]
pub fn is_seen_as(sent: &BTreeMap<String, String>, stored: &BTreeMap<String, String>) -> bool {
    let same = |(name, value): (&String, &String)| {
        sent.get(name).is_some_and(|sent| sent == value || sent == MASK && looks_secret(name))
    };
    sent.len() == stored.len() && stored.iter().all(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn names_of_secrets_are_known_in_any_case() {
        for name in ["WANDB_API_KEY", "hf_token", "My_Secret", "DB_PASSWORD", "AWS_CREDENTIALS"] {
            assert!(looks_secret(name), "{name}");
        }
        for name in ["OMP_NUM_THREADS", "", "PATH", "tokenizers_parallelism"] {
            assert!(!looks_secret(name), "{name}");
        }
    }

    #[test]
    fn options_with_secret_names_lose_their_values_and_numbers_stay() {
        let words = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        for (command, expected) in [
            ("--api-key abc --lr 0.1", "--api-key * --lr 0.1"),
            ("train.py key --hf_token=abc", "train.py key --hf_token=*"),
            ("--keys a b --x c", "--keys * * --x c"),
            (
                "--max-tokens 512 --key=-1 --use-token True",
                "--max-tokens 512 --key=-1 --use-token True",
            ),
            ("--password -password", "--password -password"),
            (
                "--token= --token \u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}",
                "--token= --token \u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}",
            ),
        ] {
            let mut arguments = words(command);
            mask_arguments(&mut arguments, |_| "*".to_owned());
            assert_eq!(arguments, words(expected));
        }
    }

    #[test]
    fn masked_values_come_back_as_the_stored_ones() {
        let stored = env(&[("A_KEY", "s3cret"), ("B", "2"), ("C_TOKEN", "")]);
        let mut displayed = stored.clone();
        assert_eq!(mask(&mut displayed), ["A_KEY"]);
        assert_eq!(displayed, env(&[("A_KEY", MASK), ("B", "2"), ("C_TOKEN", "")]));
        assert!(is_seen_as(&displayed, &stored) && is_seen_as(&stored, &stored));
        assert!(!is_seen_as(&env(&[("A_KEY", MASK)]), &stored));
        assert!(!is_seen_as(&env(&[("A_KEY", MASK), ("B", MASK), ("C_TOKEN", "")]), &stored));
        displayed.insert("B".into(), "3".into());
        assert_eq!(unmask(&mut displayed, &stored), Ok(()));
        assert_eq!(displayed, env(&[("A_KEY", "s3cret"), ("B", "3"), ("C_TOKEN", "")]));
        assert_eq!(unmask(&mut env(&[("NEW_KEY", MASK)]), &stored), Err("NEW_KEY".to_owned()));
    }
}
