#!/usr/bin/env python3
"""Measures a workspace of 100,000 tasks, and prints a table.

    python3 bench/scale.py [--pyr target/release/pyr] [--tasks 100000] [--keep FOLDER] [--json]

Writes the tasks as finished runs have left them (parameters, a run, records, a curve), then starts a
server on them twice: once as it comes from elsewhere, once with what the first start left behind. Each
time it counts from the start of the process to the first correct page, with the files in the page
cache. Then it asks for pages, searches and sorted pages, and listens for changes. ``--keep`` names a
folder that is made once and used again. Standard library only.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import os
import random
import re
import socket
import statistics
import struct
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

from table import print_table

ROOT = Path(__file__).resolve().parent.parent
OPTIMIZERS = ("sgd", "adam", "adamw", "lion")


def write_tasks(root: Path, count: int) -> None:
    """Creates finished tasks like those of a grid."""
    tasks = root / "tasks"
    tasks.mkdir(parents=True, exist_ok=True)
    dice = random.Random(7)
    for number in range(count):
        folder = tasks / f"sweep-{number // 1000:03d}_{number % 1000 + 1}-of-1000"
        if folder.exists():
            continue
        (folder / "run_logs").mkdir(parents=True)
        config = {
            "lr": round(10 ** dice.uniform(-5, -1), 6),
            "epochs": 90,
            "batch_size": 2 ** (number % 8 + 3),
            "optimizer": OPTIMIZERS[number % 4],
            "model": f"resnet{number % 5 * 16 + 18}",
            "weight_decay": 0.0005,
            "seed": number,
            "data_dir": "/data/imagenet",
            "amp": True,
            "warmup": {"epochs": 5, "factor": 0.1},
        }
        lines = [f"{key}: {json.dumps(value)}" for key, value in config.items()]
        (folder / "config.yaml").write_text("\n".join(lines) + "\n")
        day, second = number % 28 + 1, number % 60
        failed = number % 50 == 0
        stamp = f"2026-10-{day:02d}_{number % 24:02d}-{number // 60 % 60:02d}-{second:02d}"
        info = {
            "name": folder.name,
            "status": "failed" if failed else "completed",
            "progress": 1.0,
            "created_at": stamp,
            "pinned": False,
            "task_kind": "python",
            "config_file": "config.yaml",
            "start_times": [stamp],
            "finish_times": [stamp],
            "pids": [1000 + number],
            "records": [{"accuracy": dice.random(), "loss": dice.random() * 3}],
            "tracks": [{"loss": [round(dice.random(), 6) for _ in range(10)]}],
            "script": str(root.parent.parent / "train.py"),
            "run_index": 1,
            "notes": "the one of the paper" if number == count // 3 else "",
            "env": {},
            "task_order": None,
            "durations_s": [dice.random() * 1000],
            "exit_codes": [1 if failed else 0],
            "reasons": ["exit code 1" if failed else ""],
        }
        (folder / "task_info.json").write_text(json.dumps(info, indent=2) + "\n")


class Server:
    """A server on the workspace, measured from the start of its process."""

    def __init__(self, pyr: Path, project: Path):
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [str(pyr), "ui", "train.py", "--no-browser"],
            cwd=project,
            env=dict(os.environ, HOME=str(project)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for line in self.process.stdout:
            found = re.search(r"http://\S+", line)
            if found:
                self.address = urlsplit(found.group(0).rstrip("/"))
                break
        else:
            raise SystemExit(f"{pyr} did not print its URL")
        self.connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=120)

    def call(self, method: str, path: str, body: object = None) -> bytes:
        data = None if body is None else json.dumps(body)
        self.connection.request(method, path, data, {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{method} {path}: {answer.status} {text[:200]!r}")
        return text

    def memory_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)


class Events:
    """A subscriber: a minimal WebSocket client."""

    def __init__(self, server: Server):
        address = (server.address.hostname, server.address.port)
        self.socket = socket.create_connection(address, timeout=30)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET /api/events HTTP/1.1\r\nHost: {server.address.netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        self.stream = self.socket.makefile("rb")
        while self.stream.readline().strip():
            pass
        self.until('"hello"')

    def message(self) -> str:
        while True:
            head = self.stream.read(2)
            length = head[1] & 0x7F
            if length == 126:
                length = struct.unpack(">H", self.stream.read(2))[0]
            elif length == 127:
                length = struct.unpack(">Q", self.stream.read(8))[0]
            text = self.stream.read(length).decode()
            if head[0] & 0x0F == 1:
                return text

    def until(self, part: str) -> None:
        while part not in self.message():
            pass


def first_page(pyr: Path, project: Path, count: int) -> tuple[Server, float]:
    server = Server(pyr, project)
    while True:
        page = json.loads(server.call("GET", "/api/tasks?limit=50&compact=true"))
        if page["total"] == count and len(page["items"]) == 50:
            return server, time.perf_counter() - server.began


def times_ms(rounds: int, ask) -> tuple[float, float]:
    """Median and 99th percentile."""
    taken = []
    for number in range(rounds):
        began = time.perf_counter()
        ask(number)
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return statistics.median(taken), taken[min(len(taken) - 1, int(len(taken) * 0.99))]


def list_tasks(server: Server, parameters: str) -> bytes:
    return server.call("GET", f"/api/tasks?limit=50&compact=true&{parameters}")


def latency_ms(server: Server, tasks: Path, rounds: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Time from a request to the event, and from a write by another process to the event."""
    events = Events(server)
    name = "sweep-000_1-of-1000"

    def by_request(number: int) -> None:
        server.call("PATCH", f"/api/tasks/{name}/notes", {"notes": f"note {number}."})
        events.until(f"note {number}.")

    def by_file(number: int) -> None:
        info = tasks / running / "task_info.json"
        text = json.loads(info.read_text())
        text["notes"] = f"by hand {number}."
        temporary = info.with_name(".by-hand.tmp")
        temporary.write_text(json.dumps(text))
        temporary.rename(info)
        events.until(f"by hand {number}.")

    # The folder of a queued task is watched. A held task stays queued.
    running = "sweep-000_2-of-1000"
    server.call("POST", f"/api/tasks/{running}/hold", {"held": True})
    server.call("POST", f"/api/tasks/{running}/run")
    events.until('"queued"')
    answers = times_ms(rounds, by_request), times_ms(rounds, by_file)
    server.call("POST", f"/api/tasks/{running}/cancel")
    return answers


