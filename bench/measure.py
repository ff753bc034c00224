#!/usr/bin/env python3
"""Measures size, start-up and memory, and prints a table.

    python3 bench/measure.py [--pyr target/release/pyr] [--peer /path/to/python] [--json]

Sizes of the binary and of the first load, time from start to first response, idle memory,
and the cost of one ``pyruns.track()``. ``--peer`` names a Python that has pyruns 0.3 installed;
its ``track()`` is then timed beside ours in the same minute. Standard library only.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from table import print_table

ROOT = Path(__file__).resolve().parent.parent
STARTS = 7


class Server:
    """A new ``pyr ui`` process in a new folder."""

    def __init__(self, pyr: Path, project: Path):
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [str(pyr), "ui", "shell", "-p", "0", "--no-browser"],
            cwd=project,
            stdout=subprocess.PIPE,
            text=True,
        )
        line = self.process.stdout.readline()
        found = re.search(r"http://[^\s]+", line)
        if not found:
            self.process.kill()
            raise SystemExit(f"pyr did not print its URL: {line!r}")
        self.url = found.group(0).rstrip("/")

    def get(self, path: str, encoding: str = "br") -> bytes:
        request = urllib.request.Request(self.url + path, headers={"Accept-Encoding": encoding})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

    def private_kib(self) -> int:
        """Private memory of the process, as reported by the kernel."""
        text = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return sum(int(kib) for kib in re.findall(r"^Private_(?:Clean|Dirty):\s+(\d+)", text, re.M))

    def resident_kib(self) -> int:
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"^VmRSS:\s+(\d+)", text, re.M).group(1))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def start_ms(pyr: Path) -> list[float]:
    """Time from ``exec`` to the first response, each time in a new project."""
    times = []
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory() as project:
            server = Server(pyr, Path(project))
            server.get("/api/workspace")
            times.append((time.perf_counter() - server.began) * 1000)
            server.stop()
    return times


def first_load(server: Server) -> dict[str, int]:
    """Compressed size of the WASM, styles and scripts that the home page loads."""
    page = server.get("/", "identity").decode()
    paths = set(re.findall(r"[\"'](/pkg/[^\"'?]+)[\"']", page))
    script = server.get("/pkg/pyruns.js", "identity").decode()
    imported = re.findall(r"^import .*[\"']\./([^\"']+)[\"']", script, re.M)
    paths |= {f"/pkg/{path}" for path in imported}
    if "/pkg/pyruns.wasm" not in paths:
        raise SystemExit("the page does not reference /pkg/pyruns.wasm: its resources are unknown")
    return {path: len(server.get(path)) for path in sorted(paths)}


def track_us(python: str, extra: list[str]) -> dict:
    command = [python, str(ROOT / "bench/track.py"), "--json", *extra]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def measure(arguments: argparse.Namespace) -> list[tuple[str, str, str]]:
    pyr = arguments.pyr.resolve()
    rows = [("binary", f"{pyr.stat().st_size / 1e6:.1f} MB", "≤ 32 MB")]
    times = start_ms(pyr)
    shown = f"{statistics.median(times):.0f} ms (of {STARTS}: {min(times):.0f} to {max(times):.0f})"
    rows.append(("start to first response", shown, ""))
    with tempfile.TemporaryDirectory() as project:
        server = Server(pyr, Path(project))
        sizes = first_load(server)
        time.sleep(3)
        memory = f"{server.resident_kib() / 1024:.1f} MB resident, {server.private_kib() / 1024:.1f} MB private"
        server.stop()
    rows.append(("idle memory", memory, "≤ 25 MB"))
    rows.append(("first load, brotli", f"{sum(sizes.values()) / 1000:.0f} KB", "≤ 300 KB"))
    rows += [(f"  {name}", f"{size / 1000:.1f} KB", "") for name, size in sizes.items()]
    extra = ["--peer", arguments.peer] if arguments.peer else []
    for name, results in track_us(sys.executable, extra).items():
        for result in results:
            shown = f"{result['median_us']:.1f} µs median, {result['p99_us']:.1f} µs 99th percentile"
            if result["calls"] < result["asked_calls"]:
                shown += f" (given up after {result['calls']:,})"
            rows.append((f"track() by {name}, {result['asked_calls']:,} calls", shown, ""))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyr", type=Path, default=ROOT / "target/release/pyr")
    parser.add_argument("--peer", help="a Python with pyruns 0.3 installed")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not arguments.pyr.exists():
        raise SystemExit(f"{arguments.pyr} does not exist: run `make build` first")
    rows = measure(arguments)
    print_table(rows, arguments.json)


if __name__ == "__main__":
    main()
