"""The journal of a run: the script's reports, one JSON object per line.

A line is written by its caller immediately, as long as that takes a small share of the
caller's time, so that a killed process loses nothing.
At a high rate, or with a slow disk, lines are buffered instead
and a thread writes them, at most :data:`FLUSH_INTERVAL_S` later.

Only that thread writes while it runs. A signal handler that raises interrupts the
main thread anywhere, but never another one; so a buffered line is written exactly once.
"""

from __future__ import annotations

import threading
from _thread import allocate_lock, get_ident, start_new_thread
from time import time_ns
from typing import Dict, List

from . import ending
from .journal_file import JournalFile
from .warning import warn_once

#: Maximum time that a line waits for the thread, in seconds.
FLUSH_INTERVAL_S = 0.1
# Budget of callers for writing directly: this share of their time, accumulated up to
# a limit. A stall of the disk counts as a debt of at most one second.
_SHARE = 0.01
_MOST_SAVED_US = 50_000.0
_MOST_OWED_US = -1_000_000.0
# Lines of one write; about 1 MB of points. Each write switches threads twice.
_LINES_PER_WRITE = 16_000
# Only reached if the disk hangs: then callers block.
_MOST_LINES = 500_000
# How long a caller waits for the thread before it writes directly.
_PATIENCE_S = 2.0


