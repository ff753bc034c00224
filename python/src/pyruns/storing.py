"""Stores files in the folder of a run, atomically."""

from __future__ import annotations

import os
import shutil
from threading import get_ident
from typing import Any, BinaryIO, Callable

from .pixels import Pixels, pixels_of
from .png import encode


def is_below(path: str, folder: str) -> bool:
    """Whether ``path`` is in ``folder``, after resolving links."""
    folder = os.path.realpath(folder)
    return os.path.commonpath([folder, os.path.realpath(path)]) == folder


def size_of(path: str) -> int:
    """Bytes of a file, or of all files in a folder."""
    if not os.path.isdir(path):
        return os.path.getsize(path)
    return sum(
        os.path.getsize(os.path.join(folder, name))
        for folder, _, names in os.walk(path)
        for name in names
        if os.path.exists(os.path.join(folder, name))
    )


def store(source: str, target: str) -> None:
    """Copies a file or a folder; a file in place of an older one, a folder over it."""
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.isdir(source):
        shutil.copytree(source, target, dirs_exist_ok=True)
        return
    unfinished = _unfinished(target)
    try:
        shutil.copy2(source, unfinished)
        os.replace(unfinished, target)
    except BaseException:
        _remove(unfinished)
        raise


def store_image(image: Any, folder: str, stem: str) -> str:
    """Saves an image in a new file, ``stem`` with an extension; returns its path."""
    ending, save = _saver(image)
    os.makedirs(folder, exist_ok=True)
    unfinished = _unfinished(os.path.join(folder, stem + ending))
    try:
        with open(unfinished, "wb") as file:
            save(file)
        return _rename_unique(unfinished, os.path.join(folder, stem), ending)
    finally:
        _remove(unfinished)


def _saver(image: Any) -> tuple[str, Callable[[BinaryIO], Any]]:
    """The file extension for ``image``, and the function that writes it."""
    if isinstance(image, (str, os.PathLike)):
        source = os.path.abspath(os.fspath(image))
        return os.path.splitext(source)[1].lower(), lambda file: _copy(source, file)
    if hasattr(image, "savefig"):  # A figure of matplotlib.
        return ".png", lambda file: image.savefig(file, format="png")
    if hasattr(image, "save") and hasattr(image, "getbands"):  # An image of PIL.
        return ".png", lambda file: image.save(file, format="PNG")
    data = encode(*(image if isinstance(image, Pixels) else pixels_of(image)))
    return ".png", lambda file: file.write(data)


def _copy(source: str, file: BinaryIO) -> None:
    with open(source, "rb") as opened:
        shutil.copyfileobj(opened, file)


def _rename_unique(path: str, stem: str, ending: str) -> str:
    """Renames ``path`` to ``stem``, with a number if that file exists."""
    number = 1
    while True:
        target = stem + ("-%d" % number if number > 1 else "") + ending
        try:
            os.link(path, target)  # Unlike a rename, this fails when there is such a file.
            return target
        except FileExistsError:
            number += 1
        except OSError:  # No links on this file system.
            if not os.path.exists(target):
                os.replace(path, target)
                return target
            number += 1


def _unfinished(target: str) -> str:
    folder, name = os.path.split(target)
    return os.path.join(folder, ".%s.%d-%d.tmp" % (name, os.getpid(), get_ident()))


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass
