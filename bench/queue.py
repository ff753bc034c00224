#!/usr/bin/env python3
"""Measures the queue with real runs, and prints a table.

    python3 bench/queue.py [--pyr target/release/pyr] [--peer /path/to/pyr] [--only python] [--json]

Trivial shell and Python tasks through the REST API of a server of its own: how many a second with two
workers, and what a single one costs from the request to its final state on disk. Beside them, in the
same minutes: the same scripts with the same interpreter by ``xargs -P2``, and by bare fork, exec and
wait. The measurements take turns, because machines have better and worse minutes: differences and
ratios are those of neighbours, and the medians of these are printed. Then how fast a large grid is
created, beside a loop that writes the same files with the same durability. ``--peer`` names the ``pyr``
of another installation of pyruns, which is sent the same requests. Standard library only.
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
SHELL = os.environ.get("SHELL", "/bin/bash")
SHELL_SCRIPT = "true\n"
#: A minimal script with a parameter.
PYTHON_SCRIPT = """\
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=0)
print(parser.parse_args().seed)
"""


def python_here() -> str:
    """The interpreter itself, because the command in ``PATH`` may be a wrapper script."""
    asked = subprocess.run(
        ["python3", "-c", "import sys; print(sys.executable)"], capture_output=True, text=True, check=True
    )
    return asked.stdout.strip()


#: The interpreter that runs the tasks and the scripts beside them; set by `main`.
PYTHON = ""


def new_folder(where: Path | None = None) -> Path:
    """A folder that is removed after all measurements: ext4 skips recently deleted inodes, so an
    immediate removal would slow down the next measurement."""
    folder = Path(tempfile.mkdtemp(prefix="pyruns-bench-", dir=where))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class Server:
    """A server on a new project, with the workspace of ``kind`` open: "shell" or "python"."""

    def __init__(self, pyr: Path, workers: int, kind: str = "shell", project: Path | None = None):
        self.kind = kind
        project = project or new_folder()
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
            raise SystemExit(f"{pyr} did not print its URL")
        # A server that prints a URL with a token exchanges it for a cookie.
        jar = urllib.request.HTTPCookieProcessor()
        self.opener = urllib.request.build_opener(jar)
        address = re.search(r"http://\S+", line).group(0)
        self.until(lambda: self.opener.open(address, timeout=20).read(), "the server's page")
        self.until(lambda: self.call("GET", "/api/workspace"), "the server")
        settings = {"manager_max_workers": workers, "max_batch_tasks": 100_000, "python_executable": PYTHON}
        try:
            self.call("PATCH", "/api/settings", settings)
        except OSError:
            pass
        if kind == "python":
            script = project / "train.py"
            script.write_text(PYTHON_SCRIPT)
            self.call("POST", "/api/launcher/open", {"script_path": str(script)})

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
        """Creates tasks of the workspace's kind."""
        if self.kind == "python":
            body = {
                "mode": "form",
                "yaml_text": f"seed: 1:{count}\n",
                "name_prefix": "grid",
                "append_timestamp": False,
            }
            return [item["name"] for item in self.call("POST", "/api/generator/create", body)["items"]]
        names = []
        # One request per task, because shell mode creates one at a time.
        for number in range(count):
            body = {
                "mode": "shell",
                "shell_text": SHELL_SCRIPT,
                "name_prefix": f"t{number}",
                "append_timestamp": False,
            }
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


def bare_command(kind: str) -> list[str]:
    """The command of a task of this kind, without its last argument in a batch."""
    folder = new_folder()
    if kind == "shell":
        (folder / "config.sh").write_text(SHELL_SCRIPT)
        return [SHELL, str(folder / "config.sh")]
    (folder / "train.py").write_text(PYTHON_SCRIPT)
    return [PYTHON, str(folder / "train.py"), "--seed"]


def batch_s(pyr: Path, kind: str, count: int) -> float:
    """Seconds from the request to the last final state, with two workers."""
    server = Server(pyr, 2, kind)
    names = server.create(count)
    # A warm-up, because the interpreter is inspected once and cached.
    server.call("POST", f"/api/tasks/{names[0]}/run")
    server.until(lambda: server.finished() >= 1, "the first task")
    names = names[1:]
    began = time.perf_counter()
    server.call("POST", "/api/tasks/batch/run", {"task_names": names, "max_workers": 2})
    server.until(lambda: server.finished() > len(names), f"{count} tasks")
    seconds = time.perf_counter() - began
    server.stop()
    return seconds / len(names) * count