class Journal:
    """Appends lines to the journal of one run."""

    def __init__(self, path: str) -> None:
        self._file = JournalFile(path)
        self._saved_us = _MOST_SAVED_US
        self._counted_at_us = 0
        self._newest_at_us = 0
        self._may_buffer = self._may_go_on = not ending.is_worker()
        self._reset_buffer()

    def _reset_buffer(self) -> None:
        # True while a thread writes the buffer, so that callers may rely on it.
        self._buffering = False
        self._thread = 0
        # Lines are appended by any thread and removed, once written, by the holder of the lock.
        self._lines: List[str] = []
        # The newest line of each kind, for :meth:`append_newest`.
        self._newest: Dict[str, str] = {}
        # A lock for each thread that waits until the current lines are written.
        self._waiters: List[threading.Lock] = []
        # All locks below may be requested by a signal handler whose thread holds them.
        self._writing = threading.RLock()
        self._inside = False
        self._changing = threading.RLock()
        self._wake = _taken_lock()
        self._ended = _taken_lock()

    def append(self, line: str, now_us: int) -> None:
        """Appends ``line``, made at ``now_us``; it ends with a newline. Never raises."""
        if self._buffering:
            lines = self._lines
            lines.append(line)
            # Checked again: the thread may have found the buffer empty just before.
            if self._buffering and len(lines) < _MOST_LINES:
                return
            self._settle()
        elif self._lines or self._newest or not self._can_afford(now_us):
            self._lines.append(line)
            self._settle()
        else:
            self._write_at_once(line, now_us)

    def _write_at_once(self, line: str, now_us: int) -> None:
        # Half a surrogate pair, as in undecodable file names, has no UTF-8 form.
        self._file.write(line.encode("utf-8", "replace"))
        after_us = time_ns() // 1000
        self._saved_us -= after_us - now_us
        self._counted_at_us = after_us

    def append_all(self, lines: List[str], now_us: int) -> None:
        """:meth:`append` for several hundred lines."""
        if self._buffering or self._lines or self._newest or not self._can_afford(now_us):
            self._lines.extend(lines)
            if not self._buffering or len(self._lines) >= _MOST_LINES:
                self._settle()
        else:
            self.append("".join(lines), now_us)

    def append_newest(self, kind: str, line: str, now_us: int) -> None:
        """Like :meth:`append`; of frequent lines of one ``kind`` only the newest is written."""
        waits = self._buffering or self._lines or self._newest
        if waits or 0 <= now_us - self._newest_at_us < FLUSH_INTERVAL_S * 1e6:
            self._newest[kind] = line
            if not self._buffering:
                self._settle()
        else:
            self._newest_at_us = now_us
            self.append(line, now_us)

    def append_now(self, line: str, now_us: int) -> None:
        """Like :meth:`append`, but returns when the line is in the file."""
        if self._buffering or self._lines or self._newest:
            self.append(line, now_us)
            self.flush()
        else:
            self._write_at_once(line, now_us)

    def _can_afford(self, now_us: int) -> bool:
        """Whether the caller may write directly."""
        if not self._may_buffer:
            return True
        earned = (now_us - self._counted_at_us) * _SHARE
        saved = min(max(self._saved_us, _MOST_OWED_US) + earned, _MOST_SAVED_US)
        self._saved_us, self._counted_at_us = saved, now_us
        return saved > 0

    def _settle(self) -> None:
        """Ensures that the buffer gets written."""
        if len(self._lines) >= _MOST_LINES or not (self._buffering or self._start()):
            self.flush()

    def _start(self) -> bool:
        """Starts the thread; false if it cannot be started."""
        with self._changing:
            if self._buffering:
                return True
            if not self._may_buffer:
                return False
            try:
                # Not of the threading module: it is neither listed among the user's threads
                # nor keeps the process alive.
                self._ended = ended = _taken_lock()
                start_new_thread(self._run, (ended,))
            except RuntimeError:  # No more threads, or the interpreter is about to end.
                self._may_buffer = False
                return False
            self._buffering = True
        ending.watch(self)
        return True

    def _run(self, ended: threading.Lock) -> None:
        self._thread = get_ident()
        while True:
            self._wake.acquire(True, FLUSH_INTERVAL_S)
            if self._drain() and self._may_buffer:
                continue
            with self._changing:
                # In this order: a caller that still sees the flag relies on this thread.
                self._buffering = False
                if not (self._lines or self._newest or self._waiters):
                    break
                self._buffering = True
        ended.release()

    def flush(self) -> None:
        """Returns when all lines appended before are in the file, or cannot be written."""
        if not (self._lines or self._newest or self._buffering):
            return
        written = _taken_lock()
        self._waiters.append(written)
        if self._buffering and get_ident() != self._thread:
            _release(self._wake)
            if written.acquire(True, _PATIENCE_S):
                return
        self._drain()

    def _drain(self) -> bool:
        """Writes the buffer; false if it was empty."""
        with self._writing:
            if self._inside:  # A signal handler or a destructor interrupted the code below.
                return True
            self._inside = True
            try:
                return self._write_buffer()
            except Exception as error:  # For example out of memory; the buffer still has the lines.
                warn_once("buffer", "cannot write the buffered lines: %r" % error)
                return True
            finally:
                self._inside = False

    def _write_buffer(self) -> bool:
        # A waiter has appended before it waits, so the waiters are counted first.
        waiters = self._waiters[:]
        while self._newest:
            self._lines.append(self._newest.popitem()[1])
        left = count = len(self._lines)
        while left > 0:
            chunk = self._lines[: min(left, _LINES_PER_WRITE)]
            self._file.write("".join(chunk).encode("utf-8", "replace"))
            del self._lines[: len(chunk)]
            left -= len(chunk)
        del self._waiters[: len(waiters)]
        for waiter in waiters:
            _release(waiter)
        return count > 0

    def stop_buffering(self) -> None:
        """Flushes the buffer and ends the thread; from then on callers write directly."""
        self._may_buffer = False
        self.flush()
        if self._buffering:
            _release(self._wake)
            self._ended.acquire(True, _PATIENCE_S)

    def go_on(self) -> None:
        """Reverts :meth:`stop_buffering`."""
        self._may_buffer = self._may_go_on

    def end(self) -> None:
        """Permanent :meth:`stop_buffering`: the process is about to end."""
        self._may_go_on = False
        self.stop_buffering()

    def leave(self) -> None:
        """In a forked child: drops the lines that its parent will write.

        Children do not buffer, because they usually end without notification,
        with ``os._exit``.
        """
        self._may_buffer = self._may_go_on = False
        self._reset_buffer()
        self._file.leave()
        ending.leave()


def _taken_lock() -> threading.Lock:
    lock = allocate_lock()
    lock.acquire()
    return lock


def _release(lock: threading.Lock) -> None:
    try:
        lock.release()
    except RuntimeError:
        pass  # Another thread was faster.
