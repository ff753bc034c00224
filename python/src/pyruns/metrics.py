"""``track`` and ``record``: report metrics and results of the run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from time import time_ns
from typing import Any, Dict, Optional

from .current import current_journal
from .jsontext import json_text, number_text
from .warning import warn_once

# Maximum number of cached names; others are encoded for each call.
_MAX_REMEMBERED_NAMES = 10_000


class _NameTexts(Dict[str, str]):
    """A name as the beginning of a JSON member, ``"loss":``, encoded once per name."""

    def __missing__(self, name: str) -> str:
        text = json.dumps(str(name), ensure_ascii=False) + ":"
        if len(self) < _MAX_REMEMBERED_NAMES:
            self[name] = text
        return text


_name_texts = _NameTexts()


def track(key: Any = None, value: Any = None, *, step: Any = None, **kwargs: Any) -> None:
    """Appends a point to one curve or several.

    ``track("loss", 0.5)``, ``track(loss=0.5, acc=0.9)`` or ``track({"loss": 0.5})``.
    The points of one call share time and step. ``step`` is a number, the position of the
    points on the x axis; the default is their index. Nested mappings are flattened:
    ``track(train={"loss": 0.5})`` is a point of ``train/loss``.

    Numbers of numpy and torch are converted; NaN and infinities are stored. A positional
    name with the value ``None`` is ignored. Outside a task
    this does nothing.

    Raises ``TypeError`` if a single argument is neither a name nor a mapping.
    """
    if key is not None or value is not None:
        kwargs = _with_positional(key, value, kwargs)
    elif not kwargs and step is not None:  # `step` alone is a curve itself.
        kwargs, step = {"step": step}, None
    journal = current_journal()
    if journal is None or not kwargs:
        return
    now_us = time_ns() // 1000
    try:
        line = track_line(kwargs, step, now_us)
    except Exception as error:  # Code of the values' types; it must not end the user's run.
        _warn_of_value("track", error)
        return
    if line:
        journal.append(line, now_us)


def _with_positional(key: Any, value: Any, named: Dict[str, Any]) -> Dict[str, Any]:
    if isinstance(key, Mapping):
        points = {str(name): key[name] for name in key}
        if value is not None:  # track({...}, value=3): a curve called "value".
            points["value"] = value
    elif key is None:
        points = {"value": value}
    elif value is not None:
        points = {str(key): value}
    elif isinstance(key, str):
        points = {}
    else:
        raise TypeError(
            "pyruns.track() takes a name and a value, named values or a mapping, not %s"
            % type(key).__name__
        )
    points.update(named)
    return points


def track_points(points: Mapping[str, Any], step: Any, time_s: Optional[float] = None) -> None:
    """:func:`track` for points with a given time, in seconds since 1970."""
    journal = current_journal()
    if journal is None:
        return
    now_us = time_ns() // 1000
    try:
        line = track_line(points, step, now_us if time_s is None else int(time_s * 1e6))
    except Exception as error:  # As above.
        _warn_of_value("track", error)
        return
    if line:
        journal.append(line, now_us)


def track_line(points: Mapping[str, Any], step: Any, time_us: int) -> str:
    """The line of the journal for the points of one call; empty if there are none."""
    members = []
    for name, value in points.items():
        kind = value.__class__
        # The common case without a call: a finite float, the only one that is zero minus
        # itself.
        if kind is float and value - value == 0.0:
            members.append(f"{_name_texts[name]}{value!r}")
        elif kind is not int and isinstance(value, Mapping):
            return track_line(flat(points), step, time_us)
        else:
            members.append(_name_texts[name] + json_text(value))
    if not members:
        return ""
    end = "" if step is None else _step_member(step)
    # Seconds from integer digits: takes half the time of formatting a float.
    digits = "%07d" % time_us if time_us < 1_000_000 else str(time_us)
    return f'{{"t":{digits[:-6]}.{digits[-6:]},"track":{{{",".join(members)}}}{end}}}\n'


def flat(points: Mapping[Any, Any], prefix: str = "") -> Dict[str, Any]:
    """``points`` without nested mappings: their names are joined with ``/``."""
    result: Dict[str, Any] = {}
    for name in points:
        value = points[name]
        if isinstance(value, Mapping):
            result.update(flat(value, "%s%s/" % (prefix, name)))
        else:
            result["%s%s" % (prefix, name)] = value
    return result


def _step_member(step: Any) -> str:
    if step.__class__ is int:
        return ',"step":%d' % step
    text = number_text(step)
    if text is None:
        warn_once("step", "step=%r is not a number; the index of the point is used instead" % (step,))
        return ""
    return ',"step":' + text


def record(data: Any = None, **kwargs: Any) -> None:
    """Stores results of this run: ``record(best=0.9)`` or ``record({"best": 0.9})``.

    Later values of a name replace earlier ones. Values may be numbers, text, lists
    and mappings, nested. They are written when this returns. Outside a task this
    does nothing.

    Raises ``TypeError`` when ``data`` is not a mapping.
    """
    kwargs = named_values("record", data, kwargs)
    if kwargs:
        report("record", kwargs)


def named_values(verb: str, data: Any, named: Dict[str, Any]) -> Dict[str, Any]:
    """The mapping and the named arguments of a call, together."""
    if data is None:
        return named
    if not isinstance(data, Mapping):
        raise TypeError(
            "pyruns.%s() takes a mapping or named values, not %s" % (verb, type(data).__name__)
        )
    return {**{str(name): data[name] for name in data}, **named}


def report(verb: str, values: Dict[str, Any], **beside: Any) -> None:
    """Writes ``{"t": now, verb: values}`` and further members; returns after the write."""
    journal = current_journal()
    if journal is None:
        return
    now_us = time_ns() // 1000
    try:
        members = [_name_texts[name] + json_text(value) for name, value in values.items()]
        end = "".join(",%s%s" % (_name_texts[name], json_text(beside[name])) for name in beside)
        line = f'{{"t":{now_us / 1e6!r},"{verb}":{{{",".join(members)}}}{end}}}\n'
    except Exception as error:  # As above.
        _warn_of_value(verb, error)
        return
    journal.append_now(line, now_us)


def _warn_of_value(verb: str, error: Exception) -> None:
    warn_once(verb, f"{verb}() could not store a value: {type(error).__name__}: {error}")
