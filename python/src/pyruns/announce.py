"""``progress`` and ``summary``: how far the run is, and what to look at in its curves."""

from __future__ import annotations

from time import time_ns
from typing import Any

from .current import current_journal
from .jsontext import number_text
from .metrics import named_values, report
from .warning import warn_once

#: What of a curve may stand for its run.
SUMMARIES = ("min", "max", "best(min)", "best(max)", "last", "mean", "none")


def progress(done: Any, total: Any = None) -> None:
    """Says how far the run is: ``progress(3, 10)``.

    ``done`` and ``total`` are numbers in any unit, epochs or bytes; ``total`` may be left
    out when nobody knows it. Call it as often as you like: of calls within 0.1 s only
    the last is kept. Outside a task this does nothing.
    """
    journal = current_journal()
    if journal is None:
        return
    now_us = time_ns() // 1000
    try:
        done_text = number_text(done)
        total_text = "null" if total is None else number_text(total)
    except Exception:  # Code of the values' types; it must not end the user's run.
        done_text = total_text = None
    if done_text is None or total_text is None:
        warn_once("progress", "progress(%.80r, %.80r) is not two numbers" % (done, total))
        return
    line = f'{{"t":{now_us / 1e6!r},"progress":{{"done":{done_text},"total":{total_text}}}}}\n'
    journal.append_newest("progress", line, now_us)


def summary(data: Any = None, **kwargs: Any) -> None:
    """Says which value of a curve stands for the run: ``summary(loss="min", acc="max")``.

    One of ``"min"``, ``"max"``, ``"last"``, ``"mean"`` and ``"none"``; ``"best(min)"`` and
    ``"best(max)"`` say the same as ``"min"`` and ``"max"``. A mapping names curves that are no
    Python names: ``summary({"val/loss": "min"})``. Outside a task this does nothing.

    Raises ``ValueError`` for another word and ``TypeError`` when ``data`` is not a mapping.
    """
    choices = named_values("summary", data, kwargs)
    for name, choice in choices.items():
        if choice not in SUMMARIES:
            raise ValueError(
                "pyruns.summary(%s=%r): choose one of %s" % (name, choice, ", ".join(SUMMARIES))
            )
    if choices:
        report("summary", choices)
