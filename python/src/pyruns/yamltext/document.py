"""The built-in reader for the subset of YAML that configs use.

Mappings and lists in blocks and brackets, all scalars, comments, anchors, aliases
and merge keys. The rest (several documents, directives, other tags, keys behind
``?``) is an error that names the line; it is never misread.
"""

from __future__ import annotations

import re
from typing import Any

from .block import read_node
from .cursor import Cursor
from .reader import Reader

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# YAML 1.1 treats these as line breaks, YAML 1.2 as characters.
_RARE_BREAKS = re.compile("[\x85\u2028\u2029]")


def parse(text: str) -> Any:
    """As :func:`pyruns.yamltext.parse`, for the subset of YAML that this reader supports."""
    text = text[1:] if text.startswith("\ufeff") else text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = Reader(text)
    _check_characters(reader.cursor, text)
    return _read_document(reader)


def _check_characters(cursor: Cursor, text: str) -> None:
    for pattern, problem in (
        (_FORBIDDEN, "a character that YAML forbids"),
        (_RARE_BREAKS, "a rare line break is not supported without PyYAML"),
    ):
        found = pattern.search(text)
        if found:
            cursor.fail(problem, found.start())


def _read_document(reader: Reader) -> Any:
    cursor = reader.cursor
    cursor.skip_blank()
    if cursor.peek() == "%" and cursor.column == 0:
        reader.unsupported("a directive")
    if cursor.at_marker() and cursor.peek() == ".":
        cursor.fail("a document cannot begin with its end")
    started = cursor.at_marker() and cursor.peek() == "-"
    if started:
        cursor.place += 3
    value = read_node(reader, -1, collection_may_start=not started)
    cursor.skip_blank()
    while cursor.at_marker() and cursor.peek() == ".":
        cursor.place += 3
        cursor.expect_line_end()
        cursor.skip_blank()
    if cursor.peek() != "\0":
        problem = "a second document" if cursor.at_marker() else "this line fits nowhere"
        cursor.fail(problem)
    return value
