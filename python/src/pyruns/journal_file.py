"""The file that a journal is written to: whole lines, appended.

A chunk of lines is one ``write`` to a file opened for appending. The system does not
mix two such writes, so threads and processes of one machine may append at once.
Machines that share the file over a network are kept apart by a lock.
"""

from __future__ import annotations

import errno
import os
import threading
import time

from .permissions import file_mode, folder_mode
from .shared_disk import is_shared
from .warning import warn_once

try:
    import fcntl
except ImportError:  # Windows, where no lock is taken.
    fcntl = None  # type: ignore[assignment]

_NOT_OPEN = -1
# A lock that is never released, for example after the crash of a file server, must not
# block the user's run for ever.
_LOCK_PATIENCE_S = 2.0
_LOCK_PAUSE_S = 0.002


class JournalFile:
    """Appends lines to one file. Opened by the first line, then not closed."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._fd = _NOT_OPEN
        # The same in the normal case; not open after a failure, and on a shared disk, so
        # that the next write checks the end of the file.
        self._ready_fd = _NOT_OPEN
        self._shared = False
        # Reentrant, because a signal handler may report in the middle of a report.
        self._lock = threading.RLock()

    def write(self, lines: bytes) -> None:
        """Appends whole lines, the last newline included. A failure warns once, never raises."""
        try:
            if self._ready_fd != _NOT_OPEN:
                written = os.write(self._ready_fd, lines)
                if written == len(lines):
                    return
                lines = _unwritten(lines, written)
        except OSError:
            pass  # Tried again below, which reports.
        self._write_with_care(lines)

    def _write_with_care(self, lines: bytes) -> None:
        with self._lock:
            try:
                self._ready_fd = _NOT_OPEN
                fd = self._opened()
                if self._shared:
                    _lock(fd)
                try:
                    _write_after_torn(fd, lines)
                finally:
                    if self._shared:
                        _unlock(fd)
                self._ready_fd = _NOT_OPEN if self._shared else fd
            except OSError as error:
                warn_once("journal", "cannot write to %s: %s" % (self._path, error))

    def _opened(self) -> int:
        if self._fd != _NOT_OPEN:
            try:
                os.fstat(self._fd)
                return self._fd
            except OSError:
                pass  # Closed by other code.
        self._make_folder()
        # Read access is needed to check the last byte.
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        self._fd = os.open(self._path, flags, file_mode(os.path.dirname(self._path)))
        self._shared = fcntl is not None and is_shared(self._fd)
        return self._fd

    def _make_folder(self) -> None:
        # Not its parents: a deleted task must not be created again as an empty folder.
        folder = os.path.dirname(self._path)
        try:
            os.mkdir(folder, folder_mode(os.path.dirname(folder)))
        except FileExistsError:
            pass

    def leave(self) -> None:
        """In a forked child: closes the inherited file; the next line opens it again.

        Otherwise a child that closes all inherited descriptors could write, by the old
        descriptor, to a file that it opened later.
        """
        self._lock = threading.RLock()
        fd, self._fd, self._ready_fd = self._fd, _NOT_OPEN, _NOT_OPEN
        if fd != _NOT_OPEN:
            try:
                os.close(fd)
            except OSError:
                pass


def _write_after_torn(fd: int, lines: bytes) -> None:
    """Appends after an incomplete line of another writer or an earlier attempt."""
    if _tail_is_torn(fd):
        # The incomplete line ends here; readers ignore it. If another process was
        # still writing the line, this leaves an empty line.
        lines = b"\n" + lines
    if os.write(fd, lines) != len(lines):
        raise OSError(errno.ENOSPC, "only a part was written")


def _tail_is_torn(fd: int) -> bool:
    size = os.fstat(fd).st_size
    return size > 0 and os.pread(fd, 1, size - 1) != b"\n"


def _unwritten(lines: bytes, written: int) -> bytes:
    """The rest to write if only the first ``written`` bytes were written.

    A truncated line is written again from its start, unless only its newline is missing.
    """
    if lines[written : written + 1] == b"\n":
        return lines[written + 1 :]
    return lines[lines.rfind(b"\n", 0, written) + 1 :]


def _lock(fd: int) -> None:
    """Waits for the lock, with a time limit; continues without it if locks are not supported."""
    deadline = time.monotonic() + _LOCK_PATIENCE_S
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                return
            time.sleep(_LOCK_PAUSE_S)
        except OSError:
            return


def _unlock(fd: int) -> None:
    try:
        fcntl.flock(fd, fcntl.LOCK_UN)
    except OSError:
        pass
