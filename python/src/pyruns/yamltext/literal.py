"""Block scalars: ``|`` and ``>``."""

from __future__ import annotations

from typing import List, Optional, Tuple

from .cursor import END, Cursor


def read_literal(cursor: Cursor, indent: int) -> str:
    """The text of the scalar whose ``|`` or ``>`` is here; it is deeper than ``indent``."""
    folded = cursor.peek() == ">"
    cursor.place += 1
    chomping, extra = _read_header(cursor)
    shallowest = max(indent + 1, 1)
    if extra is None:
        empty_lines, found = _find_indent(cursor)
        text_column = max(shallowest, found)
    else:
        text_column = shallowest + extra - 1
        empty_lines = _skip_empty_lines(cursor, text_column)
    body, last_break, trailing = _read_lines(cursor, text_column, empty_lines, folded)
    if chomping == "-":
        return body
    return body + last_break + ("\n" * trailing if chomping == "+" else "")


def _read_header(cursor: Cursor) -> Tuple[str, Optional[int]]:
    """``+`` or ``-`` or nothing, and the indentation if it is given, in either order."""
    chomping, extra = "", None
    for _ in range(2):
        if not chomping and cursor.peek() in "+-":
            chomping = cursor.peek()
            cursor.place += 1
        elif extra is None and cursor.peek() in "123456789":
            extra = int(cursor.peek())
            cursor.place += 1
    if cursor.peek() not in " \n" + END:
        cursor.fail("unexpected %r in the header of a block scalar" % cursor.peek())
    cursor.expect_line_end()
    if cursor.peek() == "\n":
        cursor.place += 1
    return chomping, extra


def _find_indent(cursor: Cursor) -> Tuple[int, int]:
    """Skips empty lines; returns their number, and the largest indentation."""
    empty_lines = deepest = 0
    while cursor.peek() in " \n":
        if cursor.peek() == "\n":
            empty_lines += 1
            cursor.place += 1
        else:
            cursor.skip_spaces()
            deepest = max(deepest, cursor.column)
    return empty_lines, deepest


def _skip_empty_lines(cursor: Cursor, text_column: int) -> int:
    empty_lines = 0
    while True:
        while cursor.peek() == " " and cursor.column < text_column:
            cursor.place += 1
        if cursor.peek() != "\n":
            return empty_lines
        cursor.place += 1
        empty_lines += 1


def _read_lines(
    cursor: Cursor, text_column: int, empty_lines: int, folded: bool
) -> Tuple[str, str, int]:
    """The text, the break that ends it, and the number of empty lines that follow."""
    chunks: List[str] = []
    line_break = ""
    previous_is_text = False
    while cursor.peek() != END and cursor.column == text_column:
        is_text = cursor.peek() not in " \t"
        if folded and line_break and previous_is_text and is_text:
            chunks.append("" if empty_lines else " ")
        else:
            chunks.append(line_break)
        chunks.append("\n" * empty_lines)
        start = cursor.place
        end = cursor.text.find("\n", start)
        cursor.place = end if end >= 0 else len(cursor.text) - 1
        chunks.append(cursor.text[start : cursor.place])
        line_break = "\n" if end >= 0 else ""
        cursor.place += len(line_break)
        empty_lines = _skip_empty_lines(cursor, text_column)
        previous_is_text = is_text
    return "".join(chunks), line_break, empty_lines
