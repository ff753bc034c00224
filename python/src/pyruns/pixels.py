"""Converts arrays to the bytes of an image."""

from __future__ import annotations

from math import ceil, sqrt
from typing import Any, List, NamedTuple, Optional, Sequence, Tuple

from .png import COLOUR_TYPES


class Pixels(NamedTuple):
    """An image: rows from the top, one byte per channel of each pixel."""

    width: int
    height: int
    channels: int
    data: bytes


def pixels_of(image: Any, layout: Optional[str] = None) -> Pixels:
    """Takes ``H×W``, ``H×W×C`` or ``C×H×W`` with 1, 3 or 4 channels.

    ``layout`` is ``"HW"``, ``"HWC"`` or ``"CHW"``; without it the last axis is the
    channels if possible. Floats range from 0 to 1, integers
    from 0 to 255, booleans are black and white; values out of range are clamped, NaN is black.

    Raises ``ValueError`` or ``TypeError`` for anything else.
    """
    if not isinstance(image, (list, tuple)):
        image = _plain_array(image)
    shape = _shape(image)
    layout = layout or _layout_of(shape)
    sizes = dict(zip(layout, shape)) if len(layout) == len(shape) else {}
    height, width, channels = sizes.get("H", 0), sizes.get("W", 0), sizes.get("C", 1)
    if set(sizes) - set("HWC") or not height or not width or channels not in COLOUR_TYPES:
        raise ValueError(
            "an image is H×W, H×W×C or C×H×W with 1, 3 or 4 channels, not %s"
            % ("×".join(map(str, shape)) or "a single value")
        )
    data = _bytes_of_array(image) if hasattr(image, "astype") else _bytes_of_list(image)
    if layout == "CHW":
        data = _channels_last(data, height * width, channels)
    return Pixels(width, height, channels, data)


def grid_of(images: Sequence[Pixels]) -> Pixels:
    """Arranges images of one size in a grid, as square as possible."""
    width, height, channels, _ = images[0]
    columns = ceil(sqrt(len(images)))
    rows = ceil(len(images) / columns)
    empty = Pixels(width, height, channels, bytes(width * height * channels))
    stride = width * channels
    data = bytearray()
    for row in range(rows):
        beside = [*images[row * columns : (row + 1) * columns], *[empty] * columns][:columns]
        for at in range(0, height * stride, stride):
            for image in beside:
                data += image.data[at : at + stride]
    return Pixels(width * columns, height * rows, channels, bytes(data))


def _layout_of(shape: Tuple[int, ...]) -> str:
    if len(shape) == 3:
        return "CHW" if shape[2] not in COLOUR_TYPES else "HWC"
    return "HW"


def _plain_array(image: Any) -> Any:
    """A numpy array unchanged; a tensor or another array as a numpy array or nested lists."""
    for name in ("detach", "cpu", "resolve_conj", "resolve_neg"):
        method = getattr(image, name, None)
        if callable(method):  # torch
            image = method()
    if hasattr(image, "astype") and hasattr(image, "tobytes"):
        return image
    for name in ("numpy", "__array__", "tolist"):
        try:
            return getattr(image, name)()
        except Exception:  # Not supported: bfloat16 has no numpy(), for example.
            pass
    raise TypeError("an image is an array or a list of rows, not %s" % type(image).__name__)


def _shape(image: Any) -> Tuple[int, ...]:
    if hasattr(image, "shape"):
        return tuple(int(length) for length in image.shape)
    if not isinstance(image, (list, tuple)):
        return ()
    inner = {_shape(item) for item in image}
    if len(inner) > 1:
        raise ValueError("the rows of the image differ in length")
    return (len(image), *(inner.pop() if inner else ()))


def _bytes_of_array(image: Any) -> bytes:
    """Uses the methods of the array; numpy itself is not imported."""
    kind = image.dtype.kind
    if kind == "b":
        image = image.astype("uint8") * 255
    elif kind == "f":
        image = image.astype("float32")
        # Only NaN is not equal to itself.
        scaled = image.clip(0, 1) * 255 + 0.5
        scaled[image != image] = 0
        image = scaled
    elif kind not in "ui":
        raise TypeError("an image of %s is not supported" % image.dtype)
    elif image.dtype != "uint8":
        image = image.clip(0, 255)
    data: bytes = image.astype("uint8").tobytes()
    return data


def _bytes_of_list(image: Sequence[Any]) -> bytes:
    values: List[Any] = list(image)
    while values and isinstance(values[0], (list, tuple)):
        values = [value for row in values for value in row]
    if all(isinstance(value, bool) for value in values):
        return bytes(255 * value for value in values)
    if all(isinstance(value, int) for value in values):
        return bytes(min(max(value, 0), 255) for value in values)
    # `not v > 0` is also true of NaN.
    return bytes(0 if not v > 0 else 255 if v >= 1 else int(v * 255 + 0.5) for v in values)


def _channels_last(data: bytes, area: int, channels: int) -> bytes:
    result = bytearray(len(data))
    for channel in range(channels):
        result[channel::channels] = data[channel * area : (channel + 1) * area]
    return bytes(result)
