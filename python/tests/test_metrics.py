"""The lines that ``track`` and ``record`` write."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import pyruns
from conftest import Task


def test_signatures_of_track(task: Task) -> None:
    before = time.time()
    task.run(
        "pyruns.track('loss', 0.5)\n"
        "pyruns.track(loss=0.25, acc=1)\n"
        "pyruns.track({'train/loss': 2, 7: 3})\n"
        "pyruns.track({'a': 1}, b=2)\n"
        "pyruns.track(key='k', value=1)\n"
        "pyruns.track(value=4)\n"
        "pyruns.track('c', 0, d=1)\n"
    )
    assert task.points() == [
        {"loss": 0.5},
        {"loss": 0.25, "acc": 1},
        {"train/loss": 2, "7": 3},
        {"a": 1, "b": 2},
        {"k": 1},
        {"value": 4},
        {"c": 0, "d": 1},
    ]
    times = [line["t"] for line in task.lines()]
    assert times == sorted(times) and before - 1 < times[0] < time.time() + 1


def test_empty_calls_write_nothing(task: Task) -> None:
    task.run("pyruns.track(); pyruns.track('x'); pyruns.track('x', None); pyruns.record({})")
    assert not task.journal.exists()


def test_record_takes_a_mapping_and_names(task: Task) -> None:
    task.run(
        "pyruns.record({'best': 0.5, 'epoch': 1}, epoch=2)\n"
        "pyruns.record(tags=['a', ('b', 1)], nested={'x': {1: None, 'y': True}})\n"
        "pyruns.record(pyruns.ConfigNode({'lr': 0.1, 'model': {'n': 1}}))\n"
    )
    assert task.records() == [
        {"best": 0.5, "epoch": 2},
        {"tags": ["a", ["b", 1]], "nested": {"x": {"1": None, "y": True}}},
        {"lr": 0.1, "model": {"n": 1}},
    ]


def test_floats_are_exact_and_never_invalid_json(task: Task) -> None:
    task.run(
        "inf = float('inf')\n"
        "pyruns.track(a=0.1 + 0.2, b=1e-300, c=1e22, d=-0.0)\n"
        "pyruns.track(a=inf, b=-inf, c=float('nan'))\n"
        "pyruns.record(x=[inf, {'y': float('nan')}], big=10**20, bigger=-10**400)\n"
    )
    assert task.points()[0] == {"a": 0.1 + 0.2, "b": 1e-300, "c": 1e22, "d": -0.0}
    assert task.points()[1] == {"a": "Infinity", "b": "-Infinity", "c": "NaN"}
    assert task.records() == [
        {"x": ["Infinity", {"y": "NaN"}], "big": 1e20, "bigger": "-Infinity"}
    ]


def test_any_text_can_be_a_name_or_a_value(task: Task) -> None:
    task.run(
        "pyruns.track({'损失 \"q\"\\n\\\\': 1.5})\n"
        "pyruns.record({'path': 'caf\\udce9', 'emoji': '🙂\\u2028'})\n"
    )
    assert task.points() == [{'损失 "q"\n\\': 1.5}]
    assert task.records() == [{"path": "caf?", "emoji": "🙂\u2028"}]
    assert len(task.raw_lines()) == 2


def test_other_numbers_are_numbers(task: Task) -> None:
    task.run(
        "from decimal import Decimal; from fractions import Fraction\n"
        "from enum import IntEnum\n"
        "class Level(IntEnum):\n    HIGH = 3\n"
        "pyruns.track(d=Decimal('1.5'), f=Fraction(1, 4), e=Level.HIGH, b=True)\n"
    )
    assert task.points() == [{"d": 1.5, "f": 0.25, "e": 3, "b": True}]


def test_unsupported_types_are_stored_as_text_with_one_warning(task: Task) -> None:
    done = task.run(
        "from pathlib import PurePosixPath as P\n"
        "pyruns.record(a=P('x'), b=P('y')); pyruns.record(c=P('z'))\n"
    )
    assert task.records() == [{"a": "x", "b": "y"}, {"c": "z"}]
    assert done.stderr.count("stored as text") == 1


def test_values_that_raise_do_not_end_the_run(task: Task) -> None:
    done = task.run(
        "class Bad:\n"
        "    def __str__(self): raise OSError('gone')\n"
        "loop = []; loop.append(loop)\n"
        "pyruns.record(bad=Bad()); pyruns.record(loop=loop); pyruns.track(a=1)\n"
    )
    assert task.points() == [{"a": 1}]
    assert done.stderr.count("could not store a value") == 1


def test_numpy_values_are_numbers(task: Task) -> None:
    pytest.importorskip("numpy")
    task.run(
        "import numpy as np\n"
        "pyruns.track(a=np.float32(0.5), b=np.float64(0.25), c=np.int64(3), d=np.array(2.0),\n"
        "             e=np.array([1.5]), f=np.bool_(True), g=np.float64('nan'))\n"
        "pyruns.record(m=np.arange(4).reshape(2, 2), s=np.str_('x'), n=np.float32('inf'))\n"
    )
    assert task.points() == [
        {"a": 0.5, "b": 0.25, "c": 3, "d": 2.0, "e": 1.5, "f": True, "g": "NaN"}
    ]
    assert task.records() == [{"m": [[0, 1], [2, 3]], "s": "x", "n": "Infinity"}]


def test_tensor_like_values_are_numbers_without_their_library(task: Task) -> None:
    # The methods of torch: shape, item() and tolist(), and a float() that fails for many elements.
    task.run(
        "class Tensor:\n"
        "    def __init__(self, data, shape): self.data, self.shape = data, shape\n"
        "    def item(self): return self.data\n"
        "    def tolist(self): return self.data\n"
        "    def __float__(self): raise ValueError\n"
        "pyruns.track(loss=Tensor(0.5, ()))\n"
        "pyruns.record(rows=Tensor([1, 2], (2,)))\n"
    )
    assert task.points() == [{"loss": 0.5}]
    assert task.records() == [{"rows": [1, 2]}]


@pytest.mark.parametrize("data", [5, "text", [1], 0.5, b"x"])
def test_data_must_be_a_mapping_even_outside_a_task(outside: Path, data: object) -> None:
    with pytest.raises(TypeError, match="mapping"):
        pyruns.record(data)
    if not isinstance(data, str):
        with pytest.raises(TypeError, match="mapping"):
            pyruns.track(data)


def test_outside_a_task_nothing_happens(outside: Path) -> None:
    assert pyruns.track(loss=1) is None
    assert pyruns.record({"a": 1}, b=2) is None
    assert list(outside.iterdir()) == []


def test_a_shell_task_reports_too(task: Task) -> None:
    environment = task.environment()
    del environment["__PYRUNS_CONFIG__"]
    task.run("pyruns.track(a=1)", env=environment)
    assert task.points() == [{"a": 1}]


def test_invalid_run_index_disables_reporting(task: Task) -> None:
    environment = task.environment()
    del environment["PYRUNS_RUN_INDEX"]
    done = task.run("pyruns.track(a=1); pyruns.track(a=2)", env=environment)
    assert done.stderr.count("warning") == 1
    assert list((task.folder / "run_logs").iterdir()) == []
