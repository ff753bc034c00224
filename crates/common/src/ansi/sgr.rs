//! "Select graphic rendition": the sequences that end in `m`.

use super::{Color, Style};

/// Applies the parameters of a sequence: `1;31`, `38;5;208`, `38:2::255:0:0`, nothing.
pub(super) fn apply(style: &mut Style, params: &str) {
    let mut groups = params.split(';');
    while let Some(group) = groups.next() {
        let mut parts = group.split(':');
        let code = number(parts.next().unwrap_or_default());
        let arguments: Vec<&str> = parts.collect();
        match code {
            Some(38 | 48) => {
                let color = match arguments.is_empty() {
                    true => color_after(&mut groups),
                    false => color_inside(&arguments),
                };
                match code {
                    Some(38) => style.fg = color.or(style.fg),
                    _ => style.bg = color.or(style.bg),
                }
            }
            // Underline colour: not shown, but its arguments must be skipped.
            Some(58) if arguments.is_empty() => drop(color_after(&mut groups)),
            Some(4) => style.underline = arguments.first() != Some(&"0"),
            Some(code) => switch(style, code),
            None => {}
        }
    }
}

/// The parameters that set a style, starting from the default.
pub(super) fn codes(style: &Style) -> String {
    let switches = [
        (style.bold, "1"),
        (style.dim, "2"),
        (style.italic, "3"),
        (style.underline, "4"),
        (style.inverse, "7"),
        (style.strike, "9"),
    ];
    let on = switches.into_iter().filter(|(on, _)| *on).map(|(_, code)| code.to_owned());
    let fg = style.fg.map(|color| color_code(color, 30));
    let bg = style.bg.map(|color| color_code(color, 40));
    on.chain(fg).chain(bg).collect::<Vec<_>>().join(";")
}

/// `base` is 30 for the foreground and 40 for the background.
fn color_code(color: Color, base: u8) -> String {
    match color {
        Color::Indexed(index @ 0..8) => (base + index).to_string(),
        Color::Indexed(index @ 8..16) => (base + 60 + index - 8).to_string(),
        Color::Indexed(index) => format!("{};5;{index}", base + 8),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", base + 8),
    }
}

fn switch(style: &mut Style, code: u8) {
    match code {
        0 => *style = Style::default(),
        1 => style.bold = true,
        2 => style.dim = true,
        3 => style.italic = true,
        7 => style.inverse = true,
        9 => style.strike = true,
        21 => style.underline = true,
        22 => (style.bold, style.dim) = (false, false),
        23 => style.italic = false,
        24 => style.underline = false,
        27 => style.inverse = false,
        29 => style.strike = false,
        30..=37 => style.fg = Some(Color::Indexed(code - 30)),
        39 => style.fg = None,
        40..=47 => style.bg = Some(Color::Indexed(code - 40)),
        49 => style.bg = None,
        90..=97 => style.fg = Some(Color::Indexed(code - 90 + 8)),
        100..=107 => style.bg = Some(Color::Indexed(code - 100 + 8)),
        _ => {}
    }
}

/// A missing number is 0.
fn number(text: &str) -> Option<u8> {
    if text.is_empty() { Some(0) } else { text.parse().ok() }
}

/// The colour in the groups after a 38: `5;208` or `2;255;0;0`.
fn color_after<'a>(groups: &mut impl Iterator<Item = &'a str>) -> Option<Color> {
    match groups.next()? {
        "5" => Some(Color::Indexed(number(groups.next()?)?)),
        "2" => {
            let (red, green, blue) = (groups.next()?, groups.next()?, groups.next()?);
            Some(Color::Rgb(number(red)?, number(green)?, number(blue)?))
        }
        _ => None,
    }
}

/// The colour inside one group: `5:208`, `2:255:0:0` or `2:<space>:255:0:0`.
fn color_inside(parts: &[&str]) -> Option<Color> {
    match *parts {
        ["5", index, ..] => Some(Color::Indexed(number(index)?)),
        ["2", red, green, blue] | ["2", _, red, green, blue, ..] => {
            Some(Color::Rgb(number(red)?, number(green)?, number(blue)?))
        }
        _ => None,
    }
}
