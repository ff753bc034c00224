"""The real binary in a temporary folder, and a minimal HTTP client. Standard library only."""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import socket
import struct
import subprocess
import time
from pathlib import Path
from urllib.parse import quote, urlencode

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("PYR", ROOT / "target/release/pyr"))
PATIENCE_S = 30.0


class Response:
    """Status, headers and body of a response."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.bytes = response.read()

    @property
    def json(self):
        return json.loads(self.bytes)

    @property
    def detail(self):
        return self.json["detail"]


class Pyr:
    """A server in a folder."""

    def __init__(self, folder: Path, *arguments: str, binary: Path = BINARY) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [str(binary), "ui", *arguments, "-p", "0", "--no-browser"],
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()
        found = re.search(r"http://([^\s/:]+):(\d+)", self.said)
        assert found, self.said
        self.host, self.port = found[1], int(found[2])

    def ask(self, method: str, path: str, body=None, headers: dict[str, str] | None = None) -> Response:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        payload = None if body is None else json.dumps(body) if not isinstance(body, (str, bytes)) else body
        try:
            connection.request(method, path, payload, {"Content-Type": "application/json", **(headers or {})})
            return Response(connection.getresponse())
        finally:
            connection.close()

    def get(self, path: str, /, **query) -> Response:
        return self.ask("GET", path + ("?" + urlencode(query) if query else ""))

    def post(self, path: str, body=None) -> Response:
        return self.ask("POST", path, body)

    def patch(self, path: str, body=None) -> Response:
        return self.ask("PATCH", path, body)

    def ok(self, response: Response):
        assert response.status == 200, (response.status, response.bytes)
        return response.json

    def create(self, name: str, text: str, mode: str = "form") -> list[dict]:
        field = "shell_text" if mode == "shell" else "yaml_text"
        body = {"mode": mode, field: text, "name_prefix": name, "append_timestamp": False}
        return self.ok(self.post("/api/generator/create", body))["items"]

    def task(self, name: str) -> dict:
        return self.ok(self.get(f"/api/tasks/{quote(name, safe='')}"))

    def until(self, name: str, *statuses: str) -> dict:
        end = time.monotonic() + PATIENCE_S
        while True:
            task = self.task(name)
            if task["status"] in statuses:
                return task
            assert time.monotonic() < end, f"{name} is {task['status']}, not {statuses}"
            time.sleep(0.02)

    def run(self, name: str) -> dict:
        self.ok(self.post(f"/api/tasks/{quote(name, safe='')}/run"))
        return self.until(name, "completed", "failed", "cancelled")

    def socket(self, path: str) -> "Socket":
        return Socket(self.port, path)

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        if self.process.stdout:
            self.process.stdout.close()


class Socket:
    """A read-only WebSocket client (RFC 6455)."""

    def __init__(self, port: int, path: str, headers: str = "") -> None:
        self.stream = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        key = base64.b64encode(os.urandom(16)).decode()
        self.stream.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n{headers}\r\n".encode()
        )
        self.file = self.stream.makefile("rb")
        self.status = int(self.file.readline().split()[1])
        while self.file.readline() not in (b"\r\n", b""):
            pass

    def next(self) -> dict | None:
        """The next message; `None` when the server has closed."""
        while True:
            head = self.file.read(2)
            if len(head) < 2:
                return None
            length = head[1] & 127
            if length == 126:
                (length,) = struct.unpack(">H", self.file.read(2))
            elif length == 127:
                (length,) = struct.unpack(">Q", self.file.read(8))
            payload = self.file.read(length)
            if head[0] & 15 == 1:
                return json.loads(payload)
            if head[0] & 15 == 8:
                return None

    def until(self, kind: str) -> list[dict]:
        messages: list[dict] = []
        while not messages or messages[-1]["type"] != kind:
            message = self.next()
            assert message is not None, f"closed before {kind}: {messages}"
            messages.append(message)
        return messages

    def close(self) -> None:
        self.file.close()
        self.stream.close()
