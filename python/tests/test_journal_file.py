"""The file of the journal: partial writes and network file systems."""

from __future__ import annotations

import collections
from pathlib import Path
from typing import List

import pytest

from conftest import Task
from pyruns.journal_file import JournalFile, _unwritten
from pyruns.shared_disk import kind_of

MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
23 22 0:5 / /dev rw,nosuid shared:2 - devtmpfs udev rw
41 22 0:47 / /home/a\\040b rw,relatime shared:9 master:1 - nfs4 server:/home rw,vers=4.2
garbage
"""


@pytest.mark.parametrize(
    "device, kind", [("254:0", "ext4"), ("0:47", "nfs4"), ("0:5", "devtmpfs"), ("0:4", "")]
)
def test_file_system_type_is_read_from_mountinfo(device: str, kind: str) -> None:
    assert kind_of(device, MOUNTS) == kind


@pytest.mark.parametrize(
    "written, rest",
    [
        (1, "aaa\nbbb\n"),  # Cut in a line: that line again,
        (6, "bbb\n"),
        (3, "bbb\n"),  # but not when only its newline is missing,
        (7, ""),
        (4, "bbb\n"),  # and not when it was whole.
    ],
)
def test_rest_after_a_partial_write(written: int, rest: str) -> None:
    assert _unwritten(b"aaa\nbbb\n", written) == rest.encode()


@pytest.mark.parametrize("cut", range(1, 8))
def test_partial_write_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    import os

    file = JournalFile(str(tmp_path / "run_logs" / "journal"))
    file.write(b"first\n")
    write, cuts = os.write, [cut]

    def short(fd: int, data: bytes) -> int:
        return write(fd, data[: cuts.pop()] if cuts else data)

    monkeypatch.setattr(os, "write", short)
    file.write(b"aaa\nbbb\n")
    lines: List[str] = (tmp_path / "run_logs" / "journal").read_text().split("\n")
    whole = [line for line in lines if len(line) in (3, 5)]
    assert whole == ["first", "aaa", "bbb"]


def test_processes_lock_on_a_shared_disk(task: Task) -> None:
    # The lock is real; only the detection of a shared disk is replaced.
    script = (
        "import fcntl, pyruns.journal_file as f\n"
        "f.is_shared = lambda fd: True\n"
        "flock, count = fcntl.flock, [0]\n"
        "def counting(fd, how):\n    count[0] += how & fcntl.LOCK_EX == fcntl.LOCK_EX; flock(fd, how)\n"
        "fcntl.flock = counting\n"
        "for i in range(3000): pyruns.track(who=WHO, i=i)\n"
        "pyruns.record(done=WHO)\n"
        "assert count[0] > 0\n"
    )
    running = [task.start("WHO = %d\n" % who + script) for who in range(3)]
    for process in running:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0 and not err, err
    seen = collections.defaultdict(list)
    for point in task.points():
        seen[point["who"]].append(point["i"])
    assert [seen[who] for who in range(3)] == [list(range(3000))] * 3


def test_wait_for_a_lock_is_limited(task: Task) -> None:
    task.run(
        "import fcntl, os, pyruns.journal_file as f\n"
        "f.is_shared = lambda fd: True\n"
        "f._LOCK_PATIENCE_S = 0.1\n"
        f"other = os.open({str(task.journal)!r}, os.O_RDWR | os.O_CREAT)\n"
        "fcntl.flock(other, fcntl.LOCK_EX)\n"
        "pyruns.track(a=1)\n"
    )
    assert task.points() == [{"a": 1}]
