//! Parses text into terminal actions. The state is kept between chunks, so that a sequence may be
//! split anywhere.

/// Maximum length of parameters; a longer sequence is not meant for a terminal.
const MAX_PARAMS: usize = 64;

/// One action of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action<'a> {
    /// A character to be shown.
    Print(char),
    /// `\n`
    LineFeed,
    /// `\r`
    Return,
    /// `\b`
    Back,
    /// A control sequence: its parameters and its final character.
    Control(&'a str, char),
}

/// The position within a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Text,
    /// After ESC.
    Escape,
    /// After ESC and a character that requires one more, such as `ESC ( B`.
    Charset,
    /// After ESC `[`.
    Control,
    /// In a string for the terminal: a title, a link.
    Command,
    /// After ESC inside such a string.
    CommandEscape,
}

/// Finds sequences in a text that arrives in chunks.
#[derive(Debug, Clone, Default)]
pub(super) struct Parser {
    state: State,
    params: String,
}

impl Parser {
    /// Processes a chunk of text and calls `act` for every action.
    pub(super) fn feed(&mut self, text: &str, mut act: impl FnMut(Action<'_>)) {
        for letter in text.chars() {
            self.take(letter, &mut act);
        }
    }

    fn take(&mut self, letter: char, act: &mut impl FnMut(Action<'_>)) {
        match (self.state, letter) {
            // An unterminated string must not hide the rest of the log.
            (State::Command | State::CommandEscape, '\n') => {
                self.state = State::Text;
                act(Action::LineFeed);
            }
            (State::Command, '\u{7}' | '\u{9c}') => self.state = State::Text,
            (State::Command, '\u{1b}') => self.state = State::CommandEscape,
            (State::Command, _) => {}
            (State::CommandEscape, '\\') => self.state = State::Text,
            (_, '\u{1b}') => self.state = State::Escape,
            (_, '\u{18}' | '\u{1a}') => self.state = State::Text,
            // Terminals execute these even within a sequence.
            (_, '\n') => act(Action::LineFeed),
            (_, '\r') => act(Action::Return),
            (_, '\u{8}') => act(Action::Back),
            (State::Text, '\t') => act(Action::Print(letter)),
            (_, letter) if letter.is_control() => {}
            (State::Text, letter) => act(Action::Print(letter)),
            (State::Escape | State::CommandEscape, letter) => self.escape(letter),
            (State::Charset, _) => self.state = State::Text,
            (State::Control, '\u{40}'..='\u{7e}') => {
                self.state = State::Text;
                act(Action::Control(&self.params, letter));
            }
            (State::Control, letter) => {
                if self.params.len() < MAX_PARAMS {
                    self.params.push(letter);
                }
            }
        }
    }

    fn escape(&mut self, letter: char) {
        self.state = match letter {
            '[' => {
                self.params.clear();
                State::Control
            }
            ']' | 'P' | 'X' | '^' | '_' => State::Command,
            '\u{20}'..='\u{2f}' => State::Charset,
            _ => State::Text,
        };
    }
}

/// The first parameter if it is a number, else `missing`.
pub(super) fn count(params: &str, missing: usize) -> usize {
    match params.split(';').next() {
        None | Some("") => missing,
        Some(first) => first.parse().unwrap_or(missing),
    }
}
