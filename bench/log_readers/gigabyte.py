"""A log of one gigabyte: reads at the end and in the middle, and searches."""

from __future__ import annotations

import shutil
import subprocess
import time
import urllib.parse

from .server import Server

PATTERN = r"0004\d99 x"


def gigabyte(server: Server, megabytes: int) -> dict:
    task = server.task("big", "true\n")
    server.run(task)
    server.wait_done(task)
    path = server.log(task)
    filler = "x" * 190
    with path.open("w") as out:
        for start in range(0, megabytes * 5_000, 10_000):
            out.write("".join(f"{n:08d} {filler}\n" for n in range(start, start + 10_000)))
    result = {"bytes": path.stat().st_size}

    def timed(key: str, call) -> None:
        start = time.monotonic()
        call()
        result[key] = round((time.monotonic() - start) * 1000, 1)

    base = f"/api/tasks/{task}/logs"
    if server.is_ours:
        line = megabytes * 5_000 - 1_000
        timed("end_first_ms", lambda: server.raw(f"{base}/window?lines=200"))
        timed("line_first_ms", lambda: server.raw(f"{base}/window?from_line={line}&lines=200"))
        timed("line_later_ms", lambda: server.raw(f"{base}/window?from_line={line // 2}&lines=200"))
        search = f"{base}/search?q={urllib.parse.quote(PATTERN)}&regex=true&case=true&limit=10"
        server.raw(search)
        timed("search_ms", lambda: server.raw(search))
    else:
        timed("end_first_ms", lambda: server.raw(f"{base}?tail_lines=200"))
    if rg := shutil.which("rg"):
        # Line numbers, as in ours.
        command = [rg, "-n", PATTERN, str(path)]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        timed("ripgrep_ms", lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False))
    path.unlink()
    return result
