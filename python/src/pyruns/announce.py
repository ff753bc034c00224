"""``progress`` and ``summary``: the progress of the run, and the statistic of each curve."""

from __future__ import annotations

from time import time_ns
from typing import Any

from .current import current_journal
from .jsontext import number_text
from .metrics import named_values, report
from .warning import warn_once

#: The statistics of a curve by which runs can be compared.
SUMMARIES = ("min", "max", "best(min)", "best(max)", "last", "mean", "none")


def progress(done: Any, total: Any = None) -> None:
    """Reports the progress of the run: ``progress(3, 10)``.

    ``done`` and ``total`` are numbers in any unit, epochs or bytes; ``total`` may be
    omitted if it is unknown. The function is cheap: of calls within 0.1 s only
    the last is stored. Outside a task this does nothing.
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
    """Declares which value of a curve is used to compare runs: ``summary(loss="min", acc="max")``.

    One of ``"min"``, ``"max"``, ``"last"``, ``"mean"`` and ``"none"``; ``"best(min)"`` and
    ``"best(max)"`` are aliases of ``"min"`` and ``"max"``. A mapping is for names that are not
    Python identifiers: ``summary({"val/loss": "min"})``. Outside a task this does nothing.

    Raises ``ValueError`` for another value and ``TypeError`` when ``data`` is not a mapping.
    """
    choices = named_values("summary", data, kwargs)
    for name, choice in choices.items():
        if choice not in SUMMARIES:
            raise ValueError(
                "pyruns.summary(%s=%r): choose one of %s" % (name, choice, ", ".join(SUMMARIES))
            )
    if choices:
        report("summary", choices)
