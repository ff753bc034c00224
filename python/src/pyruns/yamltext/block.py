"""Block collections (by indentation) and their content."""

from __future__ import annotations

from typing import Any, List, Tuple

from .flow import read_flow
from .literal import read_literal
from .plain import read_plain, starts_plain
from .quoted import read_quoted
from .reader import EMPTY, NO_MARKS, Marks, Pairs, Reader, Scalar


def read_node(
    reader: Reader, indent: int, collection_may_start: bool, list_at_indent: bool = False
) -> Any:
    """The value here or on the next lines, as long as they are deeper than ``indent``.

    ``collection_may_start`` on this line: behind ``-``, but not behind ``key:``.
    ``list_at_indent``: the items of a list may be no deeper than the key they belong to.
    """
    cursor = reader.cursor
    outer = NO_MARKS
    while True:
        crossed = cursor.skip_blank()
        collection_may_start = collection_may_start or crossed
        if _is_absent(reader, crossed, indent, list_at_indent):
            return reader.scalar_value(EMPTY, outer)
        column, start = cursor.column, cursor.place
        inline = reader.read_marks()
        if inline == NO_MARKS or not _only_comment_follows(reader):
            break
        # Alone on their line, so they apply to the node that follows.
        outer = _joined(reader, outer, inline)
    if cursor.at_indicator("-"):
        if not collection_may_start or inline != NO_MARKS:
            cursor.fail("a list cannot start here")
        return reader.collection(_read_items(reader, column, column == indent), outer)
    if cursor.peek() in "'\"" or starts_plain(cursor, in_flow=False):
        scalar = _read_scalar(reader, indent)
        if cursor.at_indicator(":") and cursor.key_ends_here(start):
            if not collection_may_start:
                cursor.fail("a mapping cannot start here, after another key")
            return reader.mapping(_read_pairs(reader, column, scalar, inline), outer)
        cursor.expect_line_end()
        return reader.scalar_value(scalar, _joined(reader, outer, inline))
    value = _read_other(reader, indent, _joined(reader, outer, inline))
    return value


def _is_absent(reader: Reader, crossed: bool, indent: int, list_at_indent: bool) -> bool:
    cursor = reader.cursor
    if cursor.at_end():
        return True
    if not crossed or cursor.column > indent:
        return False
    return not (list_at_indent and cursor.column == indent and cursor.at_indicator("-"))


def _only_comment_follows(reader: Reader) -> bool:
    reader.cursor.skip_comment()
    return reader.cursor.peek() in "\n\0"


def _joined(reader: Reader, outer: Marks, inline: Marks) -> Marks:
    if (outer.anchor and inline.anchor) or (outer.tag and inline.tag):
        reader.cursor.fail("two anchors or two tags for one value")
    return Marks(outer.anchor or inline.anchor, outer.tag or inline.tag)


def _read_other(reader: Reader, indent: int, marks: Marks) -> Any:
    """A block of text, a collection in brackets or an alias."""
    cursor = reader.cursor
    start = cursor.place
    if cursor.peek() in "|>":
        return reader.scalar_value(Scalar(read_literal(cursor, indent), False, start), marks)
    if cursor.peek() in "[{":
        value = read_flow(reader, marks)
    elif cursor.peek() == "*":
        if marks != NO_MARKS:
            cursor.fail("an alias takes no anchor and no tag")
        value = reader.read_alias()
    elif cursor.at_indicator("?"):
        reader.unsupported("a key behind ?")
    else:
        cursor.fail("%r cannot start a value" % cursor.peek())
    cursor.skip_spaces()
    if cursor.at_indicator(":"):
        reader.unsupported("a key that is not a plain or quoted scalar")
    cursor.expect_line_end()
    return value


def _read_items(reader: Reader, column: int, is_at_indent: bool) -> List[Any]:
    """The items of the list whose first ``-`` is here, in ``column``."""
    cursor = reader.cursor
    items: List[Any] = []
    while True:
        cursor.place += 1
        items.append(read_node(reader, column, collection_may_start=True))
        cursor.skip_blank()
        if cursor.at_end() or cursor.column < column:
            return items
        if cursor.column > column:
            cursor.fail("this line is deeper than the items of its list")
        if not cursor.at_indicator("-"):
            if is_at_indent:
                return items
            cursor.fail("expected - for the next item of the list")


def _read_pairs(reader: Reader, column: int, first: Scalar, first_marks: Marks) -> Pairs:
    """The pairs of the mapping whose first key was read; the cursor is at its ``:``."""
    cursor = reader.cursor
    pairs: Pairs = []
    key, marks = first, first_marks
    while True:
        cursor.place += 1
        name = reader.key_value(key, marks)
        value = read_node(reader, column, collection_may_start=False, list_at_indent=True)
        pairs.append((name, value))
        cursor.skip_blank()
        if cursor.at_end() or cursor.column < column:
            return pairs
        if cursor.column > column:
            cursor.fail("this line is deeper than the keys of its mapping")
        key, marks = _read_key(reader, column)


def _read_key(reader: Reader, indent: int) -> Tuple[Scalar, Marks]:
    cursor, start = reader.cursor, reader.cursor.place
    marks = reader.read_marks()
    if cursor.at_indicator("?"):
        reader.unsupported("a key behind ?")
    if cursor.peek() == "*":
        reader.unsupported("an alias as a key")
    if cursor.peek() not in "'\"" and not starts_plain(cursor, in_flow=False):
        cursor.fail("%r cannot start a key" % cursor.peek())
    key = _read_scalar(reader, indent)
    if not (cursor.at_indicator(":") and cursor.key_ends_here(start)):
        cursor.fail("expected : after the key %r" % key.text, start)
    return key, marks


def _read_scalar(reader: Reader, indent: int) -> Scalar:
    """A scalar, and the spaces behind it."""
    cursor, start = reader.cursor, reader.cursor.place
    if cursor.peek() in "'\"":
        scalar = Scalar(read_quoted(cursor), False, start)
    else:
        scalar = Scalar(read_plain(cursor, indent, in_flow=False), True, start)
    cursor.skip_spaces()
    return scalar
