#!/usr/bin/env python3
"""Measures logs on their way from a run to a reader, and prints a table.

    python3 bench/logs.py [--pyr target/release/pyr] [--peer /path/to/pyr] [--only NAME] [--quick] [--json]

Shell tasks through a server of its own, read by WebSocket clients: how soon a line arrives, how fast a
flood, fifty clients on one log, a run that another process started; a gigabyte opened and searched, and
what all of it costs the server in memory. Beside it, in the same minutes: ``tail -f`` on the same flood
and ripgrep on the same file, where it is installed. ``--peer`` names the ``pyr`` of pyruns from PyPI,
which is sent the same requests. Standard library only: the WebSocket client is below.
"""

from __future__ import annotations

import argparse
import atexit
import base64
import json
import os
import re
import selectors
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Prints lines that say when they were printed, at a steady rate.
STEADY = """
import os, sys, time
count, rate = int(sys.argv[1]), float(sys.argv[2])
start = time.monotonic()
for n in range(count):
    left = start + n / rate - time.monotonic()
    if left > 0: time.sleep(left)
    os.write(1, b"L %d %.7f\\n" % (n, time.time()))
"""

# As many numbered lines as fast as they can be written.
FLOOD = """
import os, sys, time
total, n = int(sys.argv[1]), 0
start = time.monotonic()
while total > 0:
    block = b"".join(b"%09d the quick brown fox jumps over the lazy dog and runs on\\n" % i for i in range(n, n + 4000))
    n += 4000; total -= len(block)
    view = memoryview(block)
    while view: view = view[os.write(1, view):]
open(sys.argv[2], "w").write("%d %f" % (n, time.monotonic() - start))
"""


class Socket:
    """A WebSocket client that reads text messages; RFC 6455, as far as a reader needs it."""

    def __init__(self, url: str, path: str, cookie: str):
        parts = urllib.parse.urlsplit(url)
        self.sock = socket.create_connection((parts.hostname, parts.port))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        key = base64.b64encode(os.urandom(16)).decode()
        head = (
            f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{cookie}\r\n"
        )
        self.sock.sendall(head.encode())
        self.buffer = bytearray()
        self.whole = bytearray()
        while b"\r\n\r\n" not in self.buffer:
            self.fill()
        answer, _, rest = bytes(self.buffer).partition(b"\r\n\r\n")
        if b" 101 " not in answer.split(b"\r\n")[0]:
            raise OSError(answer[:200])
        self.buffer = bytearray(rest)

    def fill(self) -> None:
        data = self.sock.recv(1 << 20)
        if not data:
            raise EOFError
        self.buffer += data

    def frame(self) -> tuple[int, bool, bytes]:
        while len(self.buffer) < 2:
            self.fill()
        first, length, at = self.buffer[0], self.buffer[1] & 127, 2
        for code, form, size in ((126, "!H", 2), (127, "!Q", 8)):
            if length == code:
                while len(self.buffer) < 2 + size:
                    self.fill()
                (length,), at = struct.unpack_from(form, self.buffer, 2), 2 + size
                break
        while len(self.buffer) < at + length:
            self.fill()
        body = bytes(self.buffer[at : at + length])
        del self.buffer[: at + length]
        return first & 15, bool(first & 128), body

    def message(self) -> dict:
        while True:
            code, last, body = self.frame()
            if code == 8:
                raise EOFError
            if code == 9:
                mask = os.urandom(4)
                masked = bytes(b ^ mask[i % 4] for i, b in enumerate(body))
                self.sock.sendall(bytes([138, 128 | len(body)]) + mask + masked)
                continue
            if code in (0, 1):
                self.whole += body
                if last:
                    text, self.whole = bytes(self.whole), bytearray()
                    return json.loads(text)

    def close(self) -> None:
        self.sock.close()


