"""Reports metrics, results and files of a training script to Pyruns.

Inside a task: :func:`load` returns the task's config, :func:`track` adds points to
curves, :func:`record` stores results. Outside a task the script still runs:
reporting functions do nothing and ``load`` reads the script's default config.

Integrations with other trackers are :mod:`pyruns.tensorboard`,
:mod:`pyruns.huggingface`, :mod:`pyruns.lightning` and :mod:`pyruns.keras`.
"""

from __future__ import annotations

from .announce import progress, summary
from .bulk import track_many
from .config import load, read
from .metrics import record, track
from .node import ConfigNode
from .outputs import artifact, image
from .run import artifact_dir, get_artifact_dir, get_run_index, get_task_dir
from .timing import timer

__version__ = "0.1.0"

__all__ = [
    "ConfigNode",
    "__version__",
    "artifact",
    "artifact_dir",
    "get_artifact_dir",
    "get_run_index",
    "get_task_dir",
    "image",
    "load",
    "progress",
    "read",
    "record",
    "summary",
    "timer",
    "track",
    "track_many",
]
