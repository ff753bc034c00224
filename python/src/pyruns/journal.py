"""The journal of a run: what the script reports, one JSON object a line.

A line is written by its caller, at once, as long as that takes a small share of the
caller's time. Then nothing waits in a buffer that a killed process would take with it.
When lines come thick and fast, or the disk is slow, they are put into a buffer instead
and a thread writes them, :data:`FLUSH_INTERVAL_S` later at most.

Only that thread writes while it is there. A signal handler that raises interrupts the
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

#: The longest that a line waits for its thread, in seconds.
FLUSH_INTERVAL_S = 0.1
# What callers may spend on writing by themselves: this share of their time, saved up to
# so much. A stall of the disk is remembered as a debt of a second at most.
_SHARE = 0.01
_MOST_SAVED_US = 50_000.0
_MOST_OWED_US = -1_000_000.0
# Lines of one write; about 1 MB of points. Each write makes the threads change places twice.
_LINES_PER_WRITE = 16_000
# So many lines wait only where the disk hangs: then callers wait with them.
_MOST_LINES = 500_000
# How long a caller waits for the thread before it writes by itself.
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
        # True while a thread looks after the buffer, so that callers may rely on it.
        self._buffering = False
        self._thread = 0
        # Lines are appended by anyone and removed, once written, by the holder of the lock.
        self._lines: List[str] = []
        # Lines of which only the newest of a kind is of interest.
        self._newest: Dict[str, str] = {}
        # A lock for everyone who waits until what there is now is written.
        self._waiters: List[threading.Lock] = []
        # All locks below may be asked for by a signal handler whose thread has them.
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
            # Looked at again: the thread may have found nothing to do just before.
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
        """:meth:`append` for some hundred lines."""
        if self._buffering or self._lines or self._newest or not self._can_afford(now_us):
            self._lines.extend(lines)
            if not self._buffering or len(self._lines) >= _MOST_LINES:
                self._settle()
        else:
            self.append("".join(lines), now_us)

    def append_newest(self, kind: str, line: str, now_us: int) -> None:
        """Like :meth:`append`; of lines of one ``kind`` that come fast only the newest is written."""
        waits = self._buffering or self._lines or self._newest
        if waits or 0 <= now_us - self._newest_at_us < FLUSH_INTERVAL_S * 1e6:
            self._newest[kind] = line
            if not self._buffering:
                self._settle()
        else:
            self._newest_at_us = now_us
            self.append(line, now_us)

    def append_now(self, line: str, now_us: int) -> None:
        """Like :meth:`append`, and returns when the line is in the file."""
        if self._buffering or self._lines or self._newest:
            self.append(line, now_us)
            self.flush()
        else:
            self._write_at_once(line, now_us)

    def _can_afford(self, now_us: int) -> bool:
        """Whether the caller may write by itself."""
        if not self._may_buffer:
            return True
        earned = (now_us - self._counted_at_us) * _SHARE
        saved = min(max(self._saved_us, _MOST_OWED_US) + earned, _MOST_SAVED_US)
        self._saved_us, self._counted_at_us = saved, now_us
        return saved > 0

    def _settle(self) -> None:
        """Sees to it that what is in the buffer gets written."""
        if len(self._lines) >= _MOST_LINES or not (self._buffering or self._start()):
            self.flush()

    def _start(self) -> bool:
        """Starts the thread; false where there can be none."""
        with self._changing:
            if self._buffering:
                return True
            if not self._may_buffer:
                return False
            try:
                # Not of the threading module: it neither shows up among the user's threads
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
                # In this order: who has appended and still sees the flag relies on us.
                self._buffering = False
                if not (self._lines or self._newest or self._waiters):
                    break
                self._buffering = True
        ended.release()

    def flush(self) -> None:
        """Returns when all that was appended before is in the file, or cannot be."""
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
        """Writes what is in the buffer; false when it was empty."""
        with self._writing:
            if self._inside:  # A signal handler or a destructor, in the middle of the below.
                return True
            self._inside = True
            try:
                return self._write_buffer()
            except Exception as error:  # No memory, say; the lines are still there.
                warn_once("buffer", "cannot write what is buffered: %r" % error)
                return True
            finally:
                self._inside = False

    def _write_buffer(self) -> bool:
        # Who waits has appended before: so the waiters are counted first.
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
        """Writes what there is and ends the thread; from now on callers write by themselves."""
        self._may_buffer = False
        self.flush()
        if self._buffering:
            _release(self._wake)
            self._ended.acquire(True, _PATIENCE_S)

    def go_on(self) -> None:
        """Takes :meth:`stop_buffering` back."""
        self._may_buffer = self._may_go_on

    def end(self) -> None:
        """:meth:`stop_buffering` for good: the process is about to end."""
        self._may_go_on = False
        self.stop_buffering()

    def leave(self) -> None:
        """In a forked child: forgets what its parent will write.

        Nothing is ever buffered here: such a child mostly ends without a word to us,
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
        pass  # Somebody else was faster.
