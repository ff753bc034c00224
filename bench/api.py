#!/usr/bin/env python3
"""Measures the API beside that of pyruns 0.3, in the same run, and prints a table.

    python3 -m venv peer && peer/bin/pip install pyruns==0.3.17
    python3 bench/api.py [--pyr target/release/pyr] [--peer peer/bin/pyr] [--tasks 1000 10000] [--json]

Both serve the same workspace, one after the other: with a given number of finished tasks
them. Eight clients in processes of their own ask as fast as they are answered. Without ``--peer`` only
ours is measured. What the peer does not answer within ``--patience`` seconds counts as no answer.
Standard library only.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from load import load
from scale import write_tasks

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = "import argparse\np = argparse.ArgumentParser()\np.add_argument('--lr', type=float, default=0.1)\np.parse_args()\n"
NAME = "sweep-000_1-of-1000"


def get(port: int, path: str, timeout_s: float, cookie: str = "") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_s)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """A server of ours or of pyruns 0.3 on a project, measured from process start to the first response."""

    def __init__(self, command: list[str], project: Path, patience_s: float) -> None:
        environment = {**os.environ, "HOME": str(project), "BROWSER": "true", "PYTHONUNBUFFERED": "1"}
        self.port, self.cookie, output = free_port(), "", project / "output.txt"
        port = self.port
        self.began = time.perf_counter()
        with output.open("w") as out:
            self.process = subprocess.Popen(
                [*command, "-p", str(port)], cwd=project, env=environment,
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
            )
        while True:
            try:
                # pyruns 0.3 rejects requests without its token; any response counts here.
                status = get(port, "/api/workspace", patience_s).status
                break
            except OSError:
                if time.perf_counter() - self.began > patience_s or self.process.poll() is not None:
                    raise SystemExit(f"{command} does not respond: {output.read_text()}") from None
                time.sleep(0.002)
        self.start_s = time.perf_counter() - self.began
        if status == 401:
            self.enter(output, patience_s)

    def enter(self, output: Path, patience_s: float) -> None:
        """Exchanges the token in the printed URL for a cookie."""
        token = re.search(r"token=(\S+)", output.read_text())
        answer = get(self.port, f"/?token={token[1] if token else ''}", patience_s)
        self.cookie = (answer.headers["Set-Cookie"] or "").split(";")[0]

    def memory_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def measure(command: list[str], project: Path, arguments: argparse.Namespace) -> dict[str, dict]:
    """All measurements of one server."""
    starts = []
    for _ in range(arguments.starts):
        server = Server(command, project, arguments.patience)
        starts.append(server.start_s)
        if len(starts) < arguments.starts:
            server.stop()
    # Background work after the first response is not measured here.
    time.sleep(1)
    port = server.port
    figures: dict[str, dict] = {"start to first 200": {"ms": min(starts) * 1000}}
    for name, path in [
        ("GET /api/tasks, 50", "/api/tasks?limit=50"),
        ("GET /api/tasks/{name}", f"/api/tasks/{NAME}"),
        ("GET /api/workspace", "/api/workspace"),
        ("GET /api/dashboard", "/api/dashboard?recent_limit=6"),
    ]:
        try:
            status = get(port, path, arguments.patience, server.cookie).status
        except OSError as error:
            figures[name] = {"failure": str(error)}
            continue
        if status != 200:
            figures[name] = {"failure": f"status {status}"}
            continue
        rate, median, p99, failure = load(port, path, 8, arguments.seconds, server.cookie)
        _, alone, alone_p99, _ = load(port, path, 1, arguments.seconds / 2, server.cookie)
        figures[name] = {
            "per_s": rate, "ms": median, "p99_ms": p99,
            "alone_ms": alone, "alone_p99_ms": alone_p99, "failure": failure,
        }
    figures["memory"] = {"mb": server.memory_mb()}
    server.stop()
    return figures


def shown(figure: dict | None) -> str:
    if figure is None:
        return "–"
    if figure.get("failure") and "per_s" not in figure:
        return f"no response ({figure['failure'][:40]})"
    if "per_s" in figure:
        return (
            f"{figure['per_s']:,.0f}/s, p50 {figure['ms']:.1f} ms, p99 {figure['p99_ms']:.1f} ms; "
            f"alone p50 {figure['alone_ms']:.2f} ms, p99 {figure['alone_p99_ms']:.2f} ms"
        )
    return f"{figure['ms']:.0f} ms" if "ms" in figure else f"{figure['mb']:.0f} MB"


def ratio(ours: dict, theirs: dict | None) -> str:
    if theirs is None or "failure" in ours and "per_s" not in ours:
        return ""
    if theirs.get("per_s"):
        return f"{ours['per_s'] / theirs['per_s']:.0f} × the throughput, p99 {theirs['p99_ms'] / ours['p99_ms']:.0f} × shorter"
    for unit in ("ms", "mb"):
        if unit in theirs and unit in ours and "per_s" not in ours:
            return f"1/{theirs[unit] / ours[unit]:.0f}"
    return "they do not answer"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pyr", type=Path, default=ROOT / "target/release/pyr")
    parser.add_argument("--peer", type=Path, help="the pyr executable of pyruns 0.3")
    parser.add_argument("--tasks", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--patience", type=float, default=30.0)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    result: dict[str, dict] = {}
    for count in arguments.tasks:
        with tempfile.TemporaryDirectory(prefix="pyruns-bench-") as name:
            project = Path(name)
            (project / "train.py").write_text(SCRIPT)
            root = project / "_pyruns_/train"
            Server([str(arguments.pyr.resolve()), "ui", "train.py", "--no-browser"], project, 60).stop()
            write_tasks(root, count)
            for cache in root.glob(".index_cache*"):
                cache.unlink()
            both = {"ours": measure([str(arguments.pyr.resolve()), "ui", "train.py", "--no-browser"], project, arguments)}
            if arguments.peer:
                theirs = project.with_name(project.name + "-peer")
                shutil.copytree(project, theirs)
                options = argparse.Namespace(**{**vars(arguments), "starts": 1})
                both["theirs"] = measure([str(arguments.peer.absolute()), "ui", "train.py", "--no-browser"], theirs, options)
                shutil.rmtree(theirs)
            result[str(count)] = both
            if not arguments.json:
                print(f"\n{count:,} tasks")
                for what, ours in both["ours"].items():
                    peer = both.get("theirs", {}).get(what)
                    print(f"  {what:<24} ours   {shown(ours)}")
                    if arguments.peer:
                        print(f"  {'':<24} theirs {shown(peer)}   → {ratio(ours, peer)}")
    if arguments.json:
        print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
