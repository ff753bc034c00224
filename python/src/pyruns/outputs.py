"""``artifact`` and ``image``: files that belong to the run."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any, Optional, Union

from .metrics import report
from .run import artifact_dir, get_run_index, get_task_dir
from .warning import warn_once

# How many images without a step there were of each key in this process.
_image_counts: Counter[str] = Counter()
# Longer ones would, with number and ending, come near what a file system takes.
_MAX_STEM_BYTES = 100


def artifact(
    path: Union[str, os.PathLike[str]], name: Optional[str] = None
) -> Optional[str]:
    """Keeps a file or a folder with the run, and lists it there.

    It is copied into the folder of :func:`artifact_dir`, under ``name`` or its own name, and
    replaces what had that name; what lies there already is only listed. ``name`` may have
    folders in it: ``"checkpoints/best.pt"``. Returns the absolute path of the kept file.

    Outside a task this does nothing and returns ``None``. When the file is not there or
    cannot be copied it warns in the log and returns ``None``.

    Raises ``ValueError`` when ``name`` leads out of the folder.
    """
    source = os.path.abspath(os.fspath(path))
    name = os.path.basename(source) if name is None else _inner_path(name)
    if get_run_index() is None:
        return None
    try:
        from .keeping import is_below, keep, size_of

        home = artifact_dir()
        if is_below(source, home):
            kept = source
        else:
            kept = os.path.join(home, name)
            keep(source, kept)
        size_bytes = size_of(kept)
    except OSError as error:
        warn_once("artifact %s" % source, "artifact(%r) was not kept: %s" % (source, error))
        return None
    report("artifact", {"path": _below_task(kept), "name": name, "bytes": size_bytes})
    return kept


def image(key: str, image: Any, *, step: Any = None) -> Optional[str]:
    """Keeps an image with the run: ``image("samples", path_or_array, step=120)``.

    A path, a figure of matplotlib, an image of PIL, or an array or tensor or nested lists:
    ``H×W``, ``H×W×C`` or ``C×H×W`` (torch) with 1, 3 or 4 channels. Where both fit, the last
    axis is the channels. Numbers with a fraction reach from 0 to 1, whole numbers from 0 to
    255. ``step`` is its place among the images of ``key``; without it they are counted.
    Returns the absolute path of the kept file; nothing that was kept is ever replaced.

    Outside a task this does nothing and returns ``None``. What cannot be kept is a warning
    in the log, and ``None``.
    """
    if get_run_index() is None:
        return None
    key = str(key)
    try:
        from .jsontext import number_text
        from .keeping import keep_image

        place = None if step is None else number_text(step)
        if place is None:
            _image_counts[key] += 1
        folder = os.path.join(artifact_dir(), "images")
        stem = "%s-%s" % (_as_file_name(key), place or _image_counts[key])
        kept = keep_image(image, folder, stem)
    except Exception as error:  # Code of the image's type; it must not end the user's run.
        warn_once("image %s" % key, "image(%r) was not kept: %s" % (key, error))
        return None
    beside = {} if place is None else {"step": step}
    report("image", {"key": key, "path": _below_task(kept)}, **beside)
    return kept


def _inner_path(name: str) -> str:
    parts = [part for part in os.fspath(name).replace(os.sep, "/").split("/") if part != "."]
    if not all(parts) or ".." in parts or os.path.isabs(name):
        raise ValueError("pyruns.artifact(name=%r): it must be a path inside the folder" % name)
    return "/".join(parts)


def _as_file_name(key: str) -> str:
    """``key`` with what a file's name had better not have replaced, and not too long."""
    name = "".join(char if char.isalnum() or char in "-_." else "_" for char in key).lstrip(".")
    return name.encode("utf-8", "replace")[:_MAX_STEM_BYTES].decode("utf-8", "ignore") or "_"


def _below_task(path: str) -> str:
    """``path`` as seen from the folder of the task, with ``/``."""
    return os.path.relpath(path, get_task_dir()).replace(os.sep, "/")
