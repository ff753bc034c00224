"""A ``SummaryWriter`` that reports to Pyruns.

Use ``from pyruns.tensorboard import SummaryWriter`` instead of the import from
``torch.utils.tensorboard`` or ``tensorboardX``. No event files are written; outside a task
it does nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any, Callable, List, Optional

from .current import current_journal
from .metrics import record, track_points
from .outputs import image
from .run import artifact_dir, get_task_dir
from .warning import warn_once

# The folder of the first writer; other folders become prefixes of curve names.
_first_log_dir: Optional[str] = None


def _not_kept(name: str) -> Callable[..., None]:
    def method(self: SummaryWriter, *_: Any, **__: Any) -> None:
        if current_journal() is not None:
            warn_once(name, "SummaryWriter.%s() is not supported by Pyruns; the call is ignored" % name)

    method.__name__ = name
    method.__doc__ = "Not kept; a warning in the log says so once."
    return method


class SummaryWriter:
    """Has the methods of the writers of torch and tensorboardX.

    Scalars become curves, images and figures images, texts and hyperparameters results of
    the run. Scripts may have several writers, one for training and one for
    validation: the second ``log_dir`` and all after it are put before the names of
    their curves, as in ``val/loss``.
    """

    def __init__(
        self,
        log_dir: Optional[str] = None,
        comment: str = "",
        purge_step: Optional[int] = None,
        max_queue: int = 10,
        flush_secs: int = 120,
        filename_suffix: str = "",
        *_: Any,
        logdir: Optional[str] = None,
        **__: Any,
    ) -> None:
        """Only ``log_dir`` (``logdir`` in tensorboardX) has an effect: see the class."""
        self.log_dir = log_dir or logdir
        self._prefix = _prefix_of(self.log_dir)

    def get_logdir(self) -> str:
        """The given folder, else the folder for the files of this run."""
        return str(self.log_dir or (artifact_dir() if get_task_dir() else "runs"))

    def add_scalar(
        self,
        tag: str,
        scalar_value: Any,
        global_step: Any = None,
        walltime: Optional[float] = None,
        *_: Any,
        **__: Any,
    ) -> None:
        """A point of the curve ``tag``; ``walltime`` in seconds since 1970."""
        track_points({self._prefix + str(tag): scalar_value}, global_step, walltime)

    def add_scalars(
        self,
        main_tag: str,
        tag_scalar_dict: Mapping[str, Any],
        global_step: Any = None,
        walltime: Optional[float] = None,
    ) -> None:
        """A point of each curve ``main_tag/tag``."""
        points = {"%s%s/%s" % (self._prefix, main_tag, tag): tag_scalar_dict[tag] for tag in tag_scalar_dict}
        track_points(points, global_step, walltime)

    def add_image(
        self,
        tag: str,
        img_tensor: Any,
        global_step: Any = None,
        walltime: Optional[float] = None,
        dataformats: str = "CHW",
    ) -> None:
        """An image; ``dataformats`` is ``"CHW"``, ``"HWC"`` or ``"HW"``."""
        self._keep_pixels(tag, [img_tensor], global_step, dataformats)

    def add_images(
        self,
        tag: str,
        img_tensor: Any,
        global_step: Any = None,
        walltime: Optional[float] = None,
        dataformats: str = "NCHW",
    ) -> None:
        """Several images as one; ``dataformats`` is ``"NCHW"`` or ``"NHWC"``."""
        self._keep_pixels(tag, img_tensor, global_step, dataformats.upper().replace("N", ""))

    def _keep_pixels(self, tag: str, images: Any, step: Any, layout: str) -> None:
        if current_journal() is None:
            return
        from .pixels import grid_of, pixels_of

        try:
            pixels = grid_of([pixels_of(one, layout.upper()) for one in images])
        except Exception as error:  # Code of the image's type; it must not end the user's run.
            warn_once("image %s" % tag, "the image %r was not stored: %s" % (tag, error))
            return
        image(self._prefix + tag, pixels, step=step)

    def add_figure(
        self,
        tag: str,
        figure: Any,
        global_step: Any = None,
        close: bool = True,
        walltime: Optional[float] = None,
    ) -> None:
        """A figure of matplotlib, or a list of them, as images. Closed afterwards by default."""
        figures: List[Any] = figure if isinstance(figure, list) else [figure]
        pyplot: Any = sys.modules.get("matplotlib.pyplot")
        for one in figures:
            image(self._prefix + tag, one, step=global_step)
            if close and pyplot is not None:
                pyplot.close(one)

    def add_text(
        self,
        tag: str,
        text_string: str,
        global_step: Any = None,
        walltime: Optional[float] = None,
    ) -> None:
        """A result of the run; the last text of a tag is stored."""
        record({self._prefix + tag: text_string})

    def add_hparams(
        self,
        hparam_dict: Mapping[str, Any],
        metric_dict: Mapping[str, Any],
        hparam_domain_discrete: Any = None,
        run_name: Optional[str] = None,
        global_step: Any = None,
    ) -> None:
        """Results of the run: the metrics by their names, the others below ``hparams``."""
        record({"hparams": dict(hparam_dict)})
        record(metric_dict)

    add_audio = _not_kept("add_audio")
    add_custom_scalars = _not_kept("add_custom_scalars")
    add_custom_scalars_marginchart = _not_kept("add_custom_scalars_marginchart")
    add_custom_scalars_multilinechart = _not_kept("add_custom_scalars_multilinechart")
    add_embedding = _not_kept("add_embedding")
    add_graph = _not_kept("add_graph")
    add_histogram = _not_kept("add_histogram")
    add_histogram_raw = _not_kept("add_histogram_raw")
    add_image_with_boxes = _not_kept("add_image_with_boxes")
    add_mesh = _not_kept("add_mesh")
    add_onnx_graph = _not_kept("add_onnx_graph")
    add_openvino_graph = _not_kept("add_openvino_graph")
    add_pr_curve = _not_kept("add_pr_curve")
    add_pr_curve_raw = _not_kept("add_pr_curve_raw")
    add_tensor = _not_kept("add_tensor")
    add_video = _not_kept("add_video")

    def flush(self) -> None:
        """Returns when all reports are in the file."""
        journal = current_journal()
        if journal is not None:
            journal.flush()

    def close(self) -> None:
        """Like :meth:`flush`; more may be added afterwards."""
        self.flush()

    def __enter__(self) -> SummaryWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _prefix_of(log_dir: Optional[str]) -> str:
    """The prefix of the names of a writer's curves."""
    global _first_log_dir
    if not log_dir:
        return ""
    log_dir = os.path.normpath(os.fspath(log_dir))
    if _first_log_dir is None:
        _first_log_dir = log_dir
    return "" if log_dir == _first_log_dir else os.path.basename(log_dir) + "/"
