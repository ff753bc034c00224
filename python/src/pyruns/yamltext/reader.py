"""The state while a document is parsed: the position and the anchors."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, NoReturn, Optional, Tuple

from .cursor import GAP, Cursor
from .scalar import TAGGED, plain_value

_NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
_COLLECTION_TAGS = {"!!map": dict, "!!seq": list}


class Marks(NamedTuple):
    """The properties before a value: ``&anchor`` and ``!!tag``."""

    anchor: Optional[str] = None
    tag: Optional[str] = None


class Scalar(NamedTuple):
    """A scalar whose type is not resolved yet; ``start`` is its position."""

    text: str
    is_plain: bool
    start: int


NO_MARKS = Marks()
EMPTY = Scalar("", True, 0)


class MergeKey(NamedTuple):
    """The key ``<<``, and its position."""

    start: int


Pairs = List[Tuple[Any, Any]]


class Reader:
    """The state shared by the readers of block and flow collections."""

    def __init__(self, text: str) -> None:
        self.cursor = Cursor(text)
        self._anchors: Dict[str, Any] = {}

    def read_marks(self, before: Marks = NO_MARKS) -> Marks:
        """The marks on this line, added to those ``before``."""
        anchor, tag = before
        cursor = self.cursor
        while cursor.peek() in "&!":
            if cursor.peek() == "&" and anchor is None:
                cursor.place += 1
                anchor = self._read_name()
            elif cursor.peek() == "!" and tag is None:
                tag = self._read_tag()
            else:
                cursor.fail("a second %s before one value" % cursor.peek())
            cursor.skip_spaces()
        return Marks(anchor, tag)

    def _read_name(self) -> str:
        cursor, start = self.cursor, self.cursor.place
        while cursor.peek() in _NAME_CHARACTERS:
            cursor.place += 1
        if cursor.place == start or cursor.peek() not in GAP + "?:,]}%@`":
            cursor.fail("an anchor's name has letters, digits, - and _ only")
        return cursor.text[start : cursor.place]

    def _read_tag(self) -> str:
        cursor, start = self.cursor, self.cursor.place
        while cursor.peek() not in GAP:
            cursor.place += 1
        tag = cursor.text[start : cursor.place]
        if tag not in TAGGED and tag not in _COLLECTION_TAGS:
            cursor.fail("the tag %s is not supported without PyYAML" % tag, start)
        return tag

    def read_alias(self) -> Any:
        """The value of the alias ``*name`` here."""
        start = self.cursor.place
        self.cursor.place += 1
        name = self._read_name()
        if name not in self._anchors:
            self.cursor.fail("*%s has no complete &%s before it" % (name, name), start)
        return self._anchors[name]

    def scalar_value(self, scalar: Scalar, marks: Marks = NO_MARKS) -> Any:
        """The typed value of a scalar."""
        if marks.tag is not None:
            value = self._tagged_value(scalar, marks.tag)
        elif not scalar.is_plain:
            value = scalar.text
        elif scalar.text in ("<<", "="):
            self.cursor.fail("%s is not a value; quote it" % scalar.text, scalar.start)
        else:
            value = self._plain_value(scalar)
        self._remember(marks, value)
        return value

    def _plain_value(self, scalar: Scalar) -> Any:
        try:
            return plain_value(scalar.text)
        except ValueError:
            self.cursor.fail("%r is not a number; quote it" % scalar.text, scalar.start)

    def _tagged_value(self, scalar: Scalar, tag: str) -> Any:
        try:
            return TAGGED[tag](scalar.text)
        except (KeyError, ValueError):
            self.cursor.fail("%r is not a %s" % (scalar.text, tag), scalar.start or None)

    def key_value(self, scalar: Scalar, marks: Marks) -> Any:
        """The value of a scalar that is a key; a ``MergeKey`` for ``<<``."""
        if scalar.is_plain and scalar.text == "<<" and marks == NO_MARKS:
            return MergeKey(scalar.start)
        return self.scalar_value(scalar, marks)

    def collection(self, value: Any, marks: Marks) -> Any:
        """Checks the tag of a list or dictionary that was read, and stores its anchor."""
        if marks.tag is not None and _COLLECTION_TAGS.get(marks.tag) is not type(value):
            self.cursor.fail("%s does not fit this value" % marks.tag)
        self._remember(marks, value)
        return value

    def mapping(self, pairs: Pairs, marks: Marks) -> Dict[Any, Any]:
        """A dictionary of the pairs; merged keys come first and are overridden by its own."""
        merged: Pairs = []
        for key, value in pairs:
            if isinstance(key, MergeKey):
                merged.extend(self._merged_pairs(key, value))
        own = [(key, value) for key, value in pairs if not isinstance(key, MergeKey)]
        result: Dict[Any, Any] = self.collection(dict(merged + own), marks)
        return result

    def _merged_pairs(self, key: MergeKey, value: Any) -> Pairs:
        sources = value if isinstance(value, list) else [value]
        pairs: Pairs = []
        # The first source takes precedence, so it is applied last.
        for source in reversed(sources):
            if not isinstance(source, dict):
                self.cursor.fail("<< needs a mapping or a list of mappings", key.start)
            pairs.extend(source.items())
        return pairs

    def _remember(self, marks: Marks, value: Any) -> None:
        if marks.anchor is not None:
            if marks.anchor in self._anchors:
                self.cursor.fail("a second &%s" % marks.anchor)
            self._anchors[marks.anchor] = value

    def unsupported(self, what: str) -> NoReturn:
        """Raises the error for YAML that only PyYAML supports."""
        self.cursor.fail("%s is not supported without PyYAML" % what)
