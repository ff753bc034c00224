//! Values of environment variables that are not shown unless somebody asks for them.

use std::collections::BTreeMap;

/// What is shown in place of a secret value. Sent back to the server it means the value that is stored.
pub const MASK: &str = "••••••";

/// What a name contains whose value is a secret.
const WORDS: [&str; 6] = ["KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL"];
/// Well-known names that contain one of the words and hold no secret.
const HARMLESS: [&str; 1] = ["TOKENIZERS_PARALLELISM"];

/// Whether the name of a variable looks like that of a secret: `WANDB_API_KEY`, `hf_token`.
#[must_use]
pub fn looks_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    WORDS.iter().any(|word| name.contains(word)) && !HARMLESS.contains(&name.as_str())
}

/// Replaces the values of secrets by [`MASK`]; answers their names, in order. Empty values are none.
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

/// Puts the stored values back in for those that are masked. What has a masked value and no stored one
/// cannot be meant.
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

/// Whether an environment, as somebody has seen it, is the stored one: masked or not.
#[must_use]
pub fn is_seen_as(seen: &BTreeMap<String, String>, stored: &BTreeMap<String, String>) -> bool {
    let same = |(name, value): (&String, &String)| {
        seen.get(name).is_some_and(|seen| seen == value || seen == MASK && looks_secret(name))
    };
    seen.len() == stored.len() && stored.iter().all(same)
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
        let mut shown = stored.clone();
        assert_eq!(mask(&mut shown), ["A_KEY"]);
        assert_eq!(shown, env(&[("A_KEY", MASK), ("B", "2"), ("C_TOKEN", "")]));
        assert!(is_seen_as(&shown, &stored) && is_seen_as(&stored, &stored));
        assert!(!is_seen_as(&env(&[("A_KEY", MASK)]), &stored));
        assert!(!is_seen_as(&env(&[("A_KEY", MASK), ("B", MASK), ("C_TOKEN", "")]), &stored));
        shown.insert("B".into(), "3".into());
        assert_eq!(unmask(&mut shown, &stored), Ok(()));
        assert_eq!(shown, env(&[("A_KEY", "s3cret"), ("B", "3"), ("C_TOKEN", "")]));
        assert_eq!(unmask(&mut env(&[("NEW_KEY", MASK)]), &stored), Err("NEW_KEY".to_owned()));
    }
}
