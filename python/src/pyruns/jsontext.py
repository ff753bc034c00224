"""Values of the user's script as JSON text that every JSON reader accepts.

JSON has no NaN and no infinity: they are written as the strings ``"NaN"``,
``"Infinity"`` and ``"-Infinity"``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, List, Optional, Union

from .warning import warn_once

# Integers outside this range are written as floats.
_SMALLEST_INT = -(2**63)
_LARGEST_INT = 2**64 - 1
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def json_text(value: Any) -> str:
    """``value`` as JSON text. Numbers are checked first, because ``track`` is called with them."""
    kind = value.__class__
    if kind is float:
        # Only a finite number minus itself is zero.
        return repr(value) if value - value == 0.0 else '"%s"' % _name_of(value)
    if isinstance(value, float):  # numpy.float64
        return json_text(float(value))
    if kind is int and _SMALLEST_INT <= value <= _LARGEST_INT:
        return repr(value)
    if hasattr(value, "shape"):  # Other numbers of numpy, and those of torch.
        unpacked = _unpack_array(value)
        if unpacked:
            return json_text(unpacked[0])
    return _encode(_plain(value))


def number_text(value: Any) -> Optional[str]:
    """``value`` as a JSON number, or ``None`` if it is not a finite number."""
    text = json_text(value)
    return text if text[0] in "-0123456789" else None


def _name_of(value: float) -> str:
    if value != value:
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def _plain(value: Any) -> Any:
    """``value`` in the types that ``json`` writes as valid JSON."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return _plain_int(value)
    if isinstance(value, float):
        return _plain_float(value)
    if isinstance(value, Mapping):
        return {key if isinstance(key, str) else str(key): _plain(value[key]) for key in value}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return _plain_object(value)


def _plain_int(value: int) -> Union[int, float, str]:
    if _SMALLEST_INT <= value <= _LARGEST_INT:
        return int(value)
    try:
        return float(value)
    except OverflowError:
        return "Infinity" if value > 0 else "-Infinity"


def _plain_float(value: float) -> Union[float, str]:
    return float(value) if value - value == 0.0 else _name_of(value)


def _plain_object(value: Any) -> Any:
    """Arrays and tensors by their own methods, other numbers as float, the rest as text."""
    unpacked = _unpack_array(value)
    if unpacked:
        return _plain(unpacked[0])
    if hasattr(value, "__float__"):
        try:
            return _plain_float(float(value))
        except Exception:  # Foreign code: whatever it raises, the text below remains.
            pass
    kind = type(value).__name__
    warn_once("type " + kind, "a value of type %s is stored as text" % kind)
    return str(value)


def _unpack_array(value: Any) -> List[Any]:
    """The content of a numpy or torch scalar or array in a list of one; empty for others.

    Recognised by their methods, so that neither library is imported. A single element,
    whatever its shape, is one number.
    """
    try:
        single = _element_count(value) == 1
        unpacked = value.item() if single else value.tolist()
    except Exception:  # Not an array, or one that cannot be read (for example on a lost device).
        return []
    return [] if type(unpacked) is type(value) else [unpacked]


def _element_count(value: Any) -> int:
    count = 1
    for length in value.shape:
        count *= int(length)
    return count
