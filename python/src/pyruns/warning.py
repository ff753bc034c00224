"""Prints warnings to the log of the run; never raises."""

from __future__ import annotations

import sys
from typing import Set

_given: Set[str] = set()


def warn_once(topic: str, text: str) -> None:
    """Writes ``text`` to stderr, the first time for each ``topic``; never raises."""
    if topic in _given:
        return
    _given.add(topic)
    try:
        sys.stderr.write("[pyruns] warning: %s\n" % text)
        sys.stderr.flush()
    except Exception:  # A closed or replaced stderr must not end the user's run.
        pass
