"""The TensorBoard-compatible writer."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import List

import pytest

from conftest import Task
from pyruns.tensorboard import SummaryWriter

# Names and order of the arguments of torch.utils.tensorboard.SummaryWriter, of the methods
# that are kept. (https://docs.pytorch.org/docs/stable/tensorboard.html)
TORCH = {
    "__init__": "log_dir comment purge_step max_queue flush_secs filename_suffix",
    "add_scalar": "tag scalar_value global_step walltime new_style double_precision",
    "add_scalars": "main_tag tag_scalar_dict global_step walltime",
    "add_image": "tag img_tensor global_step walltime dataformats",
    "add_images": "tag img_tensor global_step walltime dataformats",
    "add_figure": "tag figure global_step close walltime",
    "add_text": "tag text_string global_step walltime",
    "add_hparams": "hparam_dict metric_dict hparam_domain_discrete run_name global_step",
    "get_logdir": "",
    "flush": "",
    "close": "",
}
TORCH_NOT_KEPT = (
    "add_tensor add_histogram add_histogram_raw add_video add_audio add_graph add_onnx_graph "
    "add_embedding add_pr_curve add_pr_curve_raw add_custom_scalars add_mesh "
    "add_custom_scalars_multilinechart add_custom_scalars_marginchart add_image_with_boxes"
)


def accepts(name: str, arguments: List[str]) -> None:
    signature = inspect.signature(getattr(SummaryWriter, name))
    signature.bind(None, *arguments)  # By position,
    signature.bind(None, **dict.fromkeys(arguments))  # and by name,
    named = [p.name for p in signature.parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    shared = [argument for argument in arguments if argument in named]
    assert named[1 : len(shared) + 1] == shared  # where the same position means the same name.


@pytest.mark.parametrize("name", TORCH)
def test_accepts_the_arguments_of_the_torch_writer(name: str) -> None:
    accepts(name, TORCH[name].split())


def test_has_all_methods_of_the_torch_writer() -> None:
    for name in TORCH_NOT_KEPT.split():
        assert callable(getattr(SummaryWriter, name))


def test_has_all_methods_of_the_tensorboardx_writer() -> None:
    theirs = pytest.importorskip("tensorboardX").SummaryWriter
    # Independent of a run: a separate file, and timers for a block.
    missing = {"export_scalars_to_json", "use_metadata"}
    for name, method in inspect.getmembers(theirs, inspect.isfunction):
        if name.startswith("add_") or not name.startswith("_"):
            assert name in missing or callable(getattr(SummaryWriter, name, None)), name
        if name in ("add_scalar", "add_scalars", "add_image", "add_images", "add_text", "add_figure"):
            accepts(name, list(inspect.signature(method).parameters)[1:])


def test_existing_tensorboard_script_reports_to_pyruns(task: Task) -> None:
    task.run(
        "from pyruns.tensorboard import SummaryWriter\n"
        "with SummaryWriter('runs/exp1', flush_secs=3) as w:\n"
        "    w.add_scalar('loss/train', 0.5, 10)\n"
        "    w.add_scalar('acc', 1, global_step=11, walltime=1700000000.5)\n"
        "    w.add_scalar('early', 1, walltime=0.5)\n"
        "    w.add_scalars('both', {'a': 1, 'b': 2}, 12)\n"
        "    w.add_scalar('x', 1)\n"
        "    w.add_text('note', 'hello', 3)\n"
        "    w.add_hparams({'lr': 0.1}, {'hparam/acc': 0.9})\n"
        "    assert w.get_logdir() == 'runs/exp1'\n"
    )
    assert [(line["track"], line.get("step")) for line in task.lines() if "track" in line] == [
        ({"loss/train": 0.5}, 10),
        ({"acc": 1}, 11),
        ({"early": 1}, None),
        ({"both/a": 1, "both/b": 2}, 12),
        ({"x": 1}, None),
    ]
    assert [line["t"] for line in task.lines()][1:3] == [1700000000.5, 0.5]
    assert task.records() == [{"note": "hello"}, {"hparams": {"lr": 0.1}}, {"hparam/acc": 0.9}]


def test_second_writer_prefixes_its_curves(task: Task) -> None:
    task.run(
        "from pyruns.tensorboard import SummaryWriter\n"
        "train, val, again = SummaryWriter('runs/train'), SummaryWriter('runs/val/'), SummaryWriter('runs/train')\n"
        "for w in (train, val, again, SummaryWriter(), SummaryWriter(logdir='x/test')): w.add_scalar('loss', 1)\n"
    )
    assert [list(point) for point in task.points()] == [
        ["loss"], ["val/loss"], ["loss"], ["loss"], ["test/loss"],
    ]


def test_images_and_figures(task: Task) -> None:
    pytest.importorskip("numpy")
    task.run(
        "import numpy as np\nfrom pyruns.tensorboard import SummaryWriter\n"
        "w = SummaryWriter()\n"
        "w.add_image('chw', np.zeros((3, 2, 4)), 1)\n"
        "w.add_image('hwc', np.zeros((2, 4, 3), 'uint8'), 1, dataformats='HWC')\n"
        "w.add_image('hw', np.zeros((2, 4)), 1, dataformats='HW')\n"
        "w.add_images('many', np.zeros((5, 3, 2, 4)), 1)\n"
        "w.add_image('bad', np.zeros((2, 2, 2)), 1)\n"
        "class Figure:\n    def savefig(self, file, format): file.write(b'x')\n"
        "w.add_figure('figure', [Figure(), Figure()], 7)\n"
    )
    from test_outputs import read_png

    found = [(line["image"], line["step"]) for line in task.lines() if "image" in line]
    assert [(image["key"], step) for image, step in found] == [
        ("chw", 1), ("hwc", 1), ("hw", 1), ("many", 1), ("figure", 7), ("figure", 7),
    ]
    sizes = [read_png((task.folder / image["path"]).read_bytes())[:3] for image, _ in found[:4]]
    assert sizes == [(4, 2, 3), (4, 2, 3), (4, 2, 1), (12, 4, 3)]


def test_unsupported_methods_warn_once(task: Task) -> None:
    done = task.run(
        "from pyruns.tensorboard import SummaryWriter\nw = SummaryWriter()\n"
        "for i in range(3): w.add_histogram('h', [1, 2], i, bins='auto'); w.add_graph(None)\n"
    )
    assert done.stderr.count("add_histogram() is not supported") == 1
    assert done.stderr.count("add_graph() is not supported") == 1
    assert task.lines() == []


def test_outside_a_task_nothing_happens(
    outside: Path, capfd: "pytest.CaptureFixture[str]"
) -> None:
    with SummaryWriter() as writer:
        writer.add_scalar("loss", 1)
        writer.add_image("image", object())
        writer.add_histogram("h", [])
        writer.add_text("a", "b")
        writer.add_hparams({}, {})
        assert writer.get_logdir() == "runs"
    assert list(outside.iterdir()) == [] and json.dumps(capfd.readouterr()) == '["", ""]'
