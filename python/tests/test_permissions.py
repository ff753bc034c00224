"""Permissions of the files of a run."""

from __future__ import annotations

import os
import stat

import pytest

from conftest import Task

pytestmark = pytest.mark.skipif(os.name != "posix", reason="this system has no such modes")

WORK = "import os; os.umask(0); pyruns.track(a=1); open(pyruns.artifact_dir() + '/m', 'w').close()"


def mode(path: str) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


@pytest.mark.parametrize(
    ("of_task", "of_file", "of_folder"),
    [(0o700, 0o600, 0o700), (0o755, 0o600, 0o700), (0o750, 0o640, 0o750)],
)
def test_files_are_private_unless_the_folder_is_shared(
    task: Task, of_task: int, of_file: int, of_folder: int
) -> None:
    folder = str(task.folder)
    os.chmod(folder, of_task)
    for made_before in os.listdir(folder):
        if made_before == "run_logs":
            os.rmdir(os.path.join(folder, made_before))
    task.run(WORK)
    assert mode(os.path.join(folder, "run_logs")) == of_folder
    assert mode(os.path.join(folder, "run_logs", "run1.journal.jsonl")) == of_file
    assert mode(os.path.join(folder, "artifacts")) == of_folder
