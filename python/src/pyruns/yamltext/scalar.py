"""Resolves the type of scalars: the rules of YAML 1.1, with floats as in YAML 1.2."""

from __future__ import annotations

import re
from typing import Any, Callable, Dict

#: Floats. Unlike YAML 1.1 the exponent needs neither a dot before it nor a sign.
FLOAT = re.compile(
    r"""[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?
      | [-+]?[0-9][0-9_]*[eE][-+]?[0-9]+
      | [-+]?\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?
      | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*
      | [-+]?\.(?:inf|Inf|INF)
      | \.(?:nan|NaN|NAN)""",
    re.VERBOSE,
)
#: The characters a float can begin with.
FLOAT_STARTS = "-+0123456789."

_INT = re.compile(
    r"""[-+]?0b[01_]+
      | [-+]?0[0-7_]+
      | [-+]?(?:0|[1-9][0-9_]*)
      | [-+]?0x[0-9a-fA-F_]+
      | [-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+""",
    re.VERBOSE,
)
_BOOLS = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_NULLS = ("", "~", "null", "Null", "NULL")


def plain_value(text: str) -> Any:
    """The value of a scalar without quotes and without a tag."""
    if text in _NULLS:
        return None
    if text.lower() in _BOOLS and text in (text.lower(), text.upper(), text.capitalize()):
        return _BOOLS[text.lower()]
    if FLOAT.fullmatch(text):
        return float_value(text)
    if _INT.fullmatch(text):
        return int_value(text)
    return text


def int_value(text: str) -> int:
    """An integer: decimal, ``0x``, ``0b``, octal with a leading 0, or base 60 with colons.

    Raises ``ValueError`` for other text.
    """
    digits = text.replace("_", "")
    sign = -1 if digits.startswith("-") else 1
    if digits.startswith(("-", "+")):
        digits = digits[1:]
    if digits.startswith("0b"):
        return sign * int(digits[2:], 2)
    if digits.startswith("0x"):
        return sign * int(digits[2:], 16)
    if ":" in digits:
        total = 0
        for part in digits.split(":"):
            total = total * 60 + int(part)
        return sign * total
    if digits.startswith("0") and digits != "0":
        return sign * int(digits, 8)
    return sign * int(digits)


def float_value(text: str) -> float:
    """A float: decimal, ``.inf``, ``.nan``, or base 60 with colons.

    Raises ``ValueError`` for other text.
    """
    digits = text.replace("_", "").lower()
    sign = -1.0 if digits.startswith("-") else 1.0
    if digits.startswith(("-", "+")):
        digits = digits[1:]
    if digits == ".inf":
        return sign * float("inf")
    if digits == ".nan":
        return float("nan")
    if ":" in digits:
        total, base = 0.0, 1.0
        # From the right, so that the sum is rounded as PyYAML rounds it.
        for part in reversed(digits.split(":")):
            total += float(part) * base
            base *= 60.0
        return sign * total
    return sign * float(digits)


def _bool_value(text: str) -> bool:
    if text.lower() not in _BOOLS:
        raise ValueError("not a boolean: %r" % text)
    return _BOOLS[text.lower()]


#: The conversion of each scalar tag; raises ``ValueError`` for other text.
TAGGED: Dict[str, Callable[[str], Any]] = {
    "!!str": lambda text: text,
    "!!int": int_value,
    "!!float": float_value,
    "!!bool": _bool_value,
    "!!null": lambda text: None,
}
