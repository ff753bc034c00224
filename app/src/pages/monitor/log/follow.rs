//! Whether the view follows the end of a growing log.

/// Following, or paused at an earlier position while new lines are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follow {
    /// The end is always visible.
    On,
    /// The user has scrolled up.
    Paused {
        /// Number of lines received since.
        unseen: u64,
    },
}

impl Follow {
    /// Whether the view follows the end.
    #[must_use]
    pub fn is_on(self) -> bool {
        self == Self::On
    }

    /// Number of lines received since the user left the end.
    #[must_use]
    pub fn unseen(self) -> u64 {
        match self {
            Self::On => 0,
            Self::Paused { unseen } => unseen,
        }
    }

    /// The state after scrolling from `before_px` to `now_px`.
    ///
    /// Only scrolling up pauses: the position also changes when lines are evicted at the top
    /// or the window is resized, which is no action of the user.
    #[must_use]
    pub fn scrolled(self, before_px: f64, now_px: f64, at_end: bool) -> Self {
        match self {
            _ if at_end => Self::On,
            Self::On if now_px < before_px => Self::Paused { unseen: 0 },
            other => other,
        }
    }

    /// The state after lines were received.
    #[must_use]
    pub fn grown(self, lines: u64) -> Self {
        match self {
            Self::On => Self::On,
            Self::Paused { unseen } => Self::Paused { unseen: unseen + lines },
        }
    }

    /// The state after the switch was toggled.
    #[must_use]
    pub fn toggled(self) -> Self {
        if self.is_on() { Self::Paused { unseen: 0 } } else { Self::On }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_up_pauses_and_the_end_resumes() {
        let paused = Follow::On.scrolled(500.0, 480.0, false);
        assert_eq!(paused, Follow::Paused { unseen: 0 });
        assert_eq!(paused.grown(3).grown(4).unseen(), 7);
        assert_eq!(paused.grown(3).scrolled(480.0, 490.0, false).unseen(), 3);
        assert_eq!(paused.grown(3).scrolled(480.0, 520.0, true), Follow::On);
    }

    #[test]
    fn a_growing_log_does_not_pause() {
        assert_eq!(Follow::On.scrolled(500.0, 500.0, false), Follow::On);
        assert_eq!(Follow::On.grown(10), Follow::On);
    }

    #[test]
    fn the_switch_goes_both_ways() {
        assert_eq!(Follow::On.toggled().toggled(), Follow::On);
    }
}
