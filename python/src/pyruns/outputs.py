"""``artifact`` and ``image``: files of the run."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any, Optional, Union

from .metrics import report
from .run import artifact_dir, get_run_index, get_task_dir
from .warning import warn_once

# Number of images without a step of each key in this process.
_image_counts: Counter[str] = Counter()
# With number and extension, longer ones would approach the limit of file systems.
_MAX_STEM_BYTES = 100


def artifact(
    path: Union[str, os.PathLike[str]], name: Optional[str] = None
) -> Optional[str]:
    """Stores a file or a folder of the run, and lists it.

    It is copied into the folder of :func:`artifact_dir`, under ``name`` or its own name, and
    replaces a file of that name; a file that is already there is only listed. ``name`` may contain
    folders: ``"checkpoints/best.pt"``. Returns the absolute path of the stored file.

    Outside a task this does nothing and returns ``None``. If the file does not exist or
    cannot be copied, it prints a warning and returns ``None``.

    Raises ``ValueError`` if ``name`` is outside the folder.
    """
    source = os.path.abspath(os.fspath(path))
    name = os.path.basename(source) if name is None else _inner_path(name)
    if get_run_index() is None:
        return None
    try:
        from .storing import is_below, size_of, store

        home = artifact_dir()
        if is_below(source, home):
            stored = source
        else:
            stored = os.path.join(home, name)
            store(source, stored)
        size_bytes = size_of(stored)
    except OSError as error:
        warn_once("artifact %s" % source, "artifact(%r) was not stored: %s" % (source, error))
        return None
    report("artifact", {"path": _below_task(stored), "name": name, "bytes": size_bytes})
    return stored


def image(key: str, image: Any, *, step: Any = None) -> Optional[str]:
    """Stores an image of the run: ``image("samples", path_or_array, step=120)``.

    A path, a figure of matplotlib, an image of PIL, or an array or tensor or nested lists:
    ``H×W``, ``H×W×C`` or ``C×H×W`` (torch) with 1, 3 or 4 channels. If both are possible, the last
    axis is the channels. Floats range from 0 to 1, integers from 0 to
    255. The default for ``step`` is the index among the images of ``key``.
    Returns the absolute path of the stored file; stored files are never replaced.

    Outside a task this does nothing and returns ``None``. If the image cannot be stored, it prints
    a warning and returns ``None``.
    """
    if get_run_index() is None:
        return None
    key = str(key)
    try:
        from .jsontext import number_text
        from .storing import store_image

        place = None if step is None else number_text(step)
        if place is None:
            _image_counts[key] += 1
        folder = os.path.join(artifact_dir(), "images")
        stem = "%s-%s" % (_as_file_name(key), place or _image_counts[key])
        stored = store_image(image, folder, stem)
    except Exception as error:  # Code of the image's type; it must not end the user's run.
        warn_once("image %s" % key, "image(%r) was not stored: %s" % (key, error))
        return None
    beside = {} if place is None else {"step": step}
    report("image", {"key": key, "path": _below_task(stored)}, **beside)
    return stored


def _inner_path(name: str) -> str:
    parts = [part for part in os.fspath(name).replace(os.sep, "/").split("/") if part != "."]
    if not all(parts) or ".." in parts or os.path.isabs(name):
        raise ValueError("pyruns.artifact(name=%r): the name must be a path inside the folder" % name)
    return "/".join(parts)


def _as_file_name(key: str) -> str:
    """``key`` as a file name: unsafe characters are replaced, and the length is limited."""
    name = "".join(char if char.isalnum() or char in "-_." else "_" for char in key).lstrip(".")
    return name.encode("utf-8", "replace")[:_MAX_STEM_BYTES].decode("utf-8", "ignore") or "_"


def _below_task(path: str) -> str:
    """``path`` relative to the folder of the task, with ``/``."""
    return os.path.relpath(path, get_task_dir()).replace(os.sep, "/")
