"""A read-only WebSocket client; the required part of RFC 6455."""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
import urllib.parse
from collections.abc import Iterator

TEXT, CLOSE, PING = 1, 8, 9


class Socket:
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

    def message(self) -> dict:
        """The next text message. Responds to pings."""
        while True:
            while (found := frame(self.buffer, 0)) is None:
                self.fill()
            code, last, begin, end = found
            body = bytes(self.buffer[begin:end])
            del self.buffer[:end]
            if code == CLOSE:
                raise EOFError
            if code == PING:
                self.answer(body)
                continue
            self.whole += body
            if last:
                text, self.whole = bytes(self.whole), bytearray()
                return json.loads(text)

    def answer(self, ping: bytes) -> None:
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(ping))
        self.sock.sendall(bytes([138, 128 | len(ping)]) + mask + masked)

    def close(self) -> None:
        self.sock.close()


def frame(data: bytes | bytearray, at: int) -> tuple[int, bool, int, int] | None:
    """The frame at an offset: opcode, final flag, start and end of its payload."""
    if len(data) < at + 2:
        return None
    length, begin = data[at + 1] & 127, at + 2
    for code, form, size in ((126, "!H", 2), (127, "!Q", 8)):
        if length == code:
            if len(data) < begin + size:
                return None
            (length,), begin = struct.unpack_from(form, data, begin), begin + size
            break
    if len(data) < begin + length:
        return None
    return data[at] & 15, bool(data[at] & 128), begin, begin + length


def messages(data: bytes | bytearray) -> Iterator[dict]:
    """The text messages in received data, parsed afterwards."""
    at, whole = 0, bytearray()
    while (found := frame(data, at)) is not None:
        code, last, begin, at = found
        if code > 1:
            continue
        whole += data[begin:at]
        if last:
            yield json.loads(whole)
            whole = bytearray()
