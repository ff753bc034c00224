//! An auto-saved text with conflict detection.

/// The text in the field, and the known state of the stored text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NoteDraft {
    /// The text in the field.
    text: String,
    /// The stored text that the field is based on.
    base: String,
    /// The text that is being saved.
    saving: Option<String>,
    /// A conflicting text stored by another client.
    conflict: Option<String>,
}

/// The state of the field relative to the stored text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteState {
    /// Equal to the stored text.
    Saved,
    /// Changed and not saved.
    Unsaved,
    /// Being saved.
    Saving,
    /// Both texts have changed; the user must decide.
    Conflict,
}

impl NoteDraft {
    /// A field with the stored text.
    pub(super) fn new(stored: &str) -> Self {
        Self { text: stored.to_owned(), base: stored.to_owned(), ..Self::default() }
    }

    /// The text in the field.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The conflicting text, if the user must decide.
    pub(super) fn theirs(&self) -> Option<&str> {
        self.conflict.as_deref()
    }

    /// The state of the field.
    pub(super) fn state(&self) -> NoteState {
        match (&self.conflict, &self.saving) {
            (Some(_), _) => NoteState::Conflict,
            (None, Some(_)) => NoteState::Saving,
            (None, None) if self.text != self.base => NoteState::Unsaved,
            (None, None) => NoteState::Saved,
        }
    }

    /// Handles user input.
    pub(super) fn edit(&mut self, text: String) {
        self.text = text;
    }

    /// Begins to save if there are changes: the new text, and the text that must still be stored.
    pub(super) fn begin_save(&mut self) -> Option<(String, String)> {
        if self.state() != NoteState::Unsaved {
            return None;
        }
        self.saving = Some(self.text.clone());
        Some((self.text.clone(), self.base.clone()))
    }

    /// The save was accepted.
    pub(super) fn accepted(&mut self) {
        if let Some(saved) = self.saving.take() {
            self.base = saved;
        }
    }

    /// The save was refused, because `theirs` is stored.
    pub(super) fn refused(&mut self, theirs: String) {
        self.saving = None;
        if theirs == self.text {
            self.base = theirs;
        } else {
            self.conflict = Some(theirs);
        }
    }

    /// The request failed; it can be repeated.
    pub(super) fn failed(&mut self) {
        self.saving = None;
    }

    /// Handles a change of the stored text.
    pub(super) fn stored(&mut self, stored: &str) {
        if stored == self.base || self.saving.as_deref() == Some(stored) {
            return;
        }
        if self.text == self.base || self.text == stored {
            *self = Self::new(stored);
        } else {
            self.conflict = Some(stored.to_owned());
        }
    }

    /// Resolves the conflict with the field's text, which is unsaved again.
    pub(super) fn keep_mine(&mut self) {
        if let Some(theirs) = self.conflict.take() {
            self.base = theirs;
        }
    }

    /// Resolves the conflict with the stored text.
    pub(super) fn take_theirs(&mut self) {
        if let Some(theirs) = self.conflict.take() {
            *self = Self::new(&theirs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(stored: &str, text: &str) -> NoteDraft {
        let mut draft = NoteDraft::new(stored);
        draft.edit(text.to_owned());
        draft
    }

    #[test]
    fn a_save_names_what_it_replaces() {
        let mut draft = edited("a", "ab");
        assert_eq!(draft.begin_save(), Some(("ab".to_owned(), "a".to_owned())));
        assert_eq!(draft.begin_save(), None, "one at a time");
        draft.edit("abc".to_owned());
        draft.accepted();
        assert_eq!(draft.state(), NoteState::Unsaved, "what was written meanwhile is next");
        assert_eq!(draft.begin_save(), Some(("abc".to_owned(), "ab".to_owned())));
        draft.accepted();
        assert_eq!(draft.state(), NoteState::Saved);
    }

    #[test]
    fn news_reach_an_untouched_field() {
        let mut draft = NoteDraft::new("a");
        draft.stored("b");
        assert_eq!((draft.text(), draft.state()), ("b", NoteState::Saved));
    }

    #[test]
    fn a_conflict_is_never_overwritten_without_a_decision() {
        let mut mine = edited("a", "mine");
        mine.stored("theirs");
        assert_eq!((mine.state(), mine.theirs()), (NoteState::Conflict, Some("theirs")));
        assert_eq!(mine.begin_save(), None);
        let mut theirs = mine.clone();
        mine.keep_mine();
        assert_eq!(mine.begin_save(), Some(("mine".to_owned(), "theirs".to_owned())));
        theirs.take_theirs();
        assert_eq!((theirs.text(), theirs.state()), ("theirs", NoteState::Saved));
    }

    #[test]
    fn a_refusal_is_a_conflict_unless_both_wrote_the_same() {
        let mut draft = edited("a", "b");
        draft.begin_save();
        draft.refused("b".to_owned());
        assert_eq!(draft.state(), NoteState::Saved);
        draft.edit("c".to_owned());
        draft.begin_save();
        draft.refused("d".to_owned());
        assert_eq!(draft.theirs(), Some("d"));
    }

    #[test]
    fn the_echo_of_a_save_is_no_news() {
        let mut draft = edited("a", "b");
        draft.begin_save();
        draft.edit("bc".to_owned());
        draft.stored("b");
        draft.accepted();
        assert_eq!(draft.state(), NoteState::Unsaved);
        draft.failed();
        assert!(draft.begin_save().is_some());
    }
}
