"""Curves and progress of ``model.fit()``.

``model.fit(..., callbacks=[PyrunsCallback()])``. Needs ``keras``, or the one in ``tensorflow``.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, Optional

from .announce import progress
from .metrics import track


def _callback() -> Any:
    try:
        return importlib.import_module("keras").callbacks.Callback
    except ModuleNotFoundError as error:
        if error.name != "keras":  # It is installed, but one of its own imports is missing.
            raise
        return importlib.import_module("tensorflow").keras.callbacks.Callback


_Callback: Any = _callback()


class PyrunsCallback(_Callback):  # type: ignore[misc]
    """A point of each metric at the end of an epoch; x is the epoch, from 0 as Keras counts.

    With ``every_batches=100`` also the running means at every hundredth batch of the
    training, as ``batch/loss``; x is the batch, counted through all epochs. Progress counts
    batches where Keras knows how many there are, else epochs.
    """

    def __init__(self, every_batches: Optional[int] = None) -> None:
        super().__init__()
        self._every_batches = every_batches
        self._batches_done = 0
        self._epochs_done = 0

    def on_train_begin(self, logs: Optional[Mapping[str, Any]] = None) -> None:
        """Called by Keras."""
        self._batches_done = self._epochs_done = 0
        self._report_progress()

    def on_train_batch_end(self, batch: int, logs: Optional[Mapping[str, Any]] = None) -> None:
        """Called by Keras."""
        self._batches_done += 1
        if logs and self._every_batches and self._batches_done % self._every_batches == 0:
            track({"batch": dict(logs)}, step=self._batches_done)
        self._report_progress()

    def on_epoch_end(self, epoch: int, logs: Optional[Mapping[str, Any]] = None) -> None:
        """Called by Keras."""
        self._epochs_done += 1
        if logs:
            track(logs, step=epoch)
        self._report_progress()

    def _report_progress(self) -> None:
        epochs = self.params.get("epochs")
        steps = self.params.get("steps")
        if epochs and steps:
            progress(self._batches_done, epochs * steps)
        else:
            progress(self._epochs_done, epochs)
