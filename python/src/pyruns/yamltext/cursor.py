"""A position in the text that is being parsed."""

from __future__ import annotations

from typing import NoReturn, Optional

from .error import YamlError

#: After the last character.
END = "\0"
#: What may follow an indicator such as ``-`` or ``:``. A tab there is a separate error.
GAP = " \t\n" + END
#: A key and its ``:`` may be this many characters apart, as in PyYAML.
MAX_KEY_LENGTH = 1024


class Cursor:
    """Text with ``\\n`` line breaks only, and a position in it."""

    def __init__(self, text: str) -> None:
        self.text = text + END
        self.place = 0

    @property
    def column(self) -> int:
        """Characters before the position on its line."""
        return self.place - (self.text.rfind("\n", 0, self.place) + 1)

    def peek(self, ahead: int = 0) -> str:
        """The character ``ahead`` of the position; ``END`` beyond the text."""
        at = self.place + ahead
        return self.text[at] if at < len(self.text) else END

    def at_indicator(self, character: str) -> bool:
        """Whether ``character`` is here and stands alone."""
        return self.peek() == character and self.peek(1) in GAP

    def at_marker(self) -> bool:
        """Whether a line of ``---`` or ``...`` begins here."""
        here = self.text[self.place : self.place + 3]
        return here in ("---", "...") and self.peek(3) in GAP and self.column == 0

    def at_end(self) -> bool:
        """Whether the document ends here."""
        return self.peek() == END or self.at_marker()

    def skip_spaces(self) -> None:
        """Skips spaces."""
        while self.peek() == " ":
            self.place += 1

    def skip_comment(self) -> None:
        """Skips spaces and a comment, to the end of the line if there is one."""
        self.skip_spaces()
        if self.peek() == "#":
            end = self.text.find("\n", self.place)
            self.place = end if end >= 0 else len(self.text) - 1

    def skip_blank(self) -> bool:
        """Skips spaces, comments and line breaks; whether there was a line break."""
        crossed = False
        while True:
            self.skip_comment()
            if self.peek() != "\n":
                return crossed
            self.place += 1
            crossed = True

    def expect_line_end(self) -> None:
        """Skips to the end of the line; only a comment may follow."""
        self.skip_comment()
        if self.peek() not in ("\n", END):
            self.fail("unexpected %r after a value" % self.peek())

    def key_ends_here(self, start: int) -> bool:
        """Whether a key that began at ``start`` may end here: on its line, and not too long."""
        near = self.place - start <= MAX_KEY_LENGTH
        return near and "\n" not in self.text[start : self.place]

    def fail(self, problem: str, place: Optional[int] = None) -> NoReturn:
        """Raises an error for this position, or for another."""
        before = self.place if place is None else place
        if self.peek() == "\t" and place is None:
            problem = "a tab cannot separate or indent values"
        raise YamlError(self.text.count("\n", 0, before) + 1, problem)
