"""The journal under threads, processes, forks, kills and full disks."""

from __future__ import annotations

import collections
import os
import shutil
import sys

import pytest

from conftest import Task

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def test_concurrent_processes_and_threads_write_whole_lines(task: Task) -> None:
    processes, threads, calls = 4, 4, 500
    script = (
        "import sys, threading\n"
        "def work(thread):\n"
        f"    for i in range({calls}):\n"
        "        pyruns.track(who=PROCESS * 100 + thread, i=i)\n"
        "        if i % 50 == 0: pyruns.record({'text%d' % i: 'x' * 20000})\n"
        f"pool = [threading.Thread(target=work, args=(n,)) for n in range({threads})]\n"
        "[t.start() for t in pool]; [t.join() for t in pool]\n"
    )
    running = [task.start(f"PROCESS = {number}\n" + script) for number in range(processes)]
    for process in running:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0 and not err
    seen = collections.defaultdict(list)
    for point in task.points():
        seen[point["who"]].append(point["i"])
    assert len(seen) == processes * threads
    # Each thread's points are all there, in its own order.
    assert all(points == list(range(calls)) for points in seen.values())
    assert len(task.records()) == processes * threads * calls // 50


@needs_fork
def test_forked_children_can_report(task: Task) -> None:
    task.run(
        "import os\n"
        "pyruns.track(a=0)\n"
        "for n in range(1, 4):\n"
        "    if os.fork() == 0:\n"
        "        for i in range(100): pyruns.track(a=n)\n"
        "        os._exit(0)\n"
        "for i in range(100): pyruns.track(a=0)\n"
        "for n in range(3): os.wait()\n"
    )
    counts = collections.Counter(point["a"] for point in task.points())
    assert counts == {0: 101, 1: 100, 2: 100, 3: 100}


@needs_fork
def test_child_that_closes_inherited_descriptors_does_not_write_to_other_files(task: Task) -> None:
    task.run(
        "import os\n"
        "pyruns.track(a=0)\n"
        "if os.fork() == 0:\n"
        "    os.closerange(3, 256)\n"
        "    own = open('own.txt', 'w')\n"
        "    pyruns.track(a=1)\n"
        "    own.close()\n"
        "    os._exit(0)\n"
        "os.wait()\n",
        cwd=str(task.folder),
    )
    assert task.points() == [{"a": 0}, {"a": 1}]
    assert (task.folder / "own.txt").read_text() == ""


def test_spawned_workers_can_report(task: Task) -> None:
    script = task.folder / "train.py"
    script.write_text(
        "import multiprocessing, pyruns\n"
        "def work(n): pyruns.track(a=n)\n"
        "if __name__ == '__main__':\n"
        "    pyruns.track(a=-1)\n"
        "    with multiprocessing.get_context('spawn').Pool(2) as pool:\n"
        "        pool.map(work, range(10))\n"
    )
    task.run(f"import runpy; runpy.run_path({str(script)!r}, run_name='not main')")
    task.run(f"import subprocess, sys; subprocess.check_call([sys.executable, {str(script)!r}])")
    assert sorted(point["a"] for point in task.points()) == list(range(-1, 10))


def test_a_signal_handler_may_report(task: Task) -> None:
    task.run(
        "import os, signal, sys\n"
        "def stop(*_):\n    pyruns.record(stopped=True)\n    sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, stop)\n"
        "pyruns.track(a=1)\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
        "while True: pyruns.track(a=2)\n"
    )
    assert task.records() == [{"stopped": True}]


def test_the_working_directory_may_change(task: Task) -> None:
    environment = {**task.environment(), "PYRUNS_TASK_DIR": task.folder.name}
    task.run(
        "import os; os.chdir('/')\npyruns.track(a=1)\n",
        env={**environment, "PYRUNS_TASK_DIR": str(task.folder)},
    )
    task.run(
        "import os; pyruns.track(a=2); os.chdir('/'); pyruns.track(a=3)\n",
        env=environment,
        cwd=str(task.folder.parent),
    )
    assert [point["a"] for point in task.points()] == [1, 2, 3]


def test_incomplete_line_of_a_dead_writer_loses_no_point(task: Task) -> None:
    task.journal.write_text('{"t":1.0,"track":{"a"')
    task.run("pyruns.track(a=1)")
    torn, whole = task.raw_lines()
    assert torn == '{"t":1.0,"track":{"a"'
    assert '"a":1' in whole


def test_full_disk_warns_once_and_does_not_raise(task: Task) -> None:
    pytest.importorskip("resource")
    done = task.run(
        "import resource\n"
        "hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]\n"
        "pyruns.track(a=0)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (80, hard))\n"
        "for i in range(100): pyruns.track(lost=i)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))\n"
        "pyruns.track(a=1)\npyruns.track(a=2)\n"
    )
    assert done.stderr.count("warning") == 1
    assert "cannot write" in done.stderr
    whole = [line for line in task.raw_lines() if line.endswith("}}")]
    assert [line[-8:] for line in whole if '"a"' in line] == ['{"a":0}}', '{"a":1}}', '{"a":2}}']


def test_unwritable_folder_warns_once(task: Task) -> None:
    shutil.rmtree(str(task.folder / "run_logs"))
    (task.folder / "run_logs").write_text("a file, not a folder")
    done = task.run("for i in range(10): pyruns.track(a=i)\npyruns.record(b=1)")
    assert done.stderr.count("warning") == 1


def test_deleted_task_is_not_created_again(task: Task) -> None:
    shutil.rmtree(str(task.folder))
    done = task.run("pyruns.track(a=1)", cwd=os.path.dirname(sys.executable))
    assert not task.folder.exists()
    assert done.stderr.count("warning") == 1


def test_closed_stderr_does_not_raise(task: Task) -> None:
    shutil.rmtree(str(task.folder))
    task.run("import sys; sys.stderr.close()\npyruns.track(a=1)\nsys.stderr = None\npyruns.track(a=1)")
