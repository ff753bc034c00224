//! The Manager's keys.

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Moves the cursor by so many rows.
    Move(isize),
    /// Chooses the task under the cursor, or lets it go.
    Choose,
    /// Opens it.
    Open,
    /// Puts the caret into the search box.
    Search,
    /// Runs the chosen tasks, or the one under the cursor.
    Run,
    /// Cancels them.
    Cancel,
    /// Lets all chosen tasks go.
    Clear,
}

impl Shortcut {
    /// The meaning of a key by its `KeyboardEvent.key`, for events outside of fields and without modifiers.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "j" | "ArrowDown" => Self::Move(1),
            "k" | "ArrowUp" => Self::Move(-1),
            "x" => Self::Choose,
            "Enter" => Self::Open,
            "/" => Self::Search,
            "r" => Self::Run,
            "c" => Self::Cancel,
            "Escape" => Self::Clear,
            _ => return None,
        })
    }
}
