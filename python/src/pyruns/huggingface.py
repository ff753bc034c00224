"""Curves and progress of a ``transformers.Trainer``.

``Trainer(..., callbacks=[PyrunsCallback()])``. Needs ``transformers``.
"""

from __future__ import annotations

import importlib
from typing import Any, Dict, Optional

from .announce import progress
from .metrics import record, track

# Imported at run time, so that this package can be type-checked without transformers.
_TrainerCallback: Any = importlib.import_module("transformers.trainer_callback").TrainerCallback

# Prefix of a name in the logs -> group of its curve.
_GROUPS = ("eval", "test")


class PyrunsCallback(_TrainerCallback):  # type: ignore[misc]
    """Reports what the Trainer logs, from its main process.

    ``loss`` becomes the curve ``train/loss``, ``eval_loss`` the curve ``eval/loss``; x is the
    global step. Values that the Trainer logs once at the end (``train_runtime``, ...) become
    results of the run, as does the best metric. Progress counts steps.
    """

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Called by the Trainer."""
        self._report_progress(state)

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Called by the Trainer."""
        self._report_progress(state)

    def on_log(
        self,
        args: Any,
        state: Any,
        control: Any,
        logs: Optional[Dict[str, Any]] = None,
        **kwargs: Any,
    ) -> None:
        """Called by the Trainer."""
        if not state.is_world_process_zero or not logs:
            return
        if "train_runtime" in logs:
            record(logs)
        else:
            points = {name: logs[name] for name in logs if not isinstance(logs[name], str)}
            track({_curve(name): points[name] for name in points}, step=state.global_step)

    def on_train_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Called by the Trainer."""
        if state.is_world_process_zero and state.best_metric is not None:
            record(
                best_metric=state.best_metric,
                best_model_checkpoint=state.best_model_checkpoint,
            )

    def _report_progress(self, state: Any) -> None:
        if state.is_world_process_zero:
            progress(state.global_step, state.max_steps if state.max_steps > 0 else None)


def _curve(name: str) -> str:
    for group in _GROUPS:
        if name.startswith(group + "_"):
            return "%s/%s" % (group, name[len(group) + 1 :])
    return "train/" + name
