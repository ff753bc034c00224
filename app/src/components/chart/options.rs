//! The drawing options of all charts of a page, and their representation in the URL.

use common::metric::XAxis;

use crate::js::chart::{ChartOptions, XKind};
use crate::url_query::UrlQuery;

/// How the values of an axis are formatted.
fn kind(axis: &XAxis) -> XKind {
    match axis {
        XAxis::Elapsed => XKind::Duration,
        XAxis::Time => XKind::Clock,
        _ => XKind::Number,
    }
}

/// The drawing options of a board.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BoardOptions {
    /// The x axis.
    pub x: XAxis,
    /// Logarithmic x axis.
    pub log_x: bool,
    /// Logarithmic y axis.
    pub log_y: bool,
    /// Weight of the exponential moving average, per cent, 0 to 99.
    pub smoothing_pct: u8,
    /// Whether outliers are excluded from the y range.
    pub clip: bool,
    /// Only keys that contain all of these words are displayed.
    pub filter: String,
}

impl BoardOptions {
    /// Reads the options from a URL; missing and invalid values become the default.
    #[must_use]
    pub fn read(query: &UrlQuery) -> Self {
        let is_on = |key| query.get(key) == Some("1");
        let smoothing = query.get("smooth").and_then(|text| text.parse::<u8>().ok());
        Self {
            x: XAxis::parse(query.get("x").unwrap_or_default()),
            log_x: is_on("logx"),
            log_y: is_on("logy"),
            smoothing_pct: smoothing.unwrap_or(0).min(99),
            clip: is_on("clip"),
            filter: query.get("keys").unwrap_or_default().to_owned(),
        }
    }

    /// Writes the options into a URL and keeps the other keys.
    #[must_use]
    pub fn write(&self, query: UrlQuery) -> UrlQuery {
        let flag = |on: bool| on.then_some("1");
        let smoothing = (self.smoothing_pct > 0).then(|| self.smoothing_pct.to_string());
        let x = Some(self.x.to_string()).filter(|word| word != "step");
        query
            .with("x", x.as_deref())
            .with("logx", flag(self.log_x))
            .with("logy", flag(self.log_y))
            .with("smooth", smoothing.as_deref())
            .with("clip", flag(self.clip))
            .with("keys", Some(&self.filter))
    }

    /// Converts to the options of one chart. `non_finite` holds the texts of the marks for non-finite values:
    /// [`ChartOptions::non_finite_since`] and [`ChartOptions::non_finite_at`].
    #[must_use]
    pub fn chart_options(&self, x_label: &str, non_finite: [&str; 2]) -> ChartOptions {
        let [non_finite_since, non_finite_at] = non_finite.map(str::to_owned);
        ChartOptions {
            x_kind: kind(&self.x),
            x_label: x_label.to_owned(),
            log_x: self.log_x && kind(&self.x) == XKind::Number,
            log_y: self.log_y,
            smoothing: f64::from(self.smoothing_pct) / 100.0,
            clip: self.clip,
            non_finite_since,
            non_finite_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_options_survive_the_url() {
        let options = BoardOptions {
            x: XAxis::Key("train/samples & more".to_owned()),
            log_x: true,
            log_y: true,
            smoothing_pct: 60,
            clip: true,
            filter: "val loss".to_owned(),
        };
        let search = options.write(UrlQuery::parse("?ws=a&tab=charts")).to_search();
        assert_eq!(BoardOptions::read(&UrlQuery::parse(&search)), options);
        assert_eq!(BoardOptions::default().write(UrlQuery::default()).to_search(), "");
    }

    #[test]
    fn a_hand_written_url_does_no_harm() {
        let options = BoardOptions::read(&UrlQuery::parse("smooth=400&logy=yes"));
        assert_eq!(options, BoardOptions::default());
        assert_eq!(BoardOptions::read(&UrlQuery::parse("smooth=100")).smoothing_pct, 99);
    }

    #[test]
    fn time_has_no_logarithm() {
        let options = BoardOptions { x: XAxis::Time, log_x: true, ..BoardOptions::default() };
        assert!(!options.chart_options("time", ["", ""]).log_x);
    }
}
