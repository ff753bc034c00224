"""Scalars in single and double quotes."""

from __future__ import annotations

from typing import List

from .cursor import END, Cursor

_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "\\": "\\",
    "/": "/",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
_HEX_LENGTHS = {"x": 2, "u": 4, "U": 8}
_HEX_DIGITS = frozenset("0123456789abcdefABCDEF")


def read_quoted(cursor: Cursor) -> str:
    """The text of the scalar whose opening quote is here; skips the closing one."""
    quote = cursor.peek()
    opened_at = cursor.place
    cursor.place += 1
    chunks: List[str] = []
    while True:
        character = cursor.peek()
        if character == END:
            cursor.fail("a quote is never closed", opened_at)
        if character == quote:
            cursor.place += 1
            if quote == '"' or cursor.peek() != "'":
                return "".join(chunks)
            cursor.place += 1
            chunks.append("'")
        elif character in " \t\n":
            chunks.append(_read_gap(cursor))
        elif character == "\\" and quote == '"':
            cursor.place += 1
            chunks.append(_read_escape(cursor))
        else:
            chunks.append(_read_run(cursor))


def _read_run(cursor: Cursor) -> str:
    start = cursor.place
    cursor.place += 1
    while cursor.peek() not in "'\"\\ \t\n" + END:
        cursor.place += 1
    return cursor.text[start : cursor.place]


def _read_gap(cursor: Cursor) -> str:
    """Blanks stay, unless a line ends: then one break is a space and more are breaks."""
    start = cursor.place
    _skip_blanks(cursor)
    if cursor.peek() != "\n":
        return cursor.text[start : cursor.place]
    cursor.place += 1
    return _read_breaks(cursor) or " "


def _read_breaks(cursor: Cursor) -> str:
    """The empty lines at the start of a line, one line break for each."""
    breaks = 0
    while True:
        if cursor.at_marker():
            cursor.fail("the document ends inside quotes")
        _skip_blanks(cursor)
        if cursor.peek() != "\n":
            return "\n" * breaks
        cursor.place += 1
        breaks += 1


def _skip_blanks(cursor: Cursor) -> None:
    while cursor.peek() in " \t":
        cursor.place += 1


def _read_escape(cursor: Cursor) -> str:
    """The text of an escape sequence after a backslash."""
    code = cursor.peek()
    if code == "\n":
        cursor.place += 1
        return _read_breaks(cursor)
    if code in _ESCAPES:
        cursor.place += 1
        return _ESCAPES[code]
    if code not in _HEX_LENGTHS:
        cursor.fail("unknown escape \\%s" % ("" if code == END else code), cursor.place)
    start = cursor.place + 1
    digits = cursor.text[start : start + _HEX_LENGTHS[code]]
    if len(digits) != _HEX_LENGTHS[code] or not _HEX_DIGITS.issuperset(digits):
        cursor.fail("\\%s needs %d hexadecimal digits" % (code, _HEX_LENGTHS[code]))
    if int(digits, 16) > 0x10FFFF:
        cursor.fail("there is no character \\%s%s" % (code, digits))
    cursor.place = start + len(digits)
    return chr(int(digits, 16))
