"""Plain (unquoted) scalars."""

from __future__ import annotations

from typing import List, Optional

from .cursor import GAP, Cursor

_FLOW_ENDS = ",?[]{}"
_NO_STARTS = "-?:,[]{}#&*!|>'\"%@`" + GAP


def starts_plain(cursor: Cursor, in_flow: bool) -> bool:
    """Whether a plain scalar can start here."""
    character = cursor.peek()
    if character not in _NO_STARTS:
        return True
    dash_like = "-" if in_flow else "-?:"
    return character in dash_like and cursor.peek(1) not in GAP


def read_plain(cursor: Cursor, indent: int, in_flow: bool) -> str:
    """The text of the scalar that starts here; the cursor is then directly after it.

    Following lines belong to it if they are deeper than ``indent``, or always
    in flow collections. One line break becomes a space, more of them line breaks.
    """
    chunks: List[str] = []
    while True:
        chunk = _read_chunk(cursor, in_flow)
        if not chunk:
            break
        chunks.append(chunk)
        end = cursor.place
        gap = _read_gap(cursor, indent, in_flow)
        if gap is None or not gap:
            cursor.place = end
            break
        chunks.append(gap)
    if not chunk:
        chunks.pop()
        cursor.place = end
    return "".join(chunks)


def _read_chunk(cursor: Cursor, in_flow: bool) -> str:
    """Characters up to a gap or an indicator."""
    start = cursor.place
    if cursor.peek() == "#":
        return ""
    after_colon = GAP + ",[]{}" if in_flow else GAP
    while True:
        character = cursor.peek()
        if character in GAP or (in_flow and character in _FLOW_ENDS):
            break
        if character == ":" and cursor.peek(1) in after_colon:
            break
        cursor.place += 1
    return cursor.text[start : cursor.place]


def _read_gap(cursor: Cursor, indent: int, in_flow: bool) -> Optional[str]:
    """The text that spaces and line breaks here stand for; ``None`` if the scalar ends."""
    start = cursor.place
    cursor.skip_spaces()
    if cursor.peek() != "\n":
        return cursor.text[start : cursor.place]
    breaks = 0
    while cursor.peek() == "\n":
        cursor.place += 1
        breaks += 1
        if cursor.at_marker():
            return None
        cursor.skip_spaces()
    if not in_flow and cursor.column <= indent:
        return None
    return " " if breaks == 1 else "\n" * (breaks - 1)
