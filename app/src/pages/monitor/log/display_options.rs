//! The display options of logs, stored in the browser for all logs.

use leptos::prelude::*;

/// The time displayed beside each line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Times {
    /// No time.
    #[default]
    Off,
    /// Time of day.
    Clock,
    /// Time since the start of the run.
    SinceStart,
}

/// The options; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct DisplayOptions {
    pub(super) wrap: RwSignal<bool>,
    pub(super) fold: RwSignal<bool>,
    pub(super) times: RwSignal<Times>,
    /// Font size.
    pub(super) font_px: RwSignal<u32>,
}

/// The key in the local storage.
const KEY: &str = "pyruns.log";
const FONT_PX: u32 = 12;

impl DisplayOptions {
    pub(super) fn new() -> Self {
        let display = Self {
            wrap: RwSignal::new(true),
            fold: RwSignal::new(false),
            times: RwSignal::new(Times::Off),
            font_px: RwSignal::new(FONT_PX),
        };
        display.remember();
        display
    }

    /// Increases or decreases the font size.
    pub(super) fn resize(self, larger: bool) {
        self.font_px.update(|px| {
            let wanted = if larger { *px + 1 } else { px.saturating_sub(1) };
            *px = wanted.clamp(9, 22);
        });
    }

    /// Restores the stored options and stores changes. Effects run in the browser only, so that
    /// hydration starts with the defaults that the server rendered.
    fn remember(self) {
        let storage = || window().local_storage().ok().flatten();
        Effect::new(move |before: Option<()>| {
            if before.is_none()
                && let Some(text) = storage().and_then(|it| it.get_item(KEY).ok().flatten())
            {
                self.read(&text);
            }
            let text = self.write();
            if before.is_some()
                && let Some(storage) = storage()
            {
                // Fails if the user blocks storage: the choice then applies to this page only.
                let _ = storage.set_item(KEY, &text);
            }
        });
    }

    fn write(self) -> String {
        let times = match self.times.get() {
            Times::Off => "off",
            Times::Clock => "clock",
            Times::SinceStart => "since",
        };
        format!("{} {} {times} {}", self.wrap.get(), self.fold.get(), self.font_px.get())
    }

    fn read(self, text: &str) {
        let mut words = text.split(' ');
        let mut next = || words.next().unwrap_or_default();
        self.wrap.set(next() != "false");
        self.fold.set(next() == "true");
        self.times.set(match next() {
            "clock" => Times::Clock,
            "since" => Times::SinceStart,
            _ => Times::Off,
        });
        self.font_px.set(next().parse().map_or(FONT_PX, |px: u32| px.clamp(9, 22)));
    }
}
