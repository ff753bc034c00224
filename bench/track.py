#!/usr/bin/env python3
"""What one call of ``pyruns.track(loss=x)`` costs, in a task folder made for it.

Prints the median of groups of calls, for few and for many recorded points. With
``--peer PYTHON`` the same is measured with the ``pyruns`` that is installed for
another interpreter; it stops after ``--peer-limit-s`` and says how far it came.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CALL_COUNTS = (10_000, 100_000)
OURS = Path(__file__).resolve().parent.parent / "python" / "src"
# Slots as a supervisor leaves them at the start of run 1.
TASK_INFO = {
    "name": "bench",
    "status": "running",
    "progress": 0.0,
    "created_at": "2026-01-01_00-00-00",
    "pinned": False,
    "task_kind": "python",
    "config_file": "config.yaml",
    "start_times": ["2026-01-01_00-00-00"],
    "finish_times": [""],
    "pids": [None],
    "records": [{}],
    "tracks": [{}],
    "run_index": 1,
    "notes": "",
    "env": {},
}


def main() -> int:
    arguments = parse_arguments()
    if arguments.inside is not None:
        print(json.dumps(measure(arguments.inside, arguments.limit_s)))
        return 0
    ours = dict(os.environ, PYTHONPATH=str(OURS))
    results = {"pyruns": [measure_apart(sys.executable, n, ours, 600) for n in CALL_COUNTS]}
    if arguments.peer:
        theirs = {name: os.environ[name] for name in os.environ if name != "PYTHONPATH"}
        limit_s = arguments.peer_limit_s
        results["peer"] = [measure_apart(arguments.peer, n, theirs, limit_s) for n in CALL_COUNTS]
    print(json.dumps(results) if arguments.json else as_text(results))
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON, times in microseconds")
    parser.add_argument("--peer", metavar="PYTHON", help="an interpreter with another pyruns")
    parser.add_argument("--peer-limit-s", type=float, default=30.0, help="seconds for each count")
    parser.add_argument("--inside", type=int, metavar="CALLS", help=argparse.SUPPRESS)
    parser.add_argument("--limit-s", type=float, default=600.0, help=argparse.SUPPRESS)
    return parser.parse_args()


def measure_apart(python: str, call_count: int, environment: dict, limit_s: float) -> dict:
    """Measures in a process of its own, which believes to be a run."""
    with tempfile.TemporaryDirectory(prefix="pyruns-bench-") as home:
        task = Path(home, "_pyruns_", "train", "tasks", "bench")
        (task / "run_logs").mkdir(parents=True)
        (task / "config.yaml").write_text("lr: 0.1\n")
        (task / "task_info.json").write_text(json.dumps(TASK_INFO, indent=2))
        inside = {
            "PYRUNS_TASK_DIR": str(task),
            "PYRUNS_RUN_INDEX": "1",
            "__PYRUNS_CONFIG__": str(task / "config.yaml"),
            "__PYRUNS_ROOT__": str(task.parent.parent),
        }
        command = [python, __file__, "--inside", str(call_count), "--limit-s", str(limit_s)]
        out = subprocess.run(
            command, env={**environment, **inside}, cwd=home, stdout=subprocess.PIPE, check=True
        ).stdout
    return json.loads(out.splitlines()[-1])


def measure(call_count: int, limit_s: float) -> dict:
    """Median and 99th percentile over groups of calls, in microseconds a call."""
    import pyruns

    values = [1.0 / (i + 1.5) for i in range(call_count)]
    group_size = 20
    group_us = []
    deadline = time.monotonic() + limit_s
    for start in range(0, call_count, group_size):
        group = values[start : start + group_size]
        before = time.perf_counter()
        for value in group:
            pyruns.track(loss=value)
        group_us.append((time.perf_counter() - before) / len(group) * 1e6)
        if time.monotonic() > deadline:
            break
    ranked = sorted(group_us)
    return {
        "asked_calls": call_count,
        "calls": min(len(group_us) * group_size, call_count),
        "median_us": round(statistics.median(ranked), 3),
        "p99_us": round(ranked[int(len(ranked) * 0.99)], 3),
        "last_tenth_median_us": round(statistics.median(group_us[-max(1, len(group_us) // 10) :]), 3),
    }


def as_text(results: dict) -> str:
    lines = []
    for name, rows in results.items():
        for row in rows:
            short = "" if row["calls"] == row["asked_calls"] else " (stopped at its time limit)"
            lines.append(
                "%-7s track(loss=x): median %.2f µs, p99 %.2f µs over %d calls%s"
                % (name, row["median_us"], row["p99_us"], row["calls"], short)
            )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
