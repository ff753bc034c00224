//! How a piece of text looks.

use super::Color;

/// Everything that colours a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a terminal has these switches, each by itself")]
pub struct Style {
    /// Colour of the letters; the page's where there is none.
    pub fg: Option<Color>,
    /// Colour behind them.
    pub bg: Option<Color>,
    /// Heavy.
    pub bold: bool,
    /// Faint.
    pub dim: bool,
    /// Slanted.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck through.
    pub strike: bool,
    /// Letters and ground change places.
    pub inverse: bool,
}

impl Style {
    /// Whether it is that of ordinary text.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The CSS classes for what the theme decides: `fg-1 bg-4 ansi-bold`.
    #[must_use]
    pub fn class(&self) -> String {
        let (fg, bg) = self.shown_colors();
        let themed = |name: &str, color: Option<Color>| {
            color.and_then(Color::themed).map(|index| format!("{name}-{index}"))
        };
        let switches = [
            (self.bold, "ansi-bold"),
            (self.dim, "ansi-dim"),
            (self.italic, "ansi-italic"),
            (self.underline, "ansi-underline"),
            (self.strike, "ansi-strike"),
            (self.inverse && (fg.is_none() || bg.is_none()), "ansi-inverse"),
        ];
        let colors = themed("fg", fg).into_iter().chain(themed("bg", bg));
        let on = switches.into_iter().filter(|(on, _)| *on).map(|(_, name)| name.to_owned());
        colors.chain(on).collect::<Vec<_>>().join(" ")
    }

    /// The inline CSS for what the program decided itself; empty for most texts.
    #[must_use]
    pub fn css(&self) -> String {
        let (fg, bg) = self.shown_colors();
        let own = |name: &str, color: Option<Color>| {
            let color = color.filter(|color| color.themed().is_none());
            color.map(|color| format!("{name}:{};", color.css())).unwrap_or_default()
        };
        own("color", fg) + &own("background", bg)
    }

    fn shown_colors(&self) -> (Option<Color>, Option<Color>) {
        if self.inverse { (self.bg, self.fg) } else { (self.fg, self.bg) }
    }
}
