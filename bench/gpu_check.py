#!/usr/bin/env python3
"""Checks Pyruns on a real NVIDIA GPU: needs this file, the ``pyr`` binary and the driver, nothing else.

    python3 bench/gpu_check.py [--pyr target/release/pyr] [--rounds 4]

1. A task that asks for no GPU and uses one must get GPU curves, ``sys/gpuN_util_percent`` and
   ``sys/gpuN_memory_bytes``.
2. Tasks that ask for a whole GPU each follow one another: the next one starts within 500 ms of the end of
   the one before, and no process of these runs is ever counted as a foreign process.

Tasks use the GPU through ``libcuda`` with ctypes: a context, 256 MiB, and memsets in a loop. Exits with 0
when everything held, 1 when not, 2 when there is no GPU to check on.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIB = 1 << 20

#: The script of the tasks. It leaves the cleanup of the context to the driver, as programs do.
USE_GPU = """\
import ctypes, sys, time
cuda = ctypes.CDLL("libcuda.so.1")
def call(name, *arguments):
    code = getattr(cuda, name)(*arguments)
    if code != 0:
        sys.exit(f"{name}: error {code}")
device, context, memory = ctypes.c_int(), ctypes.c_void_p(), ctypes.c_uint64()
size = ctypes.c_size_t(256 << 20)
call("cuInit", 0)
call("cuDeviceGet", ctypes.byref(device), 0)
call("cuCtxCreate_v2", ctypes.byref(context), 0, device)
call("cuMemAlloc_v2", ctypes.byref(memory), size)
print("on the GPU", flush=True)
end = time.monotonic() + float(sys.argv[1])
while time.monotonic() < end:
    for byte in range(64):
        call("cuMemsetD8_v2", memory, ctypes.c_ubyte(byte), size)
    call("cuCtxSynchronize")
print("done", flush=True)
"""


class Server:
    """A server on a new project, with the shell workspace open."""

    def __init__(self, pyr: Path, project: Path):
        self.process = subprocess.Popen(
            [str(pyr), "ui", "shell", "-p", "0", "--no-browser"],
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        found = None
        for line in self.process.stdout:
            found = re.search(r"http://[\w.:]+", line)
            if found:
                break
        if not found:
            raise SystemExit(f"{pyr} did not print its URL")
        self.url = found.group(0).rstrip("/")

    def call(self, method: str, path: str, body: object = None) -> dict:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def create(self, name: str, script: str) -> str:
        body = {"mode": "shell", "shell_text": script, "name_prefix": name, "append_timestamp": False}
        return self.call("POST", "/api/generator/create", body)["items"][0]["name"]

    def task(self, name: str) -> dict:
        return self.call("GET", f"/api/tasks/{name}")

    def until_ended(self, name: str, deadline_s: float) -> dict:
        end = time.monotonic() + deadline_s
        while time.monotonic() < end:
            task = self.task(name)
            if task["status"] not in ("queued", "running"):
                return task
            time.sleep(0.1)
        raise SystemExit(f"{name} has not ended within {deadline_s:.0f} s: {self.task(name)}")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def log_of(task: dict, run: int = 1) -> str:
    return (Path(task["dir"]) / f"run_logs/run{run}.log").read_text(errors="replace")


def points_of(task: dict) -> dict[str, list[float]]:
    """The ``sys/gpu`` curves in the run's journal."""
    curves: dict[str, list[float]] = {}
    for line in (Path(task["dir"]) / "run_logs/run1.journal.jsonl").read_text().splitlines():
        for key, value in json.loads(line).get("track", {}).items():
            if key.startswith("sys/gpu"):
                curves.setdefault(key, []).append(value)
    return curves


