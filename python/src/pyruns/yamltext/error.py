"""The error of an invalid YAML text."""

from __future__ import annotations


class YamlError(ValueError):
    """The text cannot be parsed; the message has the position: ``line 3: ...``."""

    def __init__(self, line: int, problem: str) -> None:
        """``line`` counts from 1."""
        super().__init__("line %d: %s" % (line, problem))
        self.line = line
