"""A server of ours or of the peer on a new project. Both receive the same requests."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from .client import Socket
from .scripts import FLOOD, STEADY


class Server:
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

    @property
    def is_ours(self) -> bool:
        return self.name == "ours"

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

    def task(self, name: str, script: str, capture: str | None = None) -> str:
        """Creates a shell task whose output goes through a terminal or directly to the file."""
        body = {"mode": "shell", "shell_text": script, "name_prefix": name, "append_timestamp": False}
        if capture and self.is_ours:
            body["options"] = {"capture": capture}
        return self.call("POST", "/api/generator/create", body)["items"][0]["name"]

    def run(self, name: str) -> None:
        self.call("POST", f"/api/tasks/{name}/run", {})

    def run_by_command_line(self, name: str) -> None:
        """The peer's command line starts the run, not the measured server."""
        command = [str(self.pyr), "-w", "shell", "run", name]
        subprocess.Popen(command, cwd=self.project, env=self.environment,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait_done(self, name: str) -> None:
        ended = ("completed", "failed", "cancelled")
        until(lambda: self.call("GET", f"/api/tasks/{name}")["status"] in ended, f"the end of {name}", 180)

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
            raise SystemExit(f"timed out waiting for {what}")
        time.sleep(0.01)
