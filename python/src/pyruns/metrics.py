"""``track`` and ``record``: what the script reports about its run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from time import time
from typing import Any, Dict

from .journal import current_journal
from .jsontext import json_text
from .warning import warn_once

# Beyond this many names they are written anew each time instead of remembered.
_MAX_REMEMBERED_NAMES = 10_000


class _NameTexts(Dict[str, str]):
    """A name as the beginning of a JSON member, ``"loss":``, made once for each name."""

    def __missing__(self, name: str) -> str:
        text = json.dumps(str(name), ensure_ascii=False) + ":"
        if len(self) < _MAX_REMEMBERED_NAMES:
            self[name] = text
        return text


_name_texts = _NameTexts()


def track(key: Any = None, value: Any = None, **kwargs: Any) -> None:
    """Appends a point to one curve or several.

    ``track("loss", 0.5)``, ``track(loss=0.5, acc=0.9)`` or ``track({"loss": 0.5})``.
    What one call reports is kept together. Numbers of numpy and torch are taken as
    numbers; NaN and infinities survive. A name with the value ``None`` is left out
    when it is given by position. Outside a task this does nothing.

    Raises ``TypeError`` when a single argument is neither a name nor a mapping.
    """
    if key is not None or value is not None:
        kwargs = _with_positional(key, value, kwargs)
    if kwargs:
        _report("track", kwargs)


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


def record(data: Any = None, **kwargs: Any) -> None:
    """Stores results of this run: ``record(best=0.9)`` or ``record({"best": 0.9})``.

    Later values of a name replace earlier ones. Values may be numbers, text, lists
    and mappings, nested. Outside a task this does nothing.

    Raises ``TypeError`` when ``data`` is not a mapping.
    """
    if data is not None:
        if not isinstance(data, Mapping):
            raise TypeError(
                "pyruns.record() takes a mapping or named values, not %s" % type(data).__name__
            )
        kwargs = {**{str(name): data[name] for name in data}, **kwargs}
    if kwargs:
        _report("record", kwargs)


def _report(verb: str, values: Dict[str, Any]) -> None:
    journal = current_journal()
    if journal is None:
        return
    members = []
    try:
        for name, value in values.items():
            # The common case without a call: a finite float, the only one that is zero
            # minus itself.
            if value.__class__ is float and value - value == 0.0:
                members.append(f"{_name_texts[name]}{value!r}")
            else:
                members.append(_name_texts[name] + json_text(value))
        line = f'{{"t":{time()!r},"{verb}":{{{",".join(members)}}}}}\n'
        # Half a surrogate pair, as in undecodable file names, has no UTF-8 form.
        data = line.encode("utf-8", "replace")
    except Exception as error:  # Code of the values' types; it must not end the user's run.
        warn_once(verb, f"{verb}() could not save a value: {type(error).__name__}: {error}")
        return
    journal.append(data)
