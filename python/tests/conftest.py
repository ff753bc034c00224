"""A task folder as created by the supervisor, and scripts that run in it as real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src"


class Task:
    """A task folder with an active run 1."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "run_logs").mkdir(parents=True)
        self.config = folder / "config.yaml"
        self.config.write_text("lr: 0.1\n", encoding="utf-8")
        self.journal = folder / "run_logs" / "run1.journal.jsonl"

    def environment(self) -> Dict[str, str]:
        """The variables that the supervisor sets, added to those of this process."""
        return {
            **os.environ,
            "PYTHONPATH": str(SOURCE),
            "PYTHONIOENCODING": "utf-8",
            "PYRUNS_TASK_DIR": str(self.folder),
            "PYRUNS_RUN_INDEX": "1",
            "__PYRUNS_CONFIG__": str(self.config),
        }

    def start(self, script: str, **changes: Any) -> "subprocess.Popen[str]":
        """Starts a script that has imported ``pyruns``."""
        options = {
            "env": self.environment(),
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "universal_newlines": True,
            "encoding": "utf-8",
            # Tests that are started in the background of a script ignore Ctrl-C, and so would these processes.
            "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            **changes,
        }
        return subprocess.Popen([sys.executable, "-c", "import pyruns\n" + script], **options)

    def run(
        self, script: str, status: int = 0, **changes: Any
    ) -> "subprocess.CompletedProcess[str]":
        """Runs a script to its end, which must be the expected one."""
        process = self.start(script, **changes)
        out, err = process.communicate(timeout=60)
        assert process.returncode == status, err
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def lines(self) -> List[Dict[str, Any]]:
        """The content of the journal; every line must be JSON or empty."""
        whole = [line for line in self.raw_lines() if line]
        return [_DECODER.decode(line) for line in whole]

    def raw_lines(self) -> List[str]:
        """The lines of the journal; the last one must be complete."""
        if not self.journal.exists():
            return []
        text = self.journal.read_bytes().decode("utf-8")
        assert text.endswith("\n")
        return text.split("\n")[:-1]

    def points(self) -> List[Dict[str, Any]]:
        """The points of each call of ``track``."""
        return [line["track"] for line in self.lines() if "track" in line]

    def records(self) -> List[Dict[str, Any]]:
        """The values of each call of ``record``."""
        return [line["record"] for line in self.lines() if "record" in line]


def _no_constant(name: str) -> None:
    raise AssertionError("%s is not JSON" % name)


_DECODER = json.JSONDecoder(parse_constant=_no_constant)


@pytest.fixture
def task(tmp_path: Path) -> Task:
    return Task(tmp_path / "tasks" / "наладка 1")


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """This process is outside a task, in an empty folder."""
    for name in ("PYRUNS_TASK_DIR", "PYRUNS_RUN_INDEX", "__PYRUNS_CONFIG__"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path
