//! Text → what it does to a terminal. The state outlives a piece of text, so that a sequence may
//! be cut anywhere.

/// The longest parameters that are kept; what sends more means no terminal.
const MAX_PARAMS: usize = 64;

/// One thing that a text does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action<'a> {
    /// A letter to be shown.
    Print(char),
    /// `\n`
    LineFeed,
    /// `\r`
    Return,
    /// `\b`
    Back,
    /// A control sequence: its parameters and its last letter.
    Control(&'a str, char),
}

/// Where in a sequence the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Text,
    /// After ESC.
    Escape,
    /// After ESC and a character that needs one more, such as `ESC ( B`.
    Charset,
    /// After ESC `[`.
    Control,
    /// In a string for the terminal: a title, a link.
    Command,
    /// After ESC inside such a string.
    CommandEscape,
}

/// Finds sequences in a text that arrives in pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct Parser {
    state: State,
    params: String,
}

impl Parser {
    /// Takes a piece of text and calls `act` for everything that it does.
    pub(super) fn feed(&mut self, text: &str, mut act: impl FnMut(Action<'_>)) {
        for letter in text.chars() {
            self.take(letter, &mut act);
        }
    }

    fn take(&mut self, letter: char, act: &mut impl FnMut(Action<'_>)) {
        match (self.state, letter) {
            // A string that is never ended must not hide the rest of the log.
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
            // A terminal obeys these even within a sequence.
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

/// The first parameter, where it is a number.
pub(super) fn count(params: &str, missing: usize) -> usize {
    match params.split(';').next() {
        None | Some("") => missing,
        Some(first) => first.parse().unwrap_or(missing),
    }
}
