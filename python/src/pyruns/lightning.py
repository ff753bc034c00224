"""Curves and progress of a Lightning ``Trainer``.

``Trainer(logger=PyrunsLogger(), callbacks=[PyrunsCallback()])``. Needs ``lightning`` or
``pytorch_lightning``; the one that the script has imported.
"""

from __future__ import annotations

import importlib
import math
import os
import sys
from collections.abc import Mapping
from typing import Any, Optional

from .announce import progress
from .current import current_journal
from .metrics import record, track
from .run import artifact_dir, get_run_index, get_task_dir


def _lightning() -> Any:
    # Their classes are unrelated, so a script that mixes them gets an error.
    if "pytorch_lightning" in sys.modules and "lightning.pytorch" not in sys.modules:
        return importlib.import_module("pytorch_lightning")
    try:
        return importlib.import_module("lightning.pytorch")
    except ModuleNotFoundError:
        return importlib.import_module("pytorch_lightning")


_pl: Any = _lightning()
_Logger: Any = importlib.import_module(_pl.__name__ + ".loggers").Logger
_Callback: Any = importlib.import_module(_pl.__name__ + ".callbacks").Callback
_rank_zero_only: Any = importlib.import_module(_pl.__name__ + ".utilities").rank_zero_only


class PyrunsLogger(_Logger):  # type: ignore[misc]
    """What ``self.log()`` logs becomes curves; x is the step that Lightning gives."""

    @property
    def name(self) -> str:
        """The task's name, or ``"pyruns"`` outside a task."""
        return os.path.basename(get_task_dir() or "pyruns")

    @property
    def version(self) -> str:
        """The run: ``"run3"``."""
        return "run%d" % (get_run_index() or 1)

    @property
    def save_dir(self) -> Optional[str]:
        """Where checkpoints go: the folder of this run for files; nothing outside a task."""
        return artifact_dir() if get_task_dir() else None

    @property
    def experiment(self) -> Any:
        """The ``pyruns`` module, for images and artifacts."""
        return importlib.import_module("pyruns")

    @_rank_zero_only  # type: ignore[untyped-decorator, unused-ignore]
    def log_metrics(self, metrics: Mapping[str, Any], step: Optional[int] = None) -> None:
        """Called by Lightning."""
        track(metrics, step=step)

    @_rank_zero_only  # type: ignore[untyped-decorator, unused-ignore]
    def log_hyperparams(self, params: Any, *args: Any, **kwargs: Any) -> None:
        """Called by Lightning: results of the run, below ``hparams``."""
        values = params if isinstance(params, Mapping) else vars(params)
        if values:
            record({"hparams": values})

    @_rank_zero_only  # type: ignore[untyped-decorator, unused-ignore]
    def save(self) -> None:
        """Called by Lightning: returns when all logged values are in the file."""
        journal = current_journal()
        if journal is not None:
            journal.flush()


class PyrunsCallback(_Callback):  # type: ignore[misc]
    """Progress in optimizer steps. Without a :class:`PyrunsLogger` also the metrics of each epoch."""

    def __init__(self) -> None:
        super().__init__()
        self._total: Optional[float] = None

    def on_train_start(self, trainer: Any, pl_module: Any) -> None:
        """Called by Lightning."""
        total = trainer.estimated_stepping_batches
        self._total = total if 0 < total and math.isfinite(total) else None
        self._report_progress(trainer)

    def on_train_batch_end(
        self, trainer: Any, pl_module: Any, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Called by Lightning."""
        self._report_progress(trainer)

    def on_train_epoch_end(self, trainer: Any, pl_module: Any) -> None:
        """Called by Lightning, after the validation of the epoch."""
        self._report_metrics(trainer)

    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:
        """Called by Lightning."""
        # Within a training the end of the epoch reports.
        if trainer.state.fn == "validate":
            self._report_metrics(trainer)

    def on_test_end(self, trainer: Any, pl_module: Any) -> None:
        """Called by Lightning."""
        self._report_metrics(trainer)

    def _report_progress(self, trainer: Any) -> None:
        if trainer.is_global_zero:
            progress(trainer.global_step, self._total)

    def _report_metrics(self, trainer: Any) -> None:
        has_logger = any(isinstance(logger, PyrunsLogger) for logger in trainer.loggers)
        if trainer.is_global_zero and not has_logger and trainer.callback_metrics:
            track(trainer.callback_metrics, step=trainer.global_step)
