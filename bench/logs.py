#!/usr/bin/env python3
"""Measures logs on their way from a run to a reader, and prints a table.

    python3 bench/logs.py [--pyr target/release/pyr] [--peer /path/to/pyr] [--only NAME] [--quick] [--json]

Shell tasks through a server of its own, read by WebSocket clients: how soon a line arrives, how fast a
flood, straight to the file and through a terminal, fifty clients on one log, a run that another process
started; a gigabyte opened and searched, and what all of it costs the server in memory. Beside it, in the
same minutes: ``tail -f`` on the same flood and ripgrep on the same file, where it is installed.
``--peer`` names the ``pyr`` of pyruns from PyPI, which is sent the same requests. Standard library only.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from log_readers.flood import flood, tail
from log_readers.gigabyte import gigabyte
from log_readers.lines import steady
from log_readers.server import Server

ROOT = Path(__file__).resolve().parent.parent


def measure(pyr: Path, name: str, only: str | None, quick: bool) -> dict:
    server = Server(pyr, name)
    results: dict = {}
    megabytes = 50 if quick else 200
    steps = {
        "line": lambda: steady(server, "line", 300 if quick else 1500, 100, 1),
        "flood": lambda: flood(server, megabytes, "file"),
        "flood_terminal": lambda: flood(server, megabytes, "terminal"),
        "flood_tail": lambda: tail(server, megabytes),
        "fifty": lambda: steady(server, "fifty", 2000 if quick else 8000, 1000, 50),
        "another": lambda: steady(server, "another", 300 if quick else 1000, 100, 1, by_another=True),
        "gigabyte": lambda: gigabyte(server, 200 if quick else 1000),
    }
    if not server.is_ours:
        # The peer has one output mode, and the same tail.
        del steps["flood_terminal"], steps["flood_tail"]
    for step, run in steps.items():
        if only and only not in (step, step.partition("_")[0]):
            continue
        before = server.memory_mb()
        try:
            results[step] = run()
        except (EOFError, OSError, SystemExit) as error:
            results[step] = {"failed": str(error)}
        results[step]["memory_growth_mb"] = round(server.memory_mb() - before, 1)
    server.stop()
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyr", type=Path, default=ROOT / "target/release/pyr")
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--only")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    results = {"ours": measure(arguments.pyr.resolve(), "ours", arguments.only, arguments.quick)}
    if arguments.peer:
        results["peer"] = measure(arguments.peer.resolve(), "peer", arguments.only, arguments.quick)
    if arguments.json:
        print(json.dumps(results, indent=2))
        return
    for step in results["ours"]:
        for who, of in results.items():
            if step in of:
                figures = "  ".join(f"{key} {value}" for key, value in of[step].items())
                print(f"{step:14} {who:5} {figures}")


if __name__ == "__main__":
    main()
