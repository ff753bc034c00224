"""``track_many``: appends many points in one call."""

from __future__ import annotations

from collections.abc import Mapping
from time import time_ns
from typing import Any, Dict, Iterator, List, Optional

from .current import current_journal
from .jsontext import number_text
from .metrics import flat, track_line
from .warning import warn_once

# Lines that are passed on together, some 50 KB.
_LINES_AT_ONCE = 1_000


def track_many(data: Any = None, *, step: Any = None, **kwargs: Any) -> None:
    """Appends many points in one call.

    Either whole curves of equal length: ``track_many(loss=losses, acc=accs)`` or
    ``track_many({"val/loss": losses})``; lists, arrays of numpy or torch, any iterable.
    Or the arguments of single calls of ``track``: ``track_many([{"loss": 1}, {"loss": 0.5}])``.

    ``step`` is a number for each point, or the number of the first. Outside a task
    this does nothing.

    Raises ``ValueError`` when the lengths differ and ``TypeError`` for anything else.
    """
    rows = _rows(data, kwargs)
    steps = _steps(step, len(rows))
    journal = current_journal()
    if journal is None:
        return
    now_us = time_ns() // 1000
    lines: List[str] = []
    for row, place in zip(rows, steps):
        try:
            lines.append(track_line(row, place, now_us))
        except Exception as error:  # Code of the values' types; it must not end the user's run.
            text = "track_many() could not save a value: %s: %s"
            warn_once("track_many", text % (type(error).__name__, error))
        if len(lines) == _LINES_AT_ONCE:
            journal.append_all(lines, now_us)
            lines = []
    if lines:
        journal.append_all(lines, now_us)


def _rows(data: Any, named: Dict[str, Any]) -> List[Mapping[str, Any]]:
    if data is None or isinstance(data, Mapping):
        return _rows_of_curves({**flat(data or {}), **flat(named)})
    if named:
        raise TypeError("pyruns.track_many() takes either a list of mappings or named curves")
    rows = list(_values(data))
    for row in rows:
        if not isinstance(row, Mapping):
            raise TypeError(
                "pyruns.track_many() takes named curves, a mapping of curves or a list of "
                "mappings, not a list with %s" % type(row).__name__
            )
    return [{str(name): row[name] for name in row} for row in rows]


def _rows_of_curves(curves: Dict[str, Any]) -> List[Mapping[str, Any]]:
    columns = {name: list(_values(curves[name])) for name in curves}
    lengths = {name: len(columns[name]) for name in columns}
    if len(set(lengths.values())) > 1:
        shown = ", ".join("%s=%d" % pair for pair in lengths.items())
        raise ValueError("pyruns.track_many() takes curves of equal length, got %s" % shown)
    return [dict(zip(columns, values)) for values in zip(*columns.values())]


def _values(curve: Any) -> Iterator[Any]:
    """The values of a list, an array or another iterable."""
    if isinstance(curve, (str, bytes)):
        raise TypeError("pyruns.track_many() takes lists of values, not %r" % (curve,))
    # One call instead of one for each element of an array.
    unpack = getattr(curve, "tolist", None)
    try:
        return iter(unpack() if callable(unpack) else curve)
    except TypeError:
        kind = type(curve).__name__
        raise TypeError("pyruns.track_many() takes lists of values, not %s" % kind) from None


def _steps(step: Any, count: int) -> List[Optional[Any]]:
    if step is None:
        return [None] * count
    if isinstance(step, int) or number_text(step) is not None:
        return [step + place for place in range(count)]
    steps = list(_values(step))
    if len(steps) != count:
        raise ValueError(
            "pyruns.track_many() takes a step for each point, got %d for %d" % (len(steps), count)
        )
    return steps