def check_curves(server: Server, command: str) -> bool:
    name = server.create("unasked", f"exec {command} 8\n")
    server.call("POST", f"/api/tasks/{name}/run")
    task = server.until_ended(name, 120)
    if task["status"] != "completed":
        print(f"FAILED  the task that requested no GPU: {task['status']}\n{log_of(task)}")
        return False
    curves = points_of(task)
    for key, values in sorted(curves.items()):
        print(f"        {key}: {len(values)} points, highest {max(values):,.0f}")
    busy = any(key.endswith("_util_percent") and max(curves[key]) > 0 for key in curves)
    used = any(key.endswith("_memory_bytes") and max(curves[key]) >= 256 * MIB for key in curves)
    print(f"{'ok' if busy else 'FAILED':<7} utilisation of a GPU that was not requested")
    print(f"{'ok' if used else 'FAILED':<7} memory of a GPU that was not requested, 256 MiB or more")
    return busy and used


def seconds(stamp: str) -> float:
    return datetime.datetime.fromisoformat(stamp.replace("Z", "+00:00")).timestamp()


def check_turns(server: Server, command: str, rounds: int) -> bool:
    # The process on the GPU is not a direct child of the task: it may still be exiting when the shell ends.
    names = [server.create(f"whole{number}", f"{command} 1.5\n") for number in range(rounds)]
    for name in names:
        body = {"options": {"gpus": 1}}
        server.call("PATCH", f"/api/tasks/{name}/options", body)
    server.call("POST", "/api/tasks/batch/run", {"task_names": names, "max_workers": 8})
    foreign: set[str] = set()
    end = time.monotonic() + 60 * rounds
    while True:
        tasks = [server.task(name) for name in names]
        reasons = {task.get("wait_reason") or "" for task in tasks}
        foreign |= {reason for reason in reasons if "used by" in reason}
        if all(task["status"] not in ("queued", "running") for task in tasks):
            break
        if time.monotonic() > end:
            raise SystemExit(f"the tasks did not end: {[task['status'] for task in tasks]}")
        time.sleep(0.02)
    good = True
    for task in tasks:
        if task["status"] != "completed":
            print(f"FAILED  {task['name']}: {task['status']}\n{log_of(task)}")
            good = False
    spans = []
    for task in tasks:
        info = json.loads((Path(task["dir"]) / "task_info.json").read_text())
        spans.append((seconds(info["start_times_utc"][0]), seconds(info["finish_times_utc"][0])))
    spans.sort()
    gaps_ms = [(begin - ended) * 1000 for (_, ended), (begin, _) in zip(spans, spans[1:])]
    in_time = all(0 <= gap < 500 for gap in gaps_ms)
    shown = ", ".join(f"{gap:.0f}" for gap in gaps_ms)
    print(f"{'ok' if in_time else 'FAILED':<7} from the end of a task to the start of the next: {shown} ms")
    print(f"{'FAILED' if foreign else 'ok':<7} no own process was counted as a foreign one {sorted(foreign)}")
    return good and in_time and not foreign


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyr", type=Path, default=ROOT / "target/release/pyr")
    parser.add_argument("--rounds", type=int, default=4, help="number of consecutive tasks")
    arguments = parser.parse_args()
    pyr = arguments.pyr.resolve()
    os.environ.pop("PYRUNS_TASK_DIR", None)
    with tempfile.TemporaryDirectory(prefix="pyruns-gpu-") as folder:
        project = Path(folder).resolve()
        script = project / "use_gpu.py"
        script.write_text(USE_GPU)
        tried = subprocess.run([sys.executable, str(script), "0.1"], capture_output=True, text=True)
        if tried.returncode != 0:
            print(f"no GPU can be used here: {(tried.stderr or tried.stdout).strip()[-300:]}")
            return 2
        server = Server(pyr, project)
        try:
            server.call("PATCH", "/api/settings", {"sample_interval_s": 0.5, "manager_max_workers": 8})
            gpus = server.call("GET", "/api/system/metrics").get("gpus", [])
            print(f"        GPUs: {[gpu.get('name') for gpu in gpus]}")
            command = f"{sys.executable} {script}"
            results = [check_curves(server, command), check_turns(server, command, arguments.rounds)]
        finally:
            server.stop()
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
