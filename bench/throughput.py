#!/usr/bin/env python3
"""Measures the queue with real runs, and prints a table.

    python3 bench/queue.py [--pyr target/release/pyr] [--peer /path/to/pyr] [--tasks 600] [--json]

Trivial shell tasks through the REST API of a server of its own: how many a second with two workers,
what one alone costs over bare fork, exec and wait, how fast a large grid is created, and how soon a
subscriber hears of a change. Beside it, in the same minutes: ``xargs -P2`` on the same scripts, and a
loop that writes the same files with the same durability. ``--peer`` names the ``pyr`` of another
installation of pyruns, which is sent the same requests. Standard library only.
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from table import print_table

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = "true\n"


def new_folder(where: Path | None = None) -> Path:
    """A folder that is there until the whole measurement is over: ext4 passes over inodes that were
    deleted in the last minutes, so tidying up at once would slow down what is measured next."""
    folder = Path(tempfile.mkdtemp(prefix="pyruns-bench-", dir=where))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class Server:
    """A server in a project of its own, with the shell workspace open."""

    def __init__(self, pyr: Path, project: Path, workers: int):
        environment = dict(os.environ, HOME=str(project), PYTHONUNBUFFERED="1")
        self.process = subprocess.Popen(
            [str(pyr), "ui", "shell", "--no-browser"],
            cwd=project,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.url = ""
        for line in self.process.stdout:
            found = re.search(r"http://[\w.:]+", line)
            if found:
                self.url = found.group(0).rstrip("/")
                break
        if not self.url:
            raise SystemExit(f"{pyr} did not say where it serves")
        # Whoever prints an address with a token gives a cookie for it.
        jar = urllib.request.HTTPCookieProcessor()
        self.opener = urllib.request.build_opener(jar)
        address = re.search(r"http://\S+", line).group(0)
        self.until(lambda: self.opener.open(address, timeout=20).read(), "the server's page")
        self.until(lambda: self.call("GET", "/api/workspace"), "the server")
        settings = {"manager_max_workers": workers, "max_batch_tasks": 100_000}
        try:
            self.call("PATCH", "/api/settings", settings)
        except OSError:
            pass

    def call(self, method: str, path: str, body: object = None) -> dict:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.url + path, data=data, method=method, headers={"Content-Type": "application/json"}
        )
        with self.opener.open(request, timeout=600) as answer:
            return json.load(answer)

    def until(self, done, what: str, deadline_s: float = 120.0) -> None:
        end = time.monotonic() + deadline_s
        while True:
            try:
                if done():
                    return
            except urllib.error.HTTPError as error:
                raise SystemExit(f"waiting for {what}: {error}: {error.read()[:200]!r}") from None
            except OSError:
                pass
            if time.monotonic() > end:
                raise SystemExit(f"waited {deadline_s:.0f} s for {what}")
            time.sleep(0.025)

    def create(self, count: int) -> list[str]:
        """Shell tasks, one request each: shell mode makes one at a time."""
        names = []
        for number in range(count):
            body = {"mode": "shell", "shell_text": SCRIPT, "name_prefix": f"t{number}", "append_timestamp": False}
            names.append(self.call("POST", "/api/generator/create", body)["items"][0]["name"])
        return names

    def finished(self) -> int:
        counts = self.call("GET", "/api/tasks?limit=1&status=completed&compact=true")
        return counts["total"]

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def throughput(pyr: Path, count: int) -> float:
    """Tasks a second, two at a time, from the request to the last final state."""
    server = Server(pyr, new_folder(), 2)
    names = server.create(count)
    began = time.perf_counter()
    server.call("POST", "/api/tasks/batch/run", {"task_names": names, "max_workers": 2})
    server.until(lambda: server.finished() >= count, f"{count} tasks")
    seconds = time.perf_counter() - began
    server.stop()
    return count / seconds


def xargs(count: int) -> float:
    """The same scripts without any of it."""
    script = new_folder() / "config.sh"
    script.write_text(SCRIPT)
    shell = os.environ.get("SHELL", "/bin/bash")
    lines = "\n".join([str(script)] * count)
    began = time.perf_counter()
    subprocess.run(["xargs", "-P2", "-n1", shell], input=lines, text=True, check=True)
    return count / (time.perf_counter() - began)


def alone_ms(pyr: Path, rounds: int) -> tuple[float, float]:
    """Median of one task from accepted to its final state on disk, and of bare fork, exec and wait."""
    server = Server(pyr, new_folder(), 1)
    names = server.create(rounds)
    root = Path(server.call("GET", "/api/workspace")["run_root"]) / "tasks"
    times = []
    for name in names:
        info = root / name / "task_info.json"
        server.call("POST", f"/api/tasks/{name}/run")
        began = time.perf_counter()
        while '"completed"' not in info.read_text():
            time.sleep(0.0002)
        times.append((time.perf_counter() - began) * 1000)
    server.stop()
    shell = os.environ.get("SHELL", "/bin/bash")
    bare = []
    script = new_folder() / "config.sh"
    script.write_text(SCRIPT)
    for _ in range(rounds):
        began = time.perf_counter()
        subprocess.run([shell, str(script)], check=True)
        bare.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), statistics.median(bare)


def grid(pyr: Path, count: int) -> tuple[float, float]:
    """Tasks a second of one large grid, and of a loop that writes the same files as durably."""
    project = new_folder(ROOT / "target")
    (project / "train.py").write_text(
        "import argparse\np = argparse.ArgumentParser()\n"
        "p.add_argument('--a', type=int, default=1)\np.add_argument('--b', type=int, default=1)\np.parse_args()\n"
    )
    server = Server(pyr, project, 1)
    server.call("POST", "/api/launcher/open", {"script_path": str(project / "train.py")})
    body = {
        "mode": "form",
        "yaml_text": f"a: 1:{count // 100}\nb: 1:100\n",
        "name_prefix": "grid",
        "append_timestamp": False,
    }
    began = time.perf_counter()
    server.call("POST", "/api/generator/create", body)
    ours = count / (time.perf_counter() - began)
    first = project / "_pyruns_/train/tasks" / f"grid_1-of-{count}"
    files = {name: (first / name).read_bytes() for name in ("config.yaml", "task_info.json")}
    server.stop()
    raw = project / "raw"
    raw.mkdir()
    began = time.perf_counter()
    for number in range(count):
        task = raw / f"grid_{number}"
        (task / "run_logs").mkdir(parents=True)
        for name, content in files.items():
            temporary = task / f".{name}.tmp"
            handle = os.open(temporary, os.O_CREAT | os.O_WRONLY, 0o644)
            os.write(handle, content)
            os.fdatasync(handle)
            os.close(handle)
            os.rename(temporary, task / name)
    loop = count / (time.perf_counter() - began)
    return ours, loop


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyr", type=Path, default=ROOT / "target/release/pyr")
    parser.add_argument("--peer", type=Path, help="the pyr of another installation")
    parser.add_argument("--tasks", type=int, default=600, help="how many trivial tasks")
    parser.add_argument("--rounds", type=int, default=3, help="how often the throughput is measured; the median counts")
    parser.add_argument("--grid", type=int, default=2000, help="how many tasks the grid has; a multiple of 100")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not arguments.pyr.exists():
        raise SystemExit(f"{arguments.pyr} is not there: run `make build` first")
    pyr = arguments.pyr.resolve()
    rows = []
    rounds = [(throughput(pyr, arguments.tasks), xargs(arguments.tasks)) for _ in range(arguments.rounds)]
    ours, bare = (statistics.median(figures) for figures in zip(*rounds))
    rows.append(("trivial shell tasks, 2 workers", f"{ours:.0f} /s", "≥ 300 /s"))
    rows.append(("the same scripts by xargs -P2", f"{bare:.0f} /s, {bare / ours:.1f} × ours", "≤ 3 ×"))
    if arguments.peer:
        peer = throughput(arguments.peer.resolve(), min(arguments.tasks, 40))
        rows.append(("the same tasks by the peer", f"{peer:.1f} /s; ours is {ours / peer:.0f} ×", "≥ 60 ×"))
    alone, fork = alone_ms(pyr, 60)
    rows.append(("one task alone, median", f"{alone:.1f} ms; bare {fork:.1f} ms; over it {alone - fork:.1f} ms", "≤ 5 ms"))
    created, loop = grid(pyr, arguments.grid)
    share = f"{created:.0f} tasks/s; raw loop {loop:.0f}: {created / loop:.0%}"
    rows.append((f"creating a grid of {arguments.grid:,}", share, "≥ 70 %"))
    print_table(rows, arguments.json)


if __name__ == "__main__":
    main()
