"""Flushes the journal's buffer before the process ends."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any, Optional

if TYPE_CHECKING:
    from .journal import Journal

_journal: Optional[Journal] = None


def watch(journal: Journal) -> None:
    """Registers ``journal`` to be flushed at the end of the process and before SIGTERM ends it.

    Called when a line is buffered for the first time: for a script that reports at a
    low rate no signal handler is installed.
    """
    global _journal
    if _journal is None:
        # Also runs after an uncaught exception, Ctrl-C and sys.exit().
        atexit.register(_at_exit)
    _journal = journal
    _watch_sigterm()


def is_worker() -> bool:
    """Whether this process is a worker of ``multiprocessing``.

    Such a process ends by SIGTERM or with ``os._exit`` at any point, and
    its parent waits for that. A handler may run too late: Python calls it in the
    main thread, which may be blocked in a worker that waits for work.
    """
    module: Any = sys.modules.get("multiprocessing.process")
    return module is not None and module.parent_process() is not None


def leave() -> None:
    """Restores the previous SIGTERM handler in a forked child, which does not buffer."""
    global _journal
    _journal = None
    if signal.getsignal(signal.SIGTERM) is _on_sigterm:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _watch_sigterm() -> None:
    # Only in the main thread, and only if no handler is set; later handlers replace it.
    try:
        if current_thread() is main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, _on_sigterm)
    except (ValueError, OSError):  # An interpreter inside another program.
        pass


def _at_exit() -> None:
    if _journal is not None:
        _journal.end()


def _on_sigterm(number: int, _frame: Any) -> None:
    if _journal is not None:
        _journal.flush()
    # A handler that was set later and calls this one decides itself what
    # becomes of the process.
    if signal.getsignal(number) is _on_sigterm:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)  # Ends with the status as without this handler.
