"""What a training script needs to talk to Pyruns.

Inside a task: :func:`load` gives the task's config, :func:`track` adds points to
curves, :func:`record` stores results. Outside a task the same script still runs:
``track`` and ``record`` do nothing and ``load`` reads the script's default config.
"""

from __future__ import annotations

from .config import load, read
from .metrics import record, track
from .node import ConfigNode
from .run import artifact_dir, get_run_index, get_task_dir

__version__ = "0.1.0"

__all__ = [
    "ConfigNode",
    "__version__",
    "artifact_dir",
    "get_run_index",
    "get_task_dir",
    "load",
    "read",
    "record",
    "track",
]
