#!/usr/bin/env python3
"""Measures curves and the runs table, and prints a table.

    python3 bench/metrics.py [--pyr target/release/pyr] [--runs 100] [--points 100000] [--rows 10000] [--json]

Real runs are made that report ``--points`` points each (a shell task that appends a prepared journal),
so that their ends are folded as usual. Then a server is started and asked for all their curves: cold, again,
a part in full detail, smoothed. The table is measured with ``--rows`` tasks of 50 columns, as finished
runs leave them. Standard library only.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

from scale import ROOT, Events, Server, times_ms
from table import print_table

KEYS_OF_TABLE = 20
LONG_POINTS = 10_000_000


def journal_text(points: int, seed: int) -> str:
    dice = random.Random(seed)
    lines = []
    for step in range(points):
        loss = math.exp(-step / points * 3) + dice.gauss(0, 0.05)
        lines.append(f'{{"t":{1763896617 + step * 0.01:.6f},"track":{{"loss":{loss!r}}}}}\n')
    return "".join(lines)


def make_runs(server: Server, project: Path, runs: int, points: int) -> float:
    """Runs with long journals. Returns their total duration in seconds."""
    tasks = project / "_pyruns_" / "_shell_" / "tasks"
    prepared = [project / f"journal{number}.jsonl" for number in range(4)]
    for number, path in enumerate(prepared):
        path.write_text(journal_text(points, number))
    names = []
    for number in range(runs):
        name = f"curve-{number:03d}"
        target = tasks / name / "run_logs" / "run1.journal.jsonl"
        script = f"cat {prepared[number % 4]} >> {target}"
        create(server, name, script)
        names.append(name)
    began = time.perf_counter()
    server.call("POST", "/api/tasks/batch/run", {"task_names": names, "max_workers": 2})
    wait_done(server, runs)
    return time.perf_counter() - began


def create(server: Server, name: str, script: str) -> None:
    body = {"name_prefix": name, "mode": "shell", "shell_text": script, "append_timestamp": False}
    server.call("POST", "/api/generator/create", body)


def wait_done(server: Server, count: int) -> None:
    deadline = time.monotonic() + 900
    while time.monotonic() < deadline:
        page = json.loads(server.call("GET", "/api/tasks?limit=1&compact=true"))
        if page["status_counts"]["completed"] >= count:
            return
        if page["status_counts"]["failed"]:
            raise SystemExit("a run has failed")
        time.sleep(0.05)
    raise SystemExit("the runs did not end in time")


def series(server: Server, runs: int, **more: object) -> tuple[float, int]:
    """Milliseconds and bytes of a response with all curves."""
    body = {"runs": [{"task": f"curve-{number:03d}"} for number in range(runs)], "keys": ["loss"], **more}
    began = time.perf_counter()
    answer = server.call("POST", "/api/metrics/series?format=binary", body)
    return (time.perf_counter() - began) * 1000, len(answer)


def start(pyr: Path, project: Path) -> Server:
    (project / "train.py").write_text("import argparse\np = argparse.ArgumentParser()\n")
    server = Server(pyr, project)
    server.call("POST", "/api/workspace/shell")
    return server


def measure_curves(pyr: Path, project: Path, runs: int, points: int) -> list[tuple[str, str, str]]:
    what = f"{runs} runs × {points:,} points"
    server = start(pyr, project)
    took = make_runs(server, project, runs, points)
    rows = [(f"{what}: the runs, 2 in parallel", f"{took:.1f} s", "")]
    server.stop()
    server = start(pyr, project)
    cold, size = series(server, runs)
    warm = statistics.median(series(server, runs)[0] for _ in range(20))
    rows.append((f"{what}: all curves, first request of a server", f"{cold:.0f} ms", "≤ 1,000 ms"))
    rows.append(("  again", f"{warm:.0f} ms ({size / 1e6:.1f} MB)", "≤ 200 ms"))
    rows.append(("  memory of the server afterwards", f"{server.memory_mb():.0f} MB", ""))
    part = {"from": points * 0.4, "to": points * 0.5}
    rows.append(("  a tenth of each in full detail, from the journals", f"{series(server, runs, **part)[0]:.0f} ms", ""))
    again = statistics.median(series(server, runs, **part)[0] for _ in range(5))
    rows.append(("  again", f"{again:.0f} ms", "≤ 200 ms"))
    smooth = statistics.median(series(server, runs, smoothing=0.9)[0] for _ in range(3))
    rows.append(("  smoothed over all points", f"{smooth:.0f} ms", ""))
    rows.append(("  memory of the server afterwards", f"{server.memory_mb():.0f} MB", ""))
    server.stop()
    for overview in (project / "_pyruns_" / "_shell_" / "tasks").glob("*/run_logs/*.overview"):
        overview.unlink()
    server = start(pyr, project)
    rows.append(("  first request without overviews on disk", f"{series(server, runs)[0]:.0f} ms", ""))
    rows += measure_live(server, project)
    rows += measure_long(server, project)
    server.stop()
    return rows


def measure_live(server: Server, project: Path) -> list[tuple[str, str, str]]:
    """Time from the write of a point to the event with the point."""
    stop = project / "stop"
    create(server, "live", f"while [ ! -e {stop} ]; do sleep 0.05; done")
    server.call("POST", "/api/tasks/live/run")
    journal = project / "_pyruns_" / "_shell_" / "tasks" / "live" / "run_logs" / "run1.journal.jsonl"
    while json.loads(server.call("GET", "/api/tasks/live"))["status"] != "running":
        time.sleep(0.01)
    events = Events(server)

    def point(number: int) -> None:
        with journal.open("a") as file:
            file.write(f'{{"t":{time.time()!r},"track":{{"loss":{1000 + number}.25}}}}\n')
        events.until(f"{1000 + number}.25")

    times = []
    for number in range(100):
        time.sleep(0.13)
        times.append(times_ms(1, lambda _, n=number: point(n))[0])
    times.sort()
    stop.write_text("")
    median, p99 = statistics.median(times), times[98]
    return [("a point that is written, to a subscriber", f"median {median:.1f} ms, p99 {p99:.1f} ms", "≤ 300 ms")]


def measure_long(server: Server, project: Path) -> list[tuple[str, str, str]]:
    """A run with ten million points: its finalization, and its curve."""
    piece = project / "journal0.jsonl"
    lines = sum(1 for _ in piece.open("rb"))
    target = project / "_pyruns_" / "_shell_" / "tasks" / "long" / "run_logs" / "run1.journal.jsonl"
    create(server, "long", f"for i in $(seq {LONG_POINTS // lines}); do cat {piece}; done >> {target}; date +%s.%N")
    server.call("POST", "/api/tasks/long/run")
    peak_mb = 0.0
    answers = []
    while True:
        began = time.perf_counter()
        page = json.loads(server.call("GET", "/api/tasks?limit=50&compact=true"))
        answers.append((time.perf_counter() - began) * 1000)
        for status in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if b"supervise" in status.read_bytes():
                    text = (status.parent / "status").read_text()
                    rss = int(text.split("RssAnon:")[1].split()[0]) / 1024
                    peak_mb = max(peak_mb, rss)
            except (OSError, IndexError):
                continue
        if any(task["name"] == "long" and task["status"] == "completed" for task in page["items"]):
            break
        time.sleep(0.02)
    ended = time.time()
    log = json.loads(server.call("GET", "/api/tasks/long/logs?tail_lines=5"))["content"]
    written = next(float(line) for line in log.splitlines() if line[:1].isdigit())
    body = {"runs": [{"task": "long"}], "keys": ["loss"]}
    began = time.perf_counter()
    server.call("POST", "/api/metrics/series?format=binary", body)
    whole = (time.perf_counter() - began) * 1000
    began = time.perf_counter()
    server.call("POST", "/api/metrics/series?format=binary", {**body, "from": 1e6, "to": 1.1e6})
    part = (time.perf_counter() - began) * 1000
    info = target.parent.parent / "task_info.json"
    return [
        (f"{LONG_POINTS:,} points in one run: from its last point to its end", f"{ended - written:.1f} s", ""),
        ("  peak private memory of its supervisor", f"{peak_mb:.1f} MB", "≤ 5 MB"),
        ("  slowest page of tasks during the run", f"{max(answers):.0f} ms", ""),
        ("  size of its task_info.json", f"{info.stat().st_size / 1e6:.2f} MB", ""),
        ("  its curve", f"{whole:.0f} ms", ""),
        ("  a hundredth of it in full detail", f"{part:.0f} ms", ""),
        ("  memory of the server afterwards", f"{server.memory_mb():.0f} MB", ""),
    ]


def write_table(root: Path, count: int) -> None:
    """Creates finished tasks with 50 columns and more."""
    dice = random.Random(7)
    for number in range(count):
        folder = root / "tasks" / f"run-{number:05d}"
        (folder / "run_logs").mkdir(parents=True)
        params = {f"p{key}": round(dice.random(), 4) for key in range(18)}
        params.update(lr=10 ** -(number % 5), optimizer=("sgd", "adam", "lion")[number % 3])
        (folder / "config.yaml").write_text("".join(f"{key}: {value}\n" for key, value in params.items()))
        metrics = {}
        for key in range(KEYS_OF_TABLE):
            low, high = sorted((dice.random(), dice.random()))
            metrics[f"m{key}"] = {"count": 1000, "last": high, "min": low, "max": high, "mean": (low + high) / 2}
        stamp = f"2026-10-{number % 28 + 1:02d}_{number % 24:02d}-00-{number % 60:02d}"
        info = {
            "name": folder.name, "status": "failed" if number % 20 == 0 else "completed", "created_at": stamp,
            "task_kind": "python", "config_file": "config.yaml", "start_times": [stamp], "finish_times": [stamp],
            "pids": [number], "records": [{f"r{key}": dice.random() for key in range(5)}], "tracks": [{}],
            "metrics": [metrics], "durations_s": [dice.random() * 1000], "exit_codes": [0], "run_index": 1,
            "notes": "", "env": {}, "script": "train.py",
        }  # fmt: skip
        (folder / "task_info.json").write_text(json.dumps(info))


def measure_table(pyr: Path, project: Path, count: int) -> list[tuple[str, str, str]]:
    start(pyr, project).stop()
    write_table(project / "_pyruns_" / "train", count)
    server = Server(pyr, project)
    json.loads(server.call("GET", "/api/tasks?limit=1"))
    columns = ["name", "status", "started", "duration", "lr", "optimizer"]
    columns += [f"p{key}" for key in range(18)] + [f"r{key}" for key in range(5)]
    columns += [f"metrics.m{key}.last" for key in range(KEYS_OF_TABLE)] + ["metrics.m0.max"]
    assert len(columns) == 50

    def ask(**query: object) -> dict:
        return json.loads(server.call("POST", "/api/runs", {"columns": columns, "limit": 100, **query}))

    began = time.perf_counter()
    assert ask()["total"] == count
    first = (time.perf_counter() - began) * 1000
    what = f"table of {count:,} runs × 50 columns"
    rows = [(f"{what}: first page", f"{first:.0f} ms", "≤ 500 ms")]
    asked = [
        ("a page", {}),
        ("sorted by a metric", {"sort": ["-metrics.m3.max"]}),
        ("sorted by three columns", {"sort": ["optimizer", "lr", "-metrics.m3.max"]}),
        ("sorted by name", {"sort": ["-name"]}),
        ("filtered", {"filter": "lr < 0.01 and status = completed and metrics.m1.max > 0.9"}),
        ("filtered by a text, sorted", {"filter": "optimizer ~ ada or run-0007", "sort": ["p3"]}),
        ("grouped by two, sorted", {"group": ["lr", "optimizer"], "sort": ["metrics.m0.last"]}),
    ]
    for name, query in asked:
        median, p99 = times_ms(20, lambda _, query=query: ask(**query))
        rows.append((f"  {name}", f"median {median:.0f} ms, p99 {p99:.0f} ms", "≤ 50 ms"))
    began = time.perf_counter()
    size = len(server.call("GET", "/api/runs/export?format=csv"))
    rows.append(("  all rows as CSV", f"{(time.perf_counter() - began) * 1000:.0f} ms ({size / 1e6:.1f} MB)", ""))
    rows.append(("  memory of the server afterwards", f"{server.memory_mb():.0f} MB", ""))
    server.stop()
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyr", type=Path, default=ROOT / "target/release/pyr")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not arguments.pyr.exists():
        raise SystemExit(f"{arguments.pyr} does not exist: run `make build` first")
    pyr = arguments.pyr.resolve()
    os.environ.pop("__PYRUNS_ROOT__", None)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        rows = measure_curves(pyr, Path(folder), arguments.runs, arguments.points)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        rows += measure_table(pyr, Path(folder), arguments.rows)
    print_table(rows, arguments.json)


if __name__ == "__main__":
    main()
