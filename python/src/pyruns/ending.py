"""Writing what is buffered before the process ends."""

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
    """From now on ``journal`` is written out at the end of the process and before SIGTERM ends it.

    Called when something is buffered for the first time: a script that reports at a
    leisurely pace keeps its signals untouched.
    """
    global _journal
    if _journal is None:
        # The end of an uncaught exception, of Ctrl-C and of sys.exit() is this one too.
        atexit.register(_at_exit)
    _journal = journal
    _watch_sigterm()


def is_worker() -> bool:
    """Whether this process is a worker of ``multiprocessing``.

    Such a process ends by SIGTERM or with ``os._exit`` in the middle of anything, and
    its parent waits for that. A handler might come too late: Python calls it when the
    main thread gets round to it, and a worker that waits for work may never.
    """
    module: Any = sys.modules.get("multiprocessing.process")
    return module is not None and module.parent_process() is not None


def leave() -> None:
    """In a forked child, which buffers nothing: SIGTERM does again what it did before."""
    global _journal
    _journal = None
    if signal.getsignal(signal.SIGTERM) is _on_sigterm:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _watch_sigterm() -> None:
    # Only the main thread may, and only where nobody else has; who comes later replaces us.
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
    # A handler that was set later and calls the one before it decides by itself what
    # becomes of the process.
    if signal.getsignal(number) is _on_sigterm:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)  # Ends with the status that it would have had without us.
