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
