"""Steps, nested names, many points, progress, summaries and timers."""

from __future__ import annotations

import math
import time
from pathlib import Path

import pytest

import pyruns
from conftest import Task


def test_step_is_written_with_the_points(task: Task) -> None:
    task.run(
        "pyruns.track(loss=0.5, step=3)\n"
        "pyruns.track('loss', 0.25, step=4.5)\n"
        "pyruns.track({'loss': 0, 'step': 9}, step=5)\n"
        "pyruns.track(loss=1)\n"
        "pyruns.track(step=7)\n"
    )
    seen = [(line["track"], line.get("step")) for line in task.lines()]
    assert seen == [
        ({"loss": 0.5}, 3),
        ({"loss": 0.25}, 4.5),
        ({"loss": 0, "step": 9}, 5),
        ({"loss": 1}, None),
        ({"step": 7}, None),
    ]


@pytest.mark.parametrize("step", ["'3'", "float('nan')", "[1]", "True", "object()"])
def test_invalid_step_does_not_lose_points(task: Task, step: str) -> None:
    done = task.run(f"pyruns.track(loss=1, step={step}); pyruns.track(loss=2, step={step})")
    assert [line.get("step") for line in task.lines()] == [None, None]
    assert task.points() == [{"loss": 1}, {"loss": 2}]
    assert done.stderr.count("is not a number") == 1


def test_a_step_of_numpy_is_a_number(task: Task) -> None:
    pytest.importorskip("numpy")
    task.run("import numpy as np\npyruns.track(loss=1, step=np.int64(3)); pyruns.track(a=1, step=np.array([4]))")
    assert [line["step"] for line in task.lines()] == [3, 4]


def test_nested_names_are_joined(task: Task) -> None:
    task.run(
        "pyruns.track({'train': {'loss': 1, 'head': {1: 2}}, 'lr': 0.1}, val={'acc': 0.5})\n"
        "pyruns.track('test', {'loss': 3})\n"
        "pyruns.track(pyruns.ConfigNode({'a': {'b': 1}}))\n"
        "pyruns.track({'empty': {}})\n"
    )
    assert task.points() == [
        {"train/loss": 1, "train/head/1": 2, "lr": 0.1, "val/acc": 0.5},
        {"test/loss": 3},
        {"a/b": 1},
    ]


def test_recursive_mapping_does_not_raise(task: Task) -> None:
    done = task.run("loop = {}; loop['a'] = loop\npyruns.track(loop); pyruns.track(b=1)")
    assert task.points() == [{"b": 1}] and done.stderr.count("warning") == 1


def test_many_points_as_curves_and_as_rows(task: Task) -> None:
    task.run(
        "pyruns.track_many(loss=[1.0, 0.5], acc=(x / 4 for x in range(2)))\n"
        "pyruns.track_many({'val/loss': [3]}, step=[7])\n"
        "pyruns.track_many([{'a': 1}, {'a': 2, 'b': {'c': 3}}], step=10)\n"
        "pyruns.track_many(); pyruns.track_many([]); pyruns.track_many(loss=[])\n"
    )
    assert [(line["track"], line.get("step")) for line in task.lines()] == [
        ({"loss": 1.0, "acc": 0.0}, None),
        ({"loss": 0.5, "acc": 0.25}, None),
        ({"val/loss": 3}, 7),
        ({"a": 1}, 10),
        ({"a": 2, "b/c": 3}, 11),
    ]


def test_many_more_points(task: Task) -> None:
    pytest.importorskip("numpy")
    task.run(
        "import numpy as np\n"
        "pyruns.track(x=-1)\npyruns.track_many(x=np.arange(20_000), step=np.arange(20_000) * 2)"
    )
    assert [point["x"] for point in task.points()] == list(range(-1, 20_000))
    assert [line["step"] for line in task.lines()[1:]] == list(range(0, 40_000, 2))


def test_track_many_validates_lengths_outside_a_task(outside: Path) -> None:
    with pytest.raises(ValueError, match="equal length, got a=2, b=1"):
        pyruns.track_many(a=[1, 2], b=[1])
    with pytest.raises(ValueError, match="got 1 for 2"):
        pyruns.track_many(a=[1, 2], step=[1])
    for wrong in (3, "text", [1], {"a": 1}, {"a": "text"}):
        with pytest.raises(TypeError, match="track_many"):
            pyruns.track_many(wrong)
    assert list(outside.iterdir()) == []


def test_progress(task: Task) -> None:
    task.run("pyruns.progress(0, 10)\nimport time; time.sleep(0.15)\npyruns.progress(3.5)")
    assert [line["progress"] for line in task.lines()] == [
        {"done": 0, "total": 10},
        {"done": 3.5, "total": None},
    ]


def test_invalid_progress_warns_once(task: Task) -> None:
    done = task.run("for bad in ('x', None, float('nan')): pyruns.progress(bad, 3)")
    assert task.lines() == [] and done.stderr.count("warning") == 1


def test_last_progress_is_written_without_another_call(task: Task) -> None:
    task.run(
        "import time\npyruns.progress(1, 3); pyruns.progress(2, 3)\n"
        f"end = time.time() + 30\n"
        f"while '\"done\":2' not in open({str(task.journal)!r}).read(): assert time.time() < end\n"
    )


def test_summaries(task: Task) -> None:
    task.run("pyruns.summary(loss='min', acc='best(max)'); pyruns.summary({'val/loss': 'last'})")
    assert [line["summary"] for line in task.lines()] == [
        {"loss": "min", "acc": "best(max)"},
        {"val/loss": "last"},
    ]


def test_summary_must_be_a_known_statistic(outside: Path) -> None:
    with pytest.raises(ValueError, match="loss='minimum'.*min, max"):
        pyruns.summary(loss="minimum")
    with pytest.raises(TypeError, match="mapping"):
        pyruns.summary("loss")


def test_timers_are_curves_in_seconds(task: Task) -> None:
    task.run(
        "import asyncio, time\n"
        "with pyruns.timer('epoch', step=3) as t: time.sleep(0.05)\n"
        "assert 0.05 <= t.seconds < 5\n"
        "try:\n    with pyruns.timer('bad'): raise KeyError\n"
        "except KeyError: pass\n"
        "@pyruns.timer('call')\n"
        "def call(n):\n    'Doc.'\n    return call(n - 1) + 1 if n else 0\n"
        "assert call(2) == 2 and call.__name__ == 'call' and call.__doc__ == 'Doc.'\n"
        "@pyruns.timer('async')\n"
        "async def wait(): await asyncio.sleep(0.05); return 5\n"
        "assert asyncio.run(wait()) == 5\n"
    )
    names = [next(iter(point)) for point in task.points()]
    assert names == ["time/epoch", "time/bad", "time/call", "time/call", "time/call", "time/async"]
    assert task.lines()[0]["step"] == 3
    assert 0.05 <= task.points()[-1]["time/async"] < 5


def test_outside_a_task_nothing_happens(outside: Path) -> None:
    (outside / "model.pt").write_text("x")
    pyruns.track(loss=1, step=2)
    pyruns.track_many(loss=[1, 2])
    pyruns.progress(1, 2)
    pyruns.summary(loss="min")
    assert pyruns.artifact("model.pt") is None
    assert pyruns.image("samples", [[0, 1]]) is None
    with pyruns.timer("block") as timer:
        time.sleep(0.001)
    assert timer.seconds is not None and math.isfinite(timer.seconds)
    assert [path.name for path in outside.iterdir()] == ["model.pt"]