class Server:
    """A server in a project of its own, with the shell workspace open."""

    def __init__(self, pyr: Path, name: str, project: Path | None = None):
        self.pyr, self.name = pyr, name
        self.project = project or Path(tempfile.mkdtemp(prefix="pyruns-bench-"))
        if not project:
            atexit.register(shutil.rmtree, self.project, ignore_errors=True)
        self.environment = dict(os.environ, HOME=str(self.project), PYTHONUNBUFFERED="1")
        (self.project / "steady.py").write_text(STEADY)
        (self.project / "flood.py").write_text(FLOOD)
        self.process = subprocess.Popen(
            [str(pyr), "ui", "shell", "--no-browser"], cwd=self.project, env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        atexit.register(self.stop)
        address = ""
        for line in self.process.stdout:
            if found := re.search(r"http://\S+", line):
                address = found.group(0)
                break
        threading.Thread(target=lambda: [None for _ in self.process.stdout], daemon=True).start()
        self.url = re.match(r"http://[\w.:]+", address).group(0)
        jar = urllib.request.HTTPCookieProcessor()
        self.opener = urllib.request.build_opener(jar)
        until(lambda: self.opener.open(address, timeout=20).read(), "the page")
        until(lambda: self.call("GET", "/api/workspace"), "the server")
        pairs = "; ".join(f"{c.name}={c.value}" for c in jar.cookiejar)
        self.cookie = f"Cookie: {pairs}\r\n" if pairs else ""

    def call(self, method: str, path: str, body: object = None) -> dict:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.url + path, data=data, method=method, headers={"Content-Type": "application/json"}
        )
        with self.opener.open(request, timeout=120) as answer:
            return json.load(answer)

    def raw(self, path: str) -> bytes:
        with self.opener.open(self.url + path, timeout=300) as answer:
            return answer.read()

    def task(self, name: str, script: str) -> str:
        body = {"mode": "shell", "shell_text": script, "name_prefix": name, "append_timestamp": False}
        return self.call("POST", "/api/generator/create", body)["items"][0]["name"]

    def run(self, name: str) -> None:
        self.call("POST", f"/api/tasks/{name}/run", {})

    def run_by_command_line(self, name: str) -> None:
        """The peer's command line starts the run, not the server that is watched."""
        command = [str(self.pyr), "-w", "shell", "run", name]
        subprocess.Popen(command, cwd=self.project, env=self.environment,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def socket(self, name: str) -> Socket:
        return Socket(self.url, f"/api/tasks/{name}/logs/stream", self.cookie)

    def log(self, name: str) -> Path:
        return next(self.project.glob(f"_pyruns_/*/tasks/{name}")) / "run_logs" / "run1.log"

    def memory_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"RssAnon:\s+(\d+)", status).group(1)) / 1024

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def until(done, what: str, deadline_s: float = 60):
    end = time.monotonic() + deadline_s
    while True:
        try:
            if (value := done()) is not None and value is not False:
                return value
        except (OSError, StopIteration):
            pass
        if time.monotonic() > end:
            raise SystemExit(f"waited in vain for {what}")
        time.sleep(0.01)


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


class Reader(threading.Thread):
    """Takes the lines of a steady run and notes how late each is."""

    def __init__(self, client: Socket, count: int):
        super().__init__(daemon=True)
        self.client, self.count = client, count
        self.late_ms: list[float] = []
        self.numbers: list[int] = []
        self.rest = ""

    def run(self) -> None:
        try:
            while len(self.numbers) < self.count:
                message = self.client.message()
                now = time.time()
                if message.get("type") != "chunk":
                    continue
                *lines, self.rest = (self.rest + message["content"]).split("\n")
                for line in lines:
                    if match := re.match(r"L (\d+) ([\d.]+)$", line.rstrip("\r")):
                        self.numbers.append(int(match.group(1)))
                        self.late_ms.append((now - float(match.group(2))) * 1000)
        except (EOFError, OSError):
            pass


class Drain(threading.Thread):
    """Many clients in one thread that only count lines: reading each would measure Python."""

    def __init__(self, clients: list[Socket], count: int):
        super().__init__(daemon=True)
        self.clients, self.count = clients, count
        self.seen = [0] * len(clients)

    def run(self) -> None:
        selector, tails = selectors.DefaultSelector(), [b""] * len(self.clients)
        for at, client in enumerate(self.clients):
            self.seen[at] = bytes(client.buffer).count(b"L ")
            selector.register(client.sock, selectors.EVENT_READ, at)
        while min(self.seen) < self.count:
            for key, _ in selector.select(5):
                data = tails[key.data] + key.fileobj.recv(1 << 18)
                # Each line begins a message or follows an escaped line end.
                self.seen[key.data] += data.count(b"L ")
                tails[key.data] = data[-1:] if data[-1:] == b"L" else b""


def steady(server: Server, name: str, count: int, rate: float, clients: int, by_another=False) -> dict:
    task = server.task(name, f"python3 steady.py {count} {rate}\n")
    # A second server on the project starts nothing: the first one does.
    second = by_another and server.name == "ours"
    watched = Server(server.pyr, server.name, server.project) if second else server
    readers = [Reader(watched.socket(task), count) for _ in range(min(clients, 5))]
    drain = Drain([watched.socket(task) for _ in range(clients - len(readers))], count)
    for reader in readers:
        reader.start()
    if drain.clients:
        drain.start()
    time.sleep(0.3)
    if by_another and not second:
        server.run_by_command_line(task)
    else:
        server.run(task)
    deadline = time.monotonic() + count / rate + 30
    for reader in readers:
        reader.join(max(0.1, deadline - time.monotonic()))
        reader.client.close()
    if second:
        watched.stop()
    if drain.clients:
        drain.join(max(0.1, deadline - time.monotonic()))
    late = [value for reader in readers for value in reader.late_ms]
    lost = sum(count - len(set(reader.numbers)) for reader in readers)
    lost += sum(max(0, count - seen) for seen in drain.seen)
    twice = sum(len(reader.numbers) - len(set(reader.numbers)) for reader in readers)
    return {"p50_ms": round(percentile(late, 0.5), 2), "p99_ms": round(percentile(late, 0.99), 2),
            "lost": lost, "twice": twice}


