"""A load generator with several processes, each sending the next request after a response. Standard library only."""

from __future__ import annotations

import multiprocessing
import socket
import time


class Connection:
    """A keep-alive connection that requests one path."""

    def __init__(self, port: int, path: str, cookie: str = "", host: str = "127.0.0.1") -> None:
        self.socket = socket.create_connection((host, port), timeout=120)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        more = f"Cookie: {cookie}\r\n" if cookie else ""
        self.request = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n{more}\r\n".encode()

    def ask(self) -> int:
        """Sends one request; returns the status."""
        self.socket.sendall(self.request)
        received = self.socket.recv(1 << 20)
        while b"\r\n\r\n" not in received:
            received += self.more()
        head, _, rest = received.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        left = length - len(rest)
        while left > 0:
            left -= len(self.more())
        return int(head[9:12])

    def more(self) -> bytes:
        piece = self.socket.recv(1 << 20)
        if not piece:
            raise ConnectionError("the server closed")
        return piece


def client(port: int, path: str, cookie: str, seconds: float, start, results) -> None:
    times: list[float] = []
    try:
        connection = Connection(port, path, cookie)
        connection.ask()
        start.wait()
        end = time.perf_counter() + seconds
        now = time.perf_counter()
        while now < end:
            if connection.ask() != 200:
                raise ConnectionError("not 200")
            after = time.perf_counter()
            times.append(after - now)
            now = after
    except OSError as error:
        results.send((times, str(error)))
        return
    results.send((times, ""))


def load(port: int, path: str, clients: int, seconds: float, cookie: str = "") -> tuple[float, float, float, str]:
    """Requests per second, median and 99th percentile in ms, and errors."""
    context = multiprocessing.get_context("fork")
    start = context.Event()
    processes, results = [], []
    for _ in range(clients):
        # One pipe per process, because multiprocessing's queues import the module `queue`, which is a file here.
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=client, args=(port, path, cookie, seconds, start, theirs))
        process.start()
        processes.append(process)
        results.append(ours)
    time.sleep(0.3)
    start.set()
    times: list[float] = []
    failures: list[str] = []
    for pipe in results:
        taken, failure = pipe.recv() if pipe.poll(seconds + 240) else ([], "no response")
        times += taken
        failures += [failure] if failure else []
    for process in processes:
        process.join()
    if not times:
        return 0.0, float("inf"), float("inf"), failures[0] if failures else "no response"
    times.sort()
    at = lambda part: times[min(len(times) - 1, int(len(times) * part))] * 1000  # noqa: E731
    return len(times) / seconds, at(0.5), at(0.99), failures[0] if failures else ""
