"""What is wrong with a YAML text."""

from __future__ import annotations


class YamlError(ValueError):
    """Text that cannot be read, and where: ``line 3: ...``."""

    def __init__(self, line: int, problem: str) -> None:
        """``line`` counts from 1."""
        super().__init__("line %d: %s" % (line, problem))
        self.line = line
