"""Latency of lines at a steady rate, for one client and for fifty."""

from __future__ import annotations

import re
import selectors
import threading
import time

from .client import Socket
from .server import Server


class Reader(threading.Thread):
    """Receives the lines of a steady run and records the latency of each."""

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
    """Many clients in one thread that only count lines, because parsing them would measure Python."""

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
                # Each line is at the start of a message or after an escaped newline.
                self.seen[key.data] += data.count(b"L ")
                tails[key.data] = data[-1:] if data[-1:] == b"L" else b""


def steady(server: Server, name: str, count: int, rate: float, clients: int, by_another=False) -> dict:
    task = server.task(name, f"python3 steady.py {count} {rate}\n")
    # A second server on the project starts no tasks.
    second = by_another and server.is_ours
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


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")
