"""The run's variables, and that the package needs only its folder on the path."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import pyruns
from conftest import SOURCE, Task


def test_task_dir_and_run_index_inside_a_task(task: Task) -> None:
    done = task.run(
        "print(pyruns.get_task_dir()); print(pyruns.get_run_index()); print(pyruns.artifact_dir())"
    )
    place = str(task.folder)
    assert done.stdout.splitlines() == [place, "1", os.path.join(place, "artifacts", "run1")]
    assert (task.folder / "artifacts" / "run1").is_dir()


def test_task_dir_from_the_config_variable_alone(task: Task) -> None:
    environment = {**task.environment(), "PYRUNS_RUN_INDEX": "12"}
    del environment["PYRUNS_TASK_DIR"]
    done = task.run("print(pyruns.get_task_dir(), pyruns.artifact_dir()[-5:])", env=environment)
    assert done.stdout.strip() == f"{task.folder} run12"


def test_outside_a_task(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYRUNS_RUN_INDEX", "3")
    assert pyruns.get_task_dir() is None
    assert pyruns.get_run_index() is None
    monkeypatch.delenv("PYRUNS_RUN_INDEX")
    assert pyruns.artifact_dir() == str(outside / "artifacts" / "run1")
    assert (outside / "artifacts" / "run1").is_dir()
    # The name in pyruns 0.3.
    assert pyruns.get_artifact_dir is pyruns.artifact_dir
    assert "get_artifact_dir" in pyruns.__all__


@pytest.mark.parametrize("value", ["", "x", "0", "-1"])
def test_a_bad_run_number_is_none(
    task: Task, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("PYRUNS_TASK_DIR", str(task.folder))
    monkeypatch.setenv("PYRUNS_RUN_INDEX", value)
    assert pyruns.get_run_index() is None


def test_works_without_installed_packages(task: Task) -> None:
    # -S: no site-packages, so neither PyYAML nor anything else.
    script = (
        "import pyruns, sys\n"
        "assert 'yaml' not in sys.modules\n"
        "c = pyruns.load()\npyruns.track(loss=c.lr)\npyruns.record(a=1)\n"
    )
    environment = task.environment()
    kept = {name: environment[name] for name in environment if "PYRUNS" in name}
    subprocess.run(
        [sys.executable, "-S", "-c", script],
        env={**kept, "PYTHONPATH": str(SOURCE)},
        check=True,
        timeout=60,
    )
    assert task.points() == [{"loss": 0.1}] and task.records() == [{"a": 1}]


def test_import_loads_no_other_package(task: Task) -> None:
    done = task.run(
        "import sys\n"
        "print(*[m for m in ('yaml', 'numpy', 'difflib', 'subprocess') if m in sys.modules])"
    )
    assert done.stdout.strip() == ""


def test_every_file_is_python_3_8() -> None:
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        ast.parse(text, str(path), feature_version=(3, 8))
        assert "from __future__ import annotations" in text
