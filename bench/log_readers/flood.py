"""Numbered lines at maximum rate: what a reader receives, and the cost of readers.

Every reader keeps what it gets and looks at it afterwards, so that no reader is measured for what Python
does with a line.
"""

from __future__ import annotations

import subprocess
import sys
import time

from .client import messages
from .server import Server, until

LINE_BYTES = 66
# A reader that receives nothing for this time has ended.
SILENCE_S = 30


class Received:
    """Number of bytes, and time from the first to the last."""

    def __init__(self, room: int):
        self.data, self.size = bytearray(room), 0
        self.first = self.last = 0.0

    def read(self, read_into) -> bool:
        if self.size + (1 << 20) > len(self.data):
            self.data += bytes(64 << 20)
        count = read_into(memoryview(self.data)[self.size : self.size + (1 << 20)])
        self.last = time.monotonic()
        self.first = self.first or self.last
        self.size += count
        return count > 0

    def mb_per_s(self, bytes_of_lines: int) -> float:
        return round(bytes_of_lines / max(self.last - self.first, 1e-9) / 1e6, 1)


def flood(server: Server, megabytes: int, capture: str) -> dict:
    """Through a server to a WebSocket client, after a run of the same flood without a reader."""
    unwatched = written(server, f"flood-{capture}-alone", megabytes, capture, None)
    name = f"flood-{capture}"
    received = Received((megabytes << 20) * 5 // 4)
    lines, seconds = written(server, name, megabytes, capture, received)
    seen, wrong, expected, rest = 0, 0, 0, ""
    for message in messages(received.data[: received.size]):
        if message.get("type") != "chunk":
            continue
        *full, rest = (rest + message["content"]).split("\n")
        for line in full:
            if line[9:13] != " the":
                continue
            number = int(line[:9])
            wrong += number != expected
            expected = number + 1
            seen += 1
    total = lines * LINE_BYTES
    return {"MB_per_s": received.mb_per_s(seen * LINE_BYTES), "lost": lines - seen, "out_of_order": wrong,
            "writer_MB_per_s": round(total / seconds / 1e6, 1),
            "writer_alone_MB_per_s": round(total / unwatched[1] / 1e6, 1)}


def written(server: Server, name: str, megabytes: int, capture: str, received: Received | None):
    """Runs the flood; returns the number of lines and the duration of the writer."""
    note = server.project / f"{name}.txt"
    task = server.task(name, f"python3 flood.py {megabytes << 20} {note}\n", capture)
    client = server.socket(task) if received else None
    server.run(task)
    if received and client:
        client.sock.settimeout(SILENCE_S)
        try:
            while received.read(client.sock.recv_into):
                end = bytes(received.data[max(0, received.size - 300) : received.size])
                if b'"type":"end"' in end.replace(b" ", b""):
                    break
        except TimeoutError:
            pass
        client.close()
    until(note.exists, "the writer", 180)
    server.wait_done(task)
    count, seconds = note.read_text().split()
    server.log(task).unlink()
    return int(count), float(seconds)


def tail(server: Server, megabytes: int) -> dict:
    """The same flood into a file, read with `tail -f`."""
    path, note = server.project / "tail.log", server.project / "tail.txt"
    path.touch()
    reader = subprocess.Popen(["tail", "-c", "+1", "-f", str(path)], stdout=subprocess.PIPE)
    with path.open("ab") as out:
        writer = subprocess.Popen([sys.executable, "flood.py", str(megabytes << 20), str(note)],
                                  cwd=server.project, stdout=out)
    received = Received((megabytes << 20) * 5 // 4)
    with open(reader.stdout.fileno(), "rb", buffering=0, closefd=False) as pipe:
        while received.size < megabytes << 20:
            received.read(pipe.readinto)
    writer.wait()
    reader.kill()
    reader.wait()
    path.unlink()
    count, seconds = note.read_text().split()
    total = int(count) * LINE_BYTES
    return {"MB_per_s": received.mb_per_s(total), "writer_MB_per_s": round(total / float(seconds) / 1e6, 1)}
