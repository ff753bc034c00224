#!/usr/bin/env python3
"""What one call of ``pyruns.track(loss=x)`` costs, and the same call of other trackers.

    python3 bench/track.py                   # ours, for 1,000 to 1,000,000 recorded points
    python3 bench/track.py --peers           # and pyruns 0.3.17, mlflow, tensorboardX, trackio, aim
    python3 bench/track.py --peer PYTHON     # and the pyruns that PYTHON has installed

``--peers`` installs the others from PyPI into a virtual environment (``--venv``, kept for the
next time); what does not install is left out and named. Each is measured in a process and a
folder of its own, the way its documentation shows it, and stops after ``--limit-s``. Printed
are the median and the 99th percentile of groups of 20 calls; the median of the last tenth, which
tells whether a call gets dearer with the number of points; the CPU time of the whole process,
its threads and its last writing included, for each point; and the bytes on disk for each point.
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
from typing import Callable, Tuple

CALL_COUNTS = (1_000, 10_000, 100_000, 1_000_000)
GROUP_SIZE = 20
ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "python" / "src"
PEERS = {
    "pyruns 0.3.17": "pyruns==0.3.17",
    "mlflow": "mlflow",
    "tensorboardX": "tensorboardX",
    "trackio": "trackio",
    "aim": "aim",
}
# The files that a supervisor creates at the start of run 1.
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
        print(json.dumps(measure(arguments.tracker, arguments.inside, arguments.limit_s)))
        return 0
    results, left_out = {}, {}
    for name, (tracker, python, environment) in contestants(arguments, left_out).items():
        limit_s = 600 if name == "pyruns" else arguments.limit_s
        results[name] = []
        for count in arguments.counts:
            try:
                row = measure_apart(tracker, python, count, environment, limit_s)
            except (subprocess.SubprocessError, ValueError) as error:
                left_out[name] = str(error)
                break
            results[name].append(row)
            if row["calls"] < count:
                break  # More points would not change the result.
    results = {name: rows for name, rows in results.items() if rows}
    if arguments.json:
        print(json.dumps(results))
    else:
        print(as_table(results))
        for name, reason in left_out.items():
            print("left out: %s: %s" % (name, reason))
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON, times in microseconds")
    parser.add_argument("--counts", type=int, nargs="+", default=CALL_COUNTS, metavar="CALLS")
    parser.add_argument("--peers", action="store_true", help="measure other trackers too")
    parser.add_argument("--peer", metavar="PYTHON", help="an interpreter with another pyruns")
    parser.add_argument("--limit-s", type=float, default=15.0, help="seconds for each count of a peer")
    default = Path(tempfile.gettempdir(), "pyruns-bench-peers")
    parser.add_argument("--venv", type=Path, default=default, help="where the peers are installed")
    parser.add_argument("--inside", type=int, metavar="CALLS", help=argparse.SUPPRESS)
    parser.add_argument("--tracker", default="pyruns", help=argparse.SUPPRESS)
    return parser.parse_args()


def contestants(arguments: argparse.Namespace, left_out: dict) -> dict:
    """Name -> module, interpreter and environment. Ours is first."""
    plain = {name: os.environ[name] for name in os.environ if name != "PYTHONPATH"}
    found = {"pyruns": ("pyruns", sys.executable, dict(plain, PYTHONPATH=str(OURS)))}
    if arguments.peer:
        found["peer"] = ("pyruns", arguments.peer, plain)
    if arguments.peers:
        python = arguments.venv / "bin" / "python"
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(arguments.venv)], check=True)
        for name, package in PEERS.items():
            if install(python, package):
                found[name] = (name.split()[0], str(python), plain)
            else:
                left_out[name] = "did not install"
    return found


def install(python: Path, package: str) -> bool:
    # One by one, so that a failed installation does not affect the others.
    show = [str(python), "-m", "pip", "show", "-q", package.split("==")[0]]
    if subprocess.run(show, stderr=subprocess.DEVNULL).returncode == 0:
        return True
    print("installing %s ..." % package, file=sys.stderr)
    command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", package]
    try:
        return subprocess.run(command, timeout=300).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def measure_apart(
    tracker: str, python: str, call_count: int, environment: dict, limit_s: float
) -> dict:
    """Measures in a separate process with the environment of a run."""
    with tempfile.TemporaryDirectory(prefix="pyruns-bench-") as home:
        task = Path(home, "_pyruns_", "train", "tasks", "bench")
        (task / "run_logs").mkdir(parents=True)
        (task / "config.yaml").write_text("lr: 0.1\n")
        (task / "task_info.json").write_text(json.dumps(TASK_INFO, indent=2))
        size_before = size_of(home)
        inside = {
            "PYRUNS_TASK_DIR": str(task),
            "PYRUNS_RUN_INDEX": "1",
            "__PYRUNS_CONFIG__": str(task / "config.yaml"),
            "__PYRUNS_ROOT__": str(task.parent.parent),
            # Only this folder is written, and no update checks are made.
            "HOME": home,
            "HF_HUB_OFFLINE": "1",
            "GRADIO_ANALYTICS_ENABLED": "False",
            "MLFLOW_DISABLE_TELEMETRY": "true",
            "AIM_ANALYTICS_ENABLED": "0",
        }
        command = [python, __file__, "--tracker", tracker, "--inside", str(call_count)]
        done = subprocess.run(
            [*command, "--limit-s", str(limit_s)],
            env={**environment, **inside},
            cwd=home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=limit_s + 120,
        )
        if done.returncode != 0:
            lines = done.stderr.decode(errors="replace").strip().splitlines() or ["it failed"]
            raise ValueError(lines[-1][:200])
        result = json.loads(done.stdout.splitlines()[-1])
        result["disk_bytes"] = round((size_of(home) - size_before) / result["calls"], 1)
    return result


def size_of(folder: str) -> int:
    paths = [Path(place, name) for place, _, names in os.walk(folder) for name in names]
    return sum(path.lstat().st_size for path in paths)


def measure(tracker: str, call_count: int, limit_s: float) -> dict:
    """Median and 99th percentile over groups of calls, in microseconds per call."""
    values = [1.0 / (i + 1.5) for i in range(call_count)]
    call, finish = TRACKERS[tracker]()
    group_us = []
    deadline = time.monotonic() + limit_s
    cpu_before = time.process_time()
    step = 0
    for start in range(0, call_count, GROUP_SIZE):
        group = values[start : start + GROUP_SIZE]
        before = time.perf_counter()
        for value in group:
            call(value, step)
            step += 1
        group_us.append((time.perf_counter() - before) / len(group) * 1e6)
        if time.monotonic() > deadline:
            break
    finish()
    cpu_s = time.process_time() - cpu_before
    ranked = sorted(group_us)
    return {
        "asked_calls": call_count,
        "calls": step,
        "median_us": round(statistics.median(ranked), 3),
        "p99_us": round(ranked[int(len(ranked) * 0.99)], 3),
        "last_tenth_median_us": round(statistics.median(group_us[-max(1, len(group_us) // 10) :]), 3),
        "cpu_us": round(cpu_s / step * 1e6, 3),
    }


# Each returns a function that logs one value at one step, and a function for the end.
Tracker = Tuple[Callable[[float, int], object], Callable[[], object]]


def with_pyruns() -> Tracker:
    import pyruns

    # Our background thread writes pending data at process exit.
    current = sys.modules.get("pyruns.current")
    finish = (lambda: current.current_journal().flush()) if current else (lambda: None)
    return lambda value, step: pyruns.track(loss=value), finish


def with_mlflow() -> Tracker:
    import mlflow

    mlflow.start_run()
    return lambda value, step: mlflow.log_metric("loss", value, step=step), mlflow.end_run


def with_tensorboard_x() -> Tracker:
    from tensorboardX import SummaryWriter

    writer = SummaryWriter("runs/bench")
    return lambda value, step: writer.add_scalar("loss", value, step), writer.close


def with_trackio() -> Tracker:
    import trackio

    trackio.init(project="bench")
    return lambda value, step: trackio.log({"loss": value}, step=step), trackio.finish


def with_aim() -> Tracker:
    from aim import Run

    run = Run(repo=".", system_tracking_interval=None)
    return lambda value, step: run.track(value, name="loss", step=step), run.close


TRACKERS = {
    "pyruns": with_pyruns,
    "mlflow": with_mlflow,
    "tensorboardX": with_tensorboard_x,
    "trackio": with_trackio,
    "aim": with_aim,
}


def as_table(results: dict) -> str:
    ours = {row["asked_calls"]: row["median_us"] for row in results["pyruns"]}
    head = ("", "points", "median µs", "p99 µs", "last 10 % µs", "CPU µs", "bytes", "× ours")
    table = [head]
    for name, rows in results.items():
        for row in rows:
            ratio = row["median_us"] / ours[row["asked_calls"]]
            short = "" if row["calls"] == row["asked_calls"] else "  (stopped after %s)" % f"{row['calls']:,}"
            table.append(
                (
                    name,
                    f"{row['asked_calls']:,}",
                    f"{row['median_us']:,.2f}",
                    f"{row['p99_us']:,.2f}",
                    f"{row['last_tenth_median_us']:,.2f}",
                    f"{row['cpu_us']:,.2f}",
                    f"{row['disk_bytes']:,.0f}",
                    f"{ratio:,.1f}" + short,
                )
            )
    widths = [max(len(row[column].split("  ")[0]) for row in table) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, len(head) - 1) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths))
        ).rstrip()
        for row in table
    )


if __name__ == "__main__":
    sys.exit(main())
