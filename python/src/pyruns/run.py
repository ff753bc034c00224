"""The run of this process, from its environment variables."""

from __future__ import annotations

import os
from typing import Optional

from .permissions import folder_mode

#: Folder of the task; set for every run, of Python and of shell tasks.
TASK_DIR_VARIABLE = "PYRUNS_TASK_DIR"
#: Config file of the task, ``<task>/config.yaml``; set for Python tasks.
CONFIG_VARIABLE = "__PYRUNS_CONFIG__"
#: Number of the run, from 1.
RUN_INDEX_VARIABLE = "PYRUNS_RUN_INDEX"


def get_task_dir() -> Optional[str]:
    """The folder of the current task, or ``None`` outside a task."""
    task_dir = os.environ.get(TASK_DIR_VARIABLE)
    if task_dir:
        return task_dir
    config = os.environ.get(CONFIG_VARIABLE)
    return os.path.dirname(os.path.abspath(config)) if config else None


def get_run_index() -> Optional[int]:
    """The number of the current run, from 1, or ``None`` outside a task."""
    if get_task_dir() is None:
        return None
    try:
        run_index = int(os.environ.get(RUN_INDEX_VARIABLE, ""))
    except ValueError:
        return None
    return run_index if run_index > 0 else None


def artifact_dir() -> str:
    """The folder for the files of this run, created if it does not exist.

    ``<task>/artifacts/runN`` in a task, ``artifacts/run1`` below the working
    directory outside. The path is absolute.
    """
    task_dir = get_task_dir()
    folder = os.path.join(os.path.abspath(task_dir or os.getcwd()), "artifacts")
    if task_dir and not os.path.isdir(folder):
        try:
            os.mkdir(folder, folder_mode(task_dir))
        except OSError:
            pass  # Created concurrently; any other error is raised by the next line.
    path = os.path.join(folder, "run%d" % (get_run_index() or 1))
    os.makedirs(path, exist_ok=True)
    return path


#: The name of :func:`artifact_dir` in pyruns 0.3; the same function.
get_artifact_dir = artifact_dir
