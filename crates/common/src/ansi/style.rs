//! The style of a text.

use super::Color;

/// Colours and attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a terminal has these switches, each by itself")]
pub struct Style {
    /// Foreground colour; `None` for the page's.
    pub fg: Option<Color>,
    /// Background colour.
    pub bg: Option<Color>,
    /// Bold.
    pub bold: bool,
    /// Faint.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck through.
    pub strike: bool,
    /// Foreground and background are swapped.
    pub inverse: bool,
}

impl Style {
    /// Whether it is the default style.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The CSS classes for theme colours and attributes: `fg-1 bg-4 ansi-bold`.
    #[must_use]
    pub fn class(&self) -> String {
        let (fg, bg) = self.displayed_colors();
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

    /// The inline CSS for explicit colours; usually empty.
    #[must_use]
    pub fn css(&self) -> String {
        let (fg, bg) = self.displayed_colors();
        let own = |name: &str, color: Option<Color>| {
            let color = color.filter(|color| color.themed().is_none());
            color.map(|color| format!("{name}:{};", color.css())).unwrap_or_default()
        };
        own("color", fg) + &own("background", bg)
    }

    fn displayed_colors(&self) -> (Option<Color>, Option<Color>) {
        if self.inverse { (self.bg, self.fg) } else { (self.fg, self.bg) }
    }
}
