//! The colours of a terminal.

/// A colour set by a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Color {
    /// One of the 256 of a terminal; the first 16 are the theme's.
    Indexed(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// The channel levels of the 6 × 6 × 6 cube, colours 16 to 231.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Color {
    /// The index of a theme colour, 0 to 15.
    #[must_use]
    pub fn themed(self) -> Option<u8> {
        match self {
            Self::Indexed(index) if index < 16 => Some(index),
            _ => None,
        }
    }

    /// As a CSS colour.
    #[must_use]
    pub fn css(self) -> String {
        match self {
            Self::Indexed(index @ 0..16) => format!("var(--ansi-{index})"),
            Self::Indexed(index @ 16..232) => {
                let channel = |step: u8| CUBE[usize::from((index - 16) / step % 6)];
                rgb(channel(36), channel(6), channel(1))
            }
            Self::Indexed(index) => {
                let grey = 8 + 10 * (index - 232);
                rgb(grey, grey, grey)
            }
            Self::Rgb(red, green, blue) => rgb(red, green, blue),
        }
    }
}

fn rgb(red: u8, green: u8, blue: u8) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
