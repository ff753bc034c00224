"""Prints measurements."""

from __future__ import annotations

import json


def print_table(rows: list[tuple[str, str, str]], as_json: bool) -> None:
    """Rows of name, value, and target if there is one."""
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    width = max(len(row[0]) for row in rows)
    for name, value, target in rows:
        print(f"{name:<{width}}  {value}" + (f"   (target {target})" if target else ""))
