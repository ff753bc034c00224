#!/usr/bin/env python3
"""Attacks a server and measures the effect on another client.

    python3 bench/attacks.py [--pyr target/release/pyr] [--tasks 200]

One client asks for a page of tasks again and again. Meanwhile, one after the other: bodies of 64 MB, slow
requests, floods of headers, bombs of YAML, a thousand idle WebSockets, and clients that never read.
For each the table tells the 99th percentile of the client's answers beside the one in peace, what the
attack was answered, and the server's memory. The attackers are a process of their own with the lowest priority, as
if they were on another machine: what is measured is what they cost the server. Standard library only.
"""

from __future__ import annotations

import argparse
import collections
import json
import multiprocessing
import os
import resource
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import Callable

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "end2end/contract"))

from load import Connection  # noqa: E402
from pyr import Pyr, Socket  # noqa: E402
from scale import write_tasks  # noqa: E402

Answers = collections.Counter


def raw(port: int, payload: bytes, answers, timeout_s: float = 40.0) -> None:
    """Sends bytes and counts the status of the response."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=timeout_s) as connection:
            try:
                connection.sendall(payload)
            except OSError:
                pass  # Disconnected during the write; there may be a response nevertheless.
            head = connection.recv(64)
            answers[head[9:12].decode() or "closed"] += 1
    except OSError:
        answers["cut"] += 1


def post(path: str, body: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def large_bodies(port: int, stop, answers) -> None:
    payload = post("/api/generator/preview", b"x" * (64 << 20))
    while not stop.is_set():
        raw(port, payload, answers)


def full_bodies(port: int, stop, answers) -> None:
    text = json.dumps({"yaml_text": "a: " + "x" * (4_000_000)}).encode()
    while not stop.is_set():
        raw(port, post("/api/generator/preview", text), answers)


def slow_requests(port: int, stop, answers) -> None:
    held = []
    for _ in range(300):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(b"GET /api/tasks HTTP/1.1\r\nHost: localhost\r\n")
        held.append(connection)
    while not stop.wait(0.2):
        for connection in held:
            try:
                connection.sendall(b"X: y\r\n")
                answers["held"] += 1
            except OSError:
                answers["closed"] += 1
    for connection in held:
        connection.close()


def header_floods(port: int, stop, answers) -> None:
    many = "".join(f"X-{n}: {'y' * 100}\r\n" for n in range(3000))
    payload = f"GET /api/tasks HTTP/1.1\r\nHost: localhost\r\n{many}\r\n".encode()
    while not stop.is_set():
        raw(port, payload, answers)


def yaml_bombs(port: int, stop, answers) -> None:
    laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for above, below in zip("bcdefghijk", "abcdefghij"):
        laughs += f"{above}: &{above} [{', '.join([f'*{below}'] * 9)}]\n"
    wide = f"a: &a [{'1,' * 300_000}]\nb: [{'*a,' * 300_000}]\n"
    deep = "a: " + "[" * 100_000
    bodies = [json.dumps({"yaml_text": text}).encode() for text in (laughs, wide, deep)]
    while not stop.is_set():
        for body in bodies:
            raw(port, post("/api/generator/preview", body), answers)


def idle_sockets(port: int, stop, answers) -> None:
    held = []
    for _ in range(1000):
        if stop.is_set():
            break
        held.append(Socket(port, "/api/events"))
        answers[str(held[-1].status)] += 1
    stop.wait()
    for one in held:
        one.close()


def deaf_sockets(port: int, stop, answers) -> None:
    """Clients subscribe and never read, while events are published."""
    held = [Socket(port, "/api/events") for _ in range(50)]
    note = "n" * 20_000
    while not stop.is_set():
        raw(port, post("/api/tasks/sweep-000_1-of-1000/pin", b"{}"), answers)
        patch = post("/api/tasks/sweep-000_1-of-1000/notes", json.dumps({"notes": note}).encode())
        raw(port, patch.replace(b"POST", b"PATCH", 1), answers)
        note = note[1:] + note[0]
    for one in held:
        one.close()


def attacking(attack: Callable, port: int, stop, sender) -> None:
    os.nice(19)
    answers: Answers = collections.Counter()
    attack(port, stop, answers)
    sender.send(answers)


def percentile(pyr: Pyr, seconds: float) -> tuple[float, float, int]:
    """Latency of one client: median and 99th percentile in ms, and number of responses.

    Each request asks for another page, so that none is cached, with and without an attack.
    """
    connection = Connection(pyr.port, "/api/tasks")
    request = connection.request
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        page = f"/api/tasks?limit=50&compact=true&offset={len(times) % 150}"
        connection.request = request.replace(b"/api/tasks", page.encode(), 1)
        began = time.perf_counter()
        assert connection.ask() == 200
        times.append((time.perf_counter() - began) * 1000)
        # Like a browser; a client without pauses would measure itself.
        time.sleep(0.002)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.99)], len(times)


def memory_mb(pyr: Pyr) -> tuple[float, float]:
    """Current and peak memory."""
    status = Path(f"/proc/{pyr.process.pid}/status").read_text()
    find = lambda key: int(status.split(key)[1].split()[0]) / 1024  # noqa: E731
    return find("VmRSS:"), find("VmHWM:")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pyr", type=Path, default=ROOT / "target/release/pyr")
    parser.add_argument("--tasks", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=5.0)
    arguments = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4096)), hard))
    with tempfile.TemporaryDirectory(prefix="pyruns-attacks-") as name:
        folder = Path(name)
        (folder / "train.py").write_text("import argparse\np = argparse.ArgumentParser()\np.add_argument('--lr')\n")
        write_tasks(folder / "_pyruns_/train", arguments.tasks)
        pyr = Pyr(folder, "train.py", binary=arguments.pyr.resolve())
        try:
            return table(pyr, arguments.seconds)
        finally:
            pyr.end()


def table(pyr: Pyr, seconds: float) -> int:
    percentile(pyr, 1)
    failed = False
    attacks: list[Callable] = [
        large_bodies, full_bodies, slow_requests, header_floods, yaml_bombs, idle_sockets, deaf_sockets,
    ]
    print(f"{'':<16} {'p50':>8} {'p99':>8} {'peace':>8}   ratio  memory (peak)  responses")
    for attack in attacks:
        _, peace, _ = percentile(pyr, seconds)
        stop, (receiver, sender) = multiprocessing.Event(), multiprocessing.Pipe(duplex=False)
        attacker = multiprocessing.Process(target=attacking, args=(attack, pyr.port, stop, sender))
        attacker.start()
        time.sleep(1)
        median, p99, _ = percentile(pyr, seconds)
        now, most = memory_mb(pyr)
        stop.set()
        answers = receiver.recv()
        attacker.join()
        ratio = p99 / peace
        failed |= pyr.process.poll() is not None
        print(
            f"{attack.__name__:<16} {median:7.2f}  {p99:7.2f}  {peace:7.2f}  {ratio:5.1f} × "
            f"{now:5.0f} ({most:.0f}) MB  {dict(answers)}"
        )
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