def flood(server: Server, megabytes: int) -> dict:
    task = server.task("flood", f"python3 flood.py {megabytes << 20} $PWD/flood.txt\n")
    client = server.socket(task)
    server.run(task)
    total = lines = 0
    expected, wrong, rest, first = 0, 0, "", None
    end = time.monotonic() + 180
    while time.monotonic() < end:
        message = client.message()
        if message.get("type") == "end":
            break
        if message.get("type") != "chunk":
            continue
        *full, rest = (rest + message["content"]).split("\n")
        for line in full:
            if line[9:13] != " the":
                continue
            first = first or time.monotonic()
            number = int(line[:9])
            wrong += number != expected
            expected = number + 1
            lines += 1
            total += len(line) + 1
    seconds = time.monotonic() - (first or time.monotonic())
    client.close()
    until(lambda: (server.project / "flood.txt").exists(), "the writer", 120)
    written, writer_s = (server.project / "flood.txt").read_text().split()
    return {"MB_per_s": round(total / max(seconds, 1e-9) / 1e6, 1), "lost": int(written) - lines,
            "out_of_order": wrong, "writer_MB_per_s": round(total / float(writer_s) / 1e6, 1)}


def flood_tail(project: Path, megabytes: int) -> dict:
    """The same flood into a file, read through `tail -f`."""
    path = project / "tail.log"
    path.touch()
    tail = subprocess.Popen(["tail", "-c", "+1", "-f", str(path)], stdout=subprocess.PIPE)
    with path.open("ab") as out:
        writer = subprocess.Popen([sys.executable, "flood.py", str(megabytes << 20), "tail.txt"],
                                  cwd=project, stdout=out)
    start, total = time.monotonic(), 0
    while total < megabytes << 20:
        total += len(os.read(tail.stdout.fileno(), 1 << 20))
    seconds = time.monotonic() - start
    writer.wait()
    tail.kill()
    _, writer_s = (project / "tail.txt").read_text().split()
    return {"MB_per_s": round(total / seconds / 1e6, 1), "writer_MB_per_s": round(total / float(writer_s) / 1e6, 1)}


def gigabyte(server: Server, megabytes: int) -> dict:
    task = server.task("big", "true\n")
    server.run(task)
    until(lambda: server.call("GET", f"/api/tasks/{task}")["status"] == "completed", "the run")
    path = server.log(task)
    filler = "x" * 190
    with path.open("w") as out:
        for start in range(0, megabytes * 5_000, 10_000):
            out.write("".join(f"{n:08d} {filler}\n" for n in range(start, start + 10_000)))
    size = path.stat().st_size
    path.read_bytes()[:1]
    result = {"bytes": size}

    def timed(key: str, call) -> None:
        start = time.monotonic()
        call()
        result[key] = round((time.monotonic() - start) * 1000, 1)

    base = f"/api/tasks/{task}/logs"
    if server.name == "ours":
        line = megabytes * 5_000 - 1_000
        timed("end_first_ms", lambda: server.raw(f"{base}/window?lines=200"))
        timed("line_first_ms", lambda: server.raw(f"{base}/window?from_line={line}&lines=200"))
        timed("line_later_ms", lambda: server.raw(f"{base}/window?from_line={line // 2}&lines=200"))
        search = f"{base}/search?q=" + urllib.parse.quote(r"0004\d99 x") + "&regex=true&case=true&limit=10"
        server.raw(search)
        timed("search_ms", lambda: server.raw(search))
    else:
        timed("end_first_ms", lambda: server.raw(f"{base}?tail_lines=200"))
    if rg := shutil.which("rg"):
        pattern = [rg, "-c", r"0004\d99 x", str(path)]
        subprocess.run(pattern, stdout=subprocess.DEVNULL, check=False)
        timed("ripgrep_ms", lambda: subprocess.run(pattern, stdout=subprocess.DEVNULL, check=False))
    path.unlink()
    return result


def measure(pyr: Path, name: str, only: str | None, quick: bool) -> dict:
    server = Server(pyr, name)
    results: dict = {}
    steps = {
        "line": lambda: steady(server, "line", 300 if quick else 1500, 100, 1),
        "flood": lambda: flood(server, 50 if quick else 200),
        "fifty": lambda: steady(server, "fifty", 2000 if quick else 8000, 1000, 50),
        "another": lambda: steady(server, "another", 300 if quick else 1000, 100, 1, by_another=True),
        "gigabyte": lambda: gigabyte(server, 200 if quick else 1000),
    }
    for step, run in steps.items():
        if only and step != only:
            continue
        before = server.memory_mb()
        try:
            results[step] = run()
        except (EOFError, OSError, SystemExit) as error:
            results[step] = {"failed": str(error)}
        results[step]["memory_growth_mb"] = round(server.memory_mb() - before, 1)
        if step == "flood" and name == "ours":
            results["flood_tail"] = flood_tail(server.project, 50 if quick else 200)
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
                print(f"{step:11} {who:5} {figures}")


if __name__ == "__main__":
    main()
