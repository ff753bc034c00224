//! The command line of a shell that passes arguments on unchanged.

use common::shell::{in_quotes, quoted};

/// A command line with these words: the shell passes them on unchanged.
pub(crate) fn command_line(words: &[&str]) -> String {
    // A quoted program is neither an assignment nor a keyword of the shell.
    let line = words.iter().enumerate().map(|(at, word)| match at == 0 && word.contains('=') {
        true => in_quotes(word),
        false => quoted(word),
    });
    line.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn plain_words_stay_readable() {
        assert_eq!(command_line(&["python", "train.py", "--lr=0.1"]), "python train.py --lr=0.1");
        assert_eq!(command_line(&["A=1", "b"]), "'A=1' b");
    }

    #[test]
    fn the_shell_passes_every_word_on() {
        let words =
            ["", "a b", "it's", "$HOME", "`x`", "\\", "*", "~", "!", "a\nb", "\"", "#", "é;&|<>"];
        let line = command_line(&[&["printf", "%s\\0"][..], &words].concat());
        let output = Command::new("sh").arg("-c").arg(line).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(printed.split_terminator('\0').collect::<Vec<_>>(), words);
    }
}