def xargs_s(kind: str, count: int) -> float:
    """Runs the same scripts without Pyruns."""
    command = bare_command(kind)
    if kind == "shell":
        command, arguments = command[:1], command[1:] * count
    else:
        arguments = [str(number) for number in range(count)]
    began = time.perf_counter()
    subprocess.run(
        ["xargs", "-P2", "-n1", *command],
        input="\n".join(arguments),
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - began


def batch_rows(kind: str, pyr: Path, peer: Path | None, count: int, rounds: int) -> list[tuple[str, str, str]]:
    pairs = [(batch_s(pyr, kind, count), xargs_s(kind, count)) for _ in range(rounds)]
    ours, bare = (statistics.median(figures) for figures in zip(*pairs))
    over_ms = statistics.median((ours - bare) / count * 1000 for ours, bare in pairs)
    ratio = statistics.median(ours / bare for ours, bare in pairs)
    rows = [
        (f"{count} trivial {kind} tasks, 2 workers", f"{ours:.2f} s, {count / ours:.0f} /s", ""),
        ("  by xargs -P2", f"{bare:.2f} s, {count / bare:.0f} /s; ours: {ratio:.2f} ×", ""),
        ("  overhead over xargs, per task", f"{over_ms:.1f} ms", "≤ 5 ms"),
    ]
    if peer:
        few = min(count, 40)
        other = batch_s(peer, kind, few) / few
        rows.append(("  by the peer", f"{1 / other:.1f} /s; ours is {other / (ours / count):.0f} × as fast", ""))
    return rows


def run_alone_ms(server: Server, name: str) -> float:
    """Time from the request to run a task to its final state on disk."""
    info = Path(server.call("GET", "/api/workspace")["run_root"]) / "tasks" / name / "task_info.json"
    began = time.perf_counter()
    server.call("POST", f"/api/tasks/{name}/run")
    while '"completed"' not in info.read_text():
        time.sleep(0.0002)
    return (time.perf_counter() - began) * 1000


def run_bare_ms(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000


def alone_rows(kind: str, pyr: Path, peer: Path | None, rounds: int) -> list[tuple[str, str, str]]:
    command = bare_command(kind) + (["1"] if kind == "python" else [])
    server = Server(pyr, 1, kind)
    # The first task inspects the interpreter.
    first, *names = server.create(rounds + 1)
    run_alone_ms(server, first)
    pairs = [(run_alone_ms(server, name), run_bare_ms(command)) for name in names]
    server.stop()
    ours, bare = (statistics.median(figures) for figures in zip(*pairs))
    over = statistics.median(ours - bare for ours, bare in pairs)
    rows = [(f"a single {kind} task", f"{ours:.1f} ms; bare {bare:.1f} ms; over it {over:.1f} ms", "≤ 8 ms")]
    if peer:
        server = Server(peer, 1, kind)
        times = [run_alone_ms(server, name) for name in server.create(10)]
        server.stop()
        rows.append(("  by the peer", f"{statistics.median(times):.1f} ms", ""))
    return rows


def grid(pyr: Path, count: int) -> tuple[float, float]:
    """Tasks per second of one large grid, and of a loop that writes and syncs the same files."""
    project = new_folder(ROOT / "target")
    (project / "train.py").write_text(
        "import argparse\np = argparse.ArgumentParser()\n"
        "p.add_argument('--a', type=int, default=1)\np.add_argument('--b', type=int, default=1)\np.parse_args()\n"
    )
    server = Server(pyr, 1, project=project)
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
    global PYTHON
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyr", type=Path, default=ROOT / "target/release/pyr")
    parser.add_argument("--peer", type=Path, help="the pyr executable of another installation")
    parser.add_argument("--python", help="the interpreter for both; default: python3 on PATH")
    parser.add_argument("--tasks", type=int, default=100, help="number of trivial tasks")
    parser.add_argument("--rounds", type=int, default=5, help="number of measurements of each batch, alternating")
    parser.add_argument("--alone", type=int, default=40, help="number of single tasks")
    parser.add_argument("--grid", type=int, default=2000, help="number of tasks of the grid; a multiple of 100")
    parser.add_argument("--only", choices=("shell", "python", "grid"), help="measure only this")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not arguments.pyr.exists():
        raise SystemExit(f"{arguments.pyr} does not exist: run `make build` first")
    PYTHON = arguments.python or python_here()
    pyr = arguments.pyr.resolve()
    # The programs of a virtual environment are links whose path must be kept.
    peer = arguments.peer.absolute() if arguments.peer else None
    rows = []
    for kind in ("shell", "python"):
        if arguments.only in (None, kind):
            rows += batch_rows(kind, pyr, peer, arguments.tasks, arguments.rounds)
            rows += alone_rows(kind, pyr, peer, arguments.alone)
    if arguments.only in (None, "grid"):
        created, loop = grid(pyr, arguments.grid)
        share = f"{created:.0f} tasks/s; raw loop {loop:.0f}: {created / loop:.0%}"
        rows.append((f"creating a grid of {arguments.grid:,}", share, "≥ 70 %"))
    print_table(rows, arguments.json)


if __name__ == "__main__":
    main()
