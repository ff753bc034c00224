//! The shortcuts of the Manager.

/// The action of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Moves the cursor by a number of rows.
    Move(isize),
    /// Selects or deselects the task under the cursor.
    Choose,
    /// Opens the task under the cursor.
    Open,
    /// Focuses the search field.
    Search,
    /// Runs the selected tasks, or the one under the cursor.
    Run,
    /// Cancels the selected tasks, or the one under the cursor.
    Cancel,
    /// Clears the selection.
    Clear,
}

impl Shortcut {
    /// The action of a `KeyboardEvent.key`, for events outside fields and without modifiers.
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
