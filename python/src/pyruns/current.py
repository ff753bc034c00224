"""The journal of the run of this process, and of its forked children."""

from __future__ import annotations

import os
import threading
from typing import Optional

from .journal import Journal
from .run import get_run_index, get_task_dir
from .warning import warn_once

_current: Optional[Journal] = None
_current_lock = threading.RLock()


def current_journal() -> Optional[Journal]:
    """The journal of this run, or ``None`` outside a task. Opened by the first call."""
    return _current if _current is not None else _find_current()


def _find_current() -> Optional[Journal]:
    global _current
    task_dir = get_task_dir()
    if task_dir is None:
        return None
    run_index = get_run_index()
    if run_index is None:
        warn_once("run index", "PYRUNS_RUN_INDEX is not a run number; nothing is saved")
        return None
    # Absolute, because the script may change its working directory.
    folder = os.path.join(os.path.abspath(task_dir), "run_logs")
    with _current_lock:
        if _current is None:
            _current = Journal(os.path.join(folder, "run%d.journal.jsonl" % run_index))
    return _current


def _before_fork() -> None:
    # The parent may end without notification, and the child must not inherit a lock that
    # the thread holds.
    if _current is not None:
        _current.stop_buffering()


def _after_fork_in_parent() -> None:
    if _current is not None:
        _current.go_on()


def _after_fork_in_child() -> None:
    global _current_lock
    _current_lock = threading.RLock()
    if _current is not None:
        _current.leave()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork,
        after_in_parent=_after_fork_in_parent,
        after_in_child=_after_fork_in_child,
    )
