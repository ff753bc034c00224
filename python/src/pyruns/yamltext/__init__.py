"""Parses YAML text to plain values, with the same result with and without PyYAML.

Scalars have the types that YAML 1.1 and PyYAML give them (``yes`` is true, ``010``
is 8), with two differences, both as in YAML 1.2: ``5e-3`` is a float, and
``2026-11-23`` is text.
"""

from __future__ import annotations

from typing import Any

from .error import YamlError

__all__ = ["YamlError", "parse"]


def parse(text: str) -> Any:
    """The value of the single document in ``text``; ``None`` when it is empty.

    Raises :class:`YamlError` for text that is not YAML and, without PyYAML, for YAML
    that the built-in reader does not support.
    """
    from . import with_pyyaml

    if with_pyyaml.is_available():
        return with_pyyaml.parse(text)
    from . import document

    return document.parse(text)
