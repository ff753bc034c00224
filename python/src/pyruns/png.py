"""Writes PNG files with ``zlib`` only. Format: https://www.w3.org/TR/png/"""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Channels of 8 bits -> "colour type" of the header: grey, RGB, RGBA.
COLOUR_TYPES = {1: 0, 3: 2, 4: 6}


def encode(width: int, height: int, channels: int, pixels: bytes) -> bytes:
    """A PNG file of ``pixels``: rows from the top, ``channels`` bytes (1, 3 or 4) per pixel."""
    header = struct.pack(">IIBBBBB", width, height, 8, COLOUR_TYPES[channels], 0, 0, 0)
    stride = width * channels
    # Each row begins with its filter; 0 is none.
    rows = b"".join(
        b"\0" + pixels[start : start + stride] for start in range(0, height * stride, stride)
    )
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(rows, 6)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