def measure(pyr: Path, project: Path, count: int) -> list[tuple[str, str, str]]:
    script = project / "train.py"
    script.write_text("import argparse\np = argparse.ArgumentParser()\np.add_argument('--lr', type=float)\n")
    root = project / "_pyruns_" / "train"
    Server(pyr, project).stop()
    idle = Server(pyr, project)
    idle_mb = idle.memory_mb() if not any((root / "tasks").glob("*")) else None
    idle.stop()
    write_tasks(root, count)
    for cache in root.glob(".index_cache*"):
        cache.unlink()
    # All files are read once, so that the disk cache is warm.
    for folder in os.scandir(root / "tasks"):
        for name in ("task_info.json", "config.yaml"):
            try:
                Path(folder.path, name).read_bytes()
            except NotADirectoryError:
                pass
    server, from_elsewhere = first_page(pyr, project, count)
    deadline = time.monotonic() + 120
    while not any(root.glob(".index_cache.jsonl")) and time.monotonic() < deadline:
        time.sleep(0.1)
    server.stop()
    again = []
    for _ in range(3):
        server, seconds = first_page(pyr, project, count)
        again.append(seconds)
        if len(again) < 3:
            server.stop()
    rows = [
        (f"first page of {count:,} tasks, from their files", f"{from_elsewhere:.2f} s", ""),
        ("the same with the cache of the start before", f"{statistics.median(again):.2f} s", "≤ 1.5 s"),
    ]
    words = ["adamw", "resnet50", "lr: 0.00", "seed: 777", "the one of the paper", "nothing like it"]
    pages = times_ms(200, lambda n: list_tasks(server, f"offset={n * 50}"))
    deep = times_ms(100, lambda n: list_tasks(server, f"status=failed&offset={n * 10}"))
    searches = times_ms(120, lambda n: list_tasks(server, f"query={quote(words[n % len(words)])}"))
    sorts = ["config.lr", "-records.accuracy", "name", "-duration_s", "created_at"]
    first_sorts = times_ms(len(sorts), lambda n: list_tasks(server, f"sort={sorts[n]}"))
    sorted_pages = times_ms(100, lambda n: list_tasks(server, f"sort={sorts[n % len(sorts)]}&offset={n * 50}"))

    def row(what: str, times: tuple[float, float], target: str) -> None:
        rows.append((what, f"median {times[0]:.1f} ms, p99 {times[1]:.1f} ms", target))

    row("a page of 50", pages, "p99 ≤ 10 ms")
    row("a page of one status", deep, "p99 ≤ 10 ms")
    row("a search", searches, "p99 ≤ 50 ms")
    row("the first page by a new sort column", first_sorts, "")
    row("a page by a column", sorted_pages, "p99 ≤ 10 ms")
    memory = server.memory_mb()
    by_request, by_file = latency_ms(server, root / "tasks", 200)
    row("a change by a request, to a subscriber", by_request, "p99 ≤ 20 ms")
    row("a file changed by another process, to a subscriber", by_file, "p99 ≤ 20 ms")
    rows.append((f"memory with {count:,} tasks", f"{memory:.0f} MB", "≤ 250 MB"))
    if idle_mb:
        rows.append(("memory without any", f"{idle_mb:.0f} MB", "≤ 25 MB"))
    server.stop()
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyr", type=Path, default=ROOT / "target/release/pyr")
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="a folder for the tasks, used again the next time")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not arguments.pyr.exists():
        raise SystemExit(f"{arguments.pyr} does not exist: run `make build` first")
    pyr = arguments.pyr.resolve()
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        rows = measure(pyr, arguments.keep.resolve(), arguments.tasks)
    else:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            rows = measure(pyr, Path(folder), arguments.tasks)
    print_table(rows, arguments.json)


if __name__ == "__main__":
    main()
