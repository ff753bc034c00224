"""Callbacks of training frameworks.

Hugging Face and Keras: with the real package where it is installed. All of them: with the
little of each framework that a callback sees, so that they are tested everywhere.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any, Dict, List

import pytest

from conftest import SOURCE, Task

# A module of each framework with the base classes that the callbacks inherit from.
STUBS = {
    "transformers/__init__.py": "",
    "transformers/trainer_callback.py": "class TrainerCallback: pass\n",
    "keras/__init__.py": (
        "class callbacks:\n"
        "    class Callback:\n"
        "        def __init__(self): self.params = None\n"
        "        def set_params(self, params): self.params = params\n"
    ),
    "lightning/__init__.py": "",
    "lightning/pytorch/__init__.py": "",
    "lightning/pytorch/loggers.py": (
        "from abc import ABC, abstractmethod\n"
        "class Logger(ABC):\n"
        "    @property\n    @abstractmethod\n    def name(self): ...\n"
        "    @property\n    @abstractmethod\n    def version(self): ...\n"
        "    @abstractmethod\n    def log_metrics(self, metrics, step=None): ...\n"
        "    @abstractmethod\n    def log_hyperparams(self, params, *args, **kwargs): ...\n"
        "    @property\n    def save_dir(self): return None\n"
        "    def save(self): pass\n"
        "    def finalize(self, status): self.save()\n"
    ),
    "lightning/pytorch/callbacks.py": "class Callback: pass\n",
    "lightning/pytorch/utilities.py": (
        "import functools\n"
        "def rank_zero_only(function):\n"
        "    @functools.wraps(function)\n"
        "    def wrapped(*args, **kwargs):\n"
        "        if rank_zero_only.rank == 0: return function(*args, **kwargs)\n"
        "    return wrapped\n"
        "rank_zero_only.rank = 0\n"
    ),
}


@pytest.fixture
def stubs(tmp_path: Path) -> Path:
    for name, text in STUBS.items():
        path = tmp_path / "stubs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "stubs"


def seen(task: Task) -> List[Any]:
    return [(line["track"], line.get("step")) for line in task.lines() if "track" in line]


def progress(task: Task) -> Dict[str, Any]:
    last: Dict[str, Any] = [line["progress"] for line in task.lines() if "progress" in line][-1]
    return last


def run(task: Task, stubs: Path, script: str) -> None:
    environment = {**task.environment(), "PYTHONPATH": f"{stubs}:{SOURCE}"}
    task.run(script, env=environment)


HUGGING_FACE = (
    "from pyruns.huggingface import PyrunsCallback\n"
    "def train(call, state):\n"
    "    call('on_train_begin')\n"
    "    for state.global_step in (1, 2, 3, 4):\n"
    "        call('on_step_end')\n"
    "        if state.global_step % 2 == 0:\n"
    "            call('on_log', logs={'loss': 1 / state.global_step, 'epoch': 1.0, 'text': 'x'})\n"
    "    call('on_log', logs={'eval_loss': 0.25, 'eval_accuracy': 0.5, 'epoch': 2.0})\n"
    "    state.best_metric, state.best_model_checkpoint = 0.25, 'ckpt-4'\n"
    "    call('on_log', logs={'train_runtime': 3.5, 'train_loss': 0.4})\n"
    "    call('on_train_end')\n"
)


def check_hugging_face(task: Task) -> None:
    assert seen(task) == [
        ({"train/loss": 0.5, "train/epoch": 1.0}, 2),
        ({"train/loss": 0.25, "train/epoch": 1.0}, 4),
        ({"eval/loss": 0.25, "eval/accuracy": 0.5, "train/epoch": 2.0}, 4),
    ]
    assert task.records() == [
        {"train_runtime": 3.5, "train_loss": 0.4},
        {"best_metric": 0.25, "best_model_checkpoint": "ckpt-4"},
    ]
    assert progress(task) == {"done": 4, "total": 4}


def test_hugging_face_without_the_package(task: Task, stubs: Path) -> None:
    run(
        task,
        stubs,
        HUGGING_FACE + "from types import SimpleNamespace as Of\n"
        "callback = PyrunsCallback()\n"
        "state = Of(global_step=0, max_steps=4, is_world_process_zero=True, best_metric=None)\n"
        "def call(event, **more):\n"
        "    handler = getattr(callback, event, None)\n"
        "    if handler: assert handler(None, state, Of(), model=None, **more) is None\n"
        "train(call, state)\n"
        "state.is_world_process_zero = False\ntrain(call, state)\n",
    )
    check_hugging_face(task)


@pytest.mark.skipif(
    importlib.util.find_spec("transformers") is None, reason="transformers is not installed"
)
def test_hugging_face_with_the_package(task: Task) -> None:
    task.run(
        HUGGING_FACE + "from transformers.trainer_callback import CallbackHandler, TrainerControl, TrainerState\n"
        "handler = CallbackHandler([PyrunsCallback()], None, None, None, None)\n"
        "state, control = TrainerState(max_steps=4), TrainerControl()\n"
        "def call(event, **more): getattr(handler, event)(None, state, control, **more)\n"
        "for event in ('on_init_end', 'on_epoch_begin', 'on_step_begin', 'on_save', 'on_epoch_end'): call(event)\n"
        "train(call, state)\n"
    )
    check_hugging_face(task)


KERAS = (
    "from pyruns.keras import PyrunsCallback\n"
    "def train(callback, steps):\n"
    "    callback.set_params({'epochs': 2, 'steps': steps, 'verbose': 0})\n"
    "    callback.on_train_begin()\n"
    "    for epoch in range(2):\n"
    "        for batch in range(3):\n"
    "            callback.on_train_batch_end(batch, {'loss': batch + epoch})\n"
    "        callback.on_epoch_end(epoch, {'loss': 1.0 / (epoch + 1), 'val_loss': 0.5})\n"
)


def check_keras(task: Task) -> None:
    assert seen(task) == [
        ({"batch/loss": 1}, 2),
        ({"loss": 1.0, "val_loss": 0.5}, 0),
        ({"batch/loss": 1}, 4),
        ({"batch/loss": 3}, 6),
        ({"loss": 0.5, "val_loss": 0.5}, 1),
    ]
    assert progress(task) == {"done": 6, "total": 6}


def test_keras_without_the_package(task: Task, stubs: Path) -> None:
    run(task, stubs, KERAS + "train(PyrunsCallback(every_batches=2), 3)\n")
    check_keras(task)


def test_keras_without_a_known_number_of_batches(task: Task, stubs: Path) -> None:
    run(task, stubs, KERAS + "train(PyrunsCallback(), None)\n")
    assert seen(task) == [({"loss": 1.0, "val_loss": 0.5}, 0), ({"loss": 0.5, "val_loss": 0.5}, 1)]
    assert progress(task) == {"done": 2, "total": 2}


@pytest.mark.skipif(
    not all(map(importlib.util.find_spec, ("keras", "numpy", "jax"))),
    reason="keras and jax are not installed",
)
def test_keras_with_the_package(task: Task) -> None:
    task.run(
        "import os; os.environ['KERAS_BACKEND'] = 'jax'\n"
        "import keras, numpy as np\n"
        "from pyruns.keras import PyrunsCallback\n"
        "x = np.arange(12.0).reshape(12, 1)\n"
        "model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])\n"
        "model.compile('sgd', 'mse')\n"
        "model.fit(x, x, batch_size=4, epochs=2, validation_data=(x, x), verbose=0,\n"
        "          callbacks=[PyrunsCallback(every_batches=2)])\n"
    )
    assert [(list(point), step) for point, step in seen(task)] == [
        (["batch/loss"], 2),
        (["loss", "val_loss"], 0),
        (["batch/loss"], 4),
        (["batch/loss"], 6),
        (["loss", "val_loss"], 1),
    ]
    assert progress(task) == {"done": 6, "total": 6}


def test_lightning_without_the_package(task: Task, stubs: Path) -> None:
    # Which attributes of the Trainer are read, and when: as of Lightning 2.6.
    run(
        task,
        stubs,
        "from argparse import Namespace as Of\n"
        "from pyruns.lightning import PyrunsCallback, PyrunsLogger\n"
        "logger, callback = PyrunsLogger(), PyrunsCallback()\n"
        "assert (logger.name, logger.version) == ('наладка 1', 'run1')\n"
        "assert logger.save_dir.endswith('run1') and logger.experiment is pyruns\n"
        "logger.log_hyperparams(Of(lr=0.1)); logger.log_hyperparams({})\n"
        "logger.log_metrics({'loss': 0.5, 'epoch': 0}, step=49)\n"
        "trainer = Of(global_step=0, estimated_stepping_batches=4, is_global_zero=True,\n"
        "             loggers=[logger], callback_metrics={'val_loss': 0.25}, state=Of(fn='fit'))\n"
        "def fit():\n"
        "    trainer.global_step = 0\n"
        "    callback.on_validation_end(trainer, None)\n"
        "    callback.on_train_start(trainer, None)\n"
        "    for trainer.global_step in (1, 2, 3, 4): callback.on_train_batch_end(trainer, None, None, None, 0)\n"
        "    callback.on_validation_end(trainer, None)\n"
        "    callback.on_train_epoch_end(trainer, None)\n"
        "fit()\n"
        "trainer.loggers = []; fit()\n"
        "trainer.state.fn = 'validate'; callback.on_validation_end(trainer, None)\n"
        "callback.on_test_end(trainer, None)\n"
        "from lightning.pytorch.utilities import rank_zero_only; rank_zero_only.rank = 1\n"
        "logger.log_metrics({'loss': 9}, step=50); trainer.is_global_zero = False; fit()\n"
        "logger.finalize('success')\n",
    )
    assert seen(task) == [({"loss": 0.5, "epoch": 0}, 49)] + [({"val_loss": 0.25}, 4)] * 3
    assert task.records() == [{"hparams": {"lr": 0.1}}]
    assert progress(task) == {"done": 4, "total": 4}


def test_a_training_of_unknown_length_has_no_total(task: Task, stubs: Path) -> None:
    run(
        task,
        stubs,
        "from argparse import Namespace as Of\n"
        "from pyruns.lightning import PyrunsCallback\n"
        "trainer = Of(global_step=3, estimated_stepping_batches=float('inf'), is_global_zero=True)\n"
        "PyrunsCallback().on_train_start(trainer, None)\n",
    )
    assert progress(task) == {"done": 3, "total": None}


@pytest.mark.parametrize("name", ["huggingface", "keras", "lightning"])
def test_missing_framework_is_named_in_the_error(task: Task, name: str) -> None:
    # -S: no other packages.
    import subprocess
    import sys

    command = [sys.executable, "-S", "-c", f"import pyruns; import pyruns.{name}"]
    done = subprocess.run(
        command, env=task.environment(), stderr=subprocess.PIPE, universal_newlines=True
    )
    assert "ModuleNotFoundError: No module named" in done.stderr
