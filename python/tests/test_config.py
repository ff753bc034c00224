"""Which file ``read`` selects, and its errors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import pyruns
from conftest import SOURCE, Task
from pyruns import config


@pytest.fixture(autouse=True)
def forget() -> None:
    config._loaded = None


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_task_config_takes_precedence_over_the_argument(
    task: Task, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = write(tmp_path / "other.yaml", "lr: 5\n")
    monkeypatch.setenv("__PYRUNS_CONFIG__", str(task.config))
    assert pyruns.read(str(other)) is None
    assert pyruns.load().lr == 0.1
    assert pyruns.load() is pyruns.load()


def test_the_argument_outside_a_task(outside: Path) -> None:
    pyruns.read(write(outside / "c.yml", "\ufefflr: 5e-3\r\nn: {a: [1, {b: 2}]}\r\n"))
    assert pyruns.load().lr == 0.005
    assert pyruns.load().n.a[1].b == 2
    pyruns.read(str(write(outside / "c.JSON", '{"lr": [1, {"b": 2}]}')))
    assert pyruns.load().lr[1].b == 2


def test_a_list_root_is_a_list(outside: Path) -> None:
    pyruns.read(write(outside / "c.yaml", "- a\n- b: 1\n"))
    root = pyruns.load()
    assert type(root) is list and root[1].b == 1


def test_an_empty_file_is_an_empty_config(outside: Path) -> None:
    pyruns.read(write(outside / "c.yaml", "# nothing\n"))
    assert pyruns.load() == {}


def test_a_missing_file_hints(outside: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nope\.yaml.*pyruns\.read"):
        pyruns.read("nope.yaml")


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("c.yaml", "a: 1\nb: [1,\n", r"c\.yaml: line [23]: "),
        ("c.yaml", "a: 1\nb: c: 2\n", r"c\.yaml: line 2: "),
        ("c.yaml", "just text\n", "single value"),
        ("c.json", '{"a": ', r"c\.json: .*line 1"),
        ("c.json", "5", "single value"),
        ("c.txt", "a: 1", r"\.yaml, \.yml or \.json"),
    ],
)
def test_a_bad_file_is_a_runtime_error(
    outside: Path, name: str, text: str, problem: str
) -> None:
    with pytest.raises(RuntimeError, match=problem):
        pyruns.read(write(outside / name, text))


def test_invalid_utf8_is_a_runtime_error(outside: Path) -> None:
    (outside / "c.yaml").write_bytes(b"a: \xff\n")
    with pytest.raises(RuntimeError, match="utf-8"):
        pyruns.read("c.yaml")


@pytest.mark.parametrize("workdir", [".", "project"])
def test_script_outside_a_task_reads_its_default(outside: Path, workdir: str) -> None:
    script = write(
        outside / "project" / "train.py", "import pyruns\nprint(pyruns.load().model.lr)\n"
    )
    command = [sys.executable, str(script)]
    options = {"cwd": str(outside / workdir), "env": {"PYTHONPATH": str(SOURCE)}}
    missing = subprocess.run(command, stderr=subprocess.PIPE, timeout=60, **options)
    assert missing.returncode != 0
    assert b"FileNotFoundError" in missing.stderr and b"pyr ui train.py" in missing.stderr
    write(outside / "project/_pyruns_/train/config_default.yaml", "model:\n  lr: 1e-3\n")
    assert subprocess.check_output(command, timeout=60, **options).split() == [b"0.001"]
