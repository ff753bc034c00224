"""Flow collections (brackets and braces)."""

from __future__ import annotations

from typing import Any, List, Tuple

from .cursor import END
from .plain import read_plain, starts_plain
from .quoted import read_quoted
from .reader import EMPTY, NO_MARKS, Marks, Pairs, Reader, Scalar


def read_flow(reader: Reader, marks: Marks) -> Any:
    """The list or dictionary whose opening bracket is here."""
    opened_at = reader.cursor.place
    is_list = reader.cursor.peek() == "["
    reader.cursor.place += 1
    if is_list:
        return reader.collection(_read_items(reader, opened_at), marks)
    return reader.mapping(_read_pairs(reader, opened_at), marks)


def _read_items(reader: Reader, opened_at: int) -> List[Any]:
    items: List[Any] = []
    while not _at_close(reader, "]", opened_at):
        items.append(_read_item(reader))
        _expect_separator(reader, "]", opened_at)
    reader.cursor.place += 1
    return items


def _read_pairs(reader: Reader, opened_at: int) -> Pairs:
    pairs: Pairs = []
    while not _at_close(reader, "}", opened_at):
        key, marks = _read_key(reader)
        if reader.cursor.peek() == ":":
            pairs.append((reader.key_value(key, marks), _read_value_of_key(reader, key)))
        else:
            pairs.append((reader.scalar_value(key, marks), None))
        _expect_separator(reader, "}", opened_at)
    reader.cursor.place += 1
    return pairs


def _at_close(reader: Reader, close: str, opened_at: int) -> bool:
    _skip_blank(reader)
    if reader.cursor.peek() == END:
        reader.cursor.fail("a bracket is never closed", opened_at)
    return reader.cursor.peek() == close


def _skip_blank(reader: Reader) -> None:
    reader.cursor.skip_blank()
    if reader.cursor.at_marker():
        reader.cursor.fail("the document ends inside brackets")


def _expect_separator(reader: Reader, close: str, opened_at: int) -> None:
    if _at_close(reader, close, opened_at):
        return
    if reader.cursor.peek() != ",":
        reader.cursor.fail("expected , or %s, found %r" % (close, reader.cursor.peek()))
    reader.cursor.place += 1


def _read_item(reader: Reader) -> Any:
    """A value in a list; ``key: value`` there is a separate dictionary."""
    cursor, start = reader.cursor, reader.cursor.place
    marks = _read_marks(reader)
    if not _at_scalar(reader):
        return _read_node(reader, marks)
    key = _read_scalar(reader, start)
    if cursor.peek() != ":":
        return reader.scalar_value(key, marks)
    pair = (reader.key_value(key, marks), _read_value_of_key(reader, key))
    return reader.mapping([pair], NO_MARKS)


def _read_key(reader: Reader) -> Tuple[Scalar, Marks]:
    """The scalar before ``:`` in a dictionary, with its marks."""
    start = reader.cursor.place
    marks = _read_marks(reader)
    if not _at_scalar(reader):
        reader.unsupported("a key that is not a plain or quoted scalar")
    return _read_scalar(reader, start), marks


def _read_value_of_key(reader: Reader, key: Scalar) -> Any:
    cursor = reader.cursor
    if not cursor.key_ends_here(key.start):
        cursor.fail("a key and its : must be on one line")
    cursor.place += 1
    _skip_blank(reader)
    return None if cursor.peek() in ",]}" else _read_node(reader, _read_marks(reader))


def _read_node(reader: Reader, marks: Marks) -> Any:
    cursor = reader.cursor
    if cursor.peek() in "[{":
        return read_flow(reader, marks)
    if cursor.peek() == "*":
        if marks != NO_MARKS:
            cursor.fail("an alias takes no anchor and no tag")
        value = reader.read_alias()
        cursor.skip_spaces()
        if cursor.peek() == ":":
            reader.unsupported("an alias as a key")
        return value
    if _at_scalar(reader):
        return reader.scalar_value(_read_scalar(reader, cursor.place), marks)
    if marks != NO_MARKS and cursor.peek() in ",]}":
        return reader.scalar_value(EMPTY, marks)
    cursor.fail("%r cannot start a value here" % cursor.peek())


def _read_marks(reader: Reader) -> Marks:
    marks = reader.read_marks()
    while marks != NO_MARKS:
        _skip_blank(reader)
        if reader.cursor.peek() not in "&!":
            break
        marks = reader.read_marks(marks)
    return marks


def _at_scalar(reader: Reader) -> bool:
    return reader.cursor.peek() in "'\"" or starts_plain(reader.cursor, in_flow=True)


def _read_scalar(reader: Reader, start: int) -> Scalar:
    """A scalar, and the spaces behind it; ``start`` is where its marks begin."""
    cursor = reader.cursor
    if cursor.peek() in "'\"":
        scalar = Scalar(read_quoted(cursor), False, start)
    else:
        scalar = Scalar(read_plain(cursor, -1, in_flow=True), True, start)
    cursor.skip_spaces()
    return scalar
