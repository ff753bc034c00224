"""Reading the config of the task, or of a script that runs outside a task."""

from __future__ import annotations

import os
import sys
from typing import Any, List, Optional, Union

from .node import ConfigNode, as_nodes
from .run import CONFIG_VARIABLE

Config = Union[ConfigNode, List[Any]]

_loaded: Optional[Config] = None


def read(file_path: Union[str, os.PathLike[str], None] = None) -> None:
    """Selects and reads the config that :func:`load` returns.

    In a task it is the task's config, regardless of ``file_path``. Outside it is
    ``file_path`` (.yaml, .yml or .json), or ``_pyruns_/<script>/config_default.yaml``.

    Raises ``FileNotFoundError`` when there is no such file and ``RuntimeError`` when
    it is not a config.
    """
    global _loaded
    path = os.environ.get(CONFIG_VARIABLE) or (os.fspath(file_path) if file_path else None)
    _loaded = _read_file(path or _default_path())


def load() -> Any:
    """The config: a :class:`ConfigNode`, or a list if the file's root is a list.

    Reads it with ``read()`` if that was not called before. Every call returns
    the same object.
    """
    if _loaded is None:
        read()
    return _loaded


def _read_file(path: str) -> Config:
    if not os.path.isfile(path):
        raise FileNotFoundError("config file %s does not exist; %s" % (os.path.abspath(path), _hint()))
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            content = _parse(file.read(), os.path.splitext(path)[1].lower())
        root = as_nodes({} if content is None else content)
    except (ValueError, OSError, RecursionError) as error:
        raise RuntimeError("cannot read the config %s: %s" % (path, error)) from error
    if not isinstance(root, (ConfigNode, list)):
        raise RuntimeError(
            "cannot read the config %s: its root is a single value, not a mapping or a list" % path
        )
    return root


def _parse(text: str, suffix: str) -> Any:
    if suffix in (".yaml", ".yml"):
        from . import yamltext

        return yamltext.parse(text)
    if suffix == ".json":
        import json

        return json.loads(text)
    raise ValueError("the file must be a .yaml, .yml or .json file")


def _default_path() -> str:
    """The default config of the running script, below the working directory or its own."""
    script = sys.argv[0] if sys.argv else ""
    if not os.path.isfile(script):
        raise FileNotFoundError("no script is running, so there is no default config; " + _hint())
    name = os.path.splitext(os.path.basename(script))[0]
    below = os.path.join("_pyruns_", name, "config_default.yaml")
    beside_script = os.path.join(os.path.dirname(os.path.abspath(script)), below)
    if not os.path.isfile(below) and os.path.isfile(beside_script):
        return beside_script
    return below


def _hint() -> str:
    script = os.path.basename(sys.argv[0]) if sys.argv and sys.argv[0] else "script.py"
    return (
        "name one with pyruns.read(path), or give the script one with `pyr ui %s CONFIG.yaml`"
        % script
    )
