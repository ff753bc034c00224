"""The journal of a run: what ``track`` and ``record`` append, one JSON object a line.

A line is one ``write`` to a file opened for appending. The system does not mix two
such writes, so threads and processes may append at once, and nothing waits in a
buffer that a killed process would take with it.
"""

from __future__ import annotations

import errno
import os
import threading
from typing import Optional

from .run import get_run_index, get_task_dir
from .warning import warn_once

_NOT_OPEN = -1


class Journal:
    """Appends lines to one file. Opened by the first line, then kept open."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._fd = _NOT_OPEN
        # The same while all is well; not open after a failure, so that the next line is
        # written with care.
        self._ready_fd = _NOT_OPEN
        # Reentrant, because a signal handler may report in the middle of a report.
        self._lock = threading.RLock()

    def append(self, line: bytes) -> None:
        """Appends ``line``, which ends with a newline. A failure warns once and never raises."""
        try:
            if self._ready_fd != _NOT_OPEN and os.write(self._ready_fd, line) == len(line):
                return
        except OSError:
            pass  # Tried again below, which reports.
        self._append_with_care(line)

    def _append_with_care(self, line: bytes) -> None:
        with self._lock:
            try:
                self._ready_fd = _NOT_OPEN
                fd = self._opened()
                if _tail_is_torn(fd):
                    # The broken line stays alone; readers pass over it. If it only was
                    # another process's line on its way, this leaves an empty line.
                    line = b"\n" + line
                if os.write(fd, line) != len(line):
                    raise OSError(errno.ENOSPC, "only a part was written")
                self._ready_fd = fd
            except OSError as error:
                warn_once("journal", "cannot write to %s: %s" % (self._path, error))

    def _opened(self) -> int:
        if self._fd != _NOT_OPEN:
            try:
                os.fstat(self._fd)
                return self._fd
            except OSError:
                pass  # Closed behind our back.
        self._make_folder()
        # Read access is for a look at the last byte.
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT
        self._fd = os.open(self._path, flags, 0o666)
        return self._fd

    def _make_folder(self) -> None:
        # Not its parents: a task that was deleted must not come back as an empty folder.
        try:
            os.mkdir(os.path.dirname(self._path))
        except FileExistsError:
            pass

    def leave(self) -> None:
        """In a forked child: closes the inherited file, to be opened anew by the next line.

        A child that goes on to close all it inherited would otherwise, by our old
        number, write into a file it opened later.
        """
        self._lock = threading.RLock()
        fd, self._fd, self._ready_fd = self._fd, _NOT_OPEN, _NOT_OPEN
        if fd != _NOT_OPEN:
            try:
                os.close(fd)
            except OSError:
                pass


def _tail_is_torn(fd: int) -> bool:
    size = os.fstat(fd).st_size
    return size > 0 and os.pread(fd, 1, size - 1) != b"\n"


_current: Optional[Journal] = None
_current_lock = threading.RLock()


def current_journal() -> Optional[Journal]:
    """The journal of this run, or ``None`` outside a task. Settled by the first call in a task."""
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


def _after_fork_in_child() -> None:
    global _current_lock
    _current_lock = threading.RLock()
    if _current is not None:
        _current.leave()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)
