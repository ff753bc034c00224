"""The OpenAPI document: valid, and sufficient to generate a client."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pyr import Pyr


def test_the_document_is_valid(script: Pyr) -> None:
    validator = pytest.importorskip("openapi_spec_validator")
    document = script.ok(script.get("/api/openapi.json"))
    assert document["openapi"] == "3.1.0"
    validator.validate(document)


def test_generated_client_lists_creates_runs_and_reads(script: Pyr, tmp_path: Path) -> None:
    pytest.importorskip("openapi_python_client")
    folder = tmp_path / "made"
    folder.mkdir()
    document = script.ok(script.get("/api/openapi.json"))
    (folder / "openapi.json").write_text(json.dumps(document))
    (folder / "config.yaml").write_text("post_hooks: []\n")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json",
               "--config", "config.yaml", "--output-path", "pyruns_client", "--meta", "none"]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    try:
        drive(f"http://127.0.0.1:{script.port}")
    finally:
        sys.path.remove(str(folder))


def drive(url: str) -> None:
    from pyruns_client import Client  # type: ignore[import-not-found]
    from pyruns_client.api.generator import create_tasks
    from pyruns_client.api.logs import read_log
    from pyruns_client.api.task import get_task, run_task
    from pyruns_client.api.tasks import list_tasks
    from pyruns_client.models import CreateRequest, TaskStatus

    client = Client(base_url=url, raise_on_unexpected_status=True)
    before = list_tasks.sync(client=client)
    assert before.total == 0 and before.items == []
    request = CreateRequest.from_dict(
        {"name_prefix": "made", "yaml_text": "lr: 0.1 | 0.2", "append_timestamp": False})
    created = create_tasks.sync(client=client, body=request)
    assert [task.name for task in created.items] == ["made_1-of-2", "made_2-of-2"]
    run_task.sync(client=client, name="made_1-of-2")
    deadline = time.monotonic() + 30
    while (task := get_task.sync(client=client, name="made_1-of-2")).status != TaskStatus.COMPLETED:
        assert task.status in (TaskStatus.QUEUED, TaskStatus.RUNNING) and time.monotonic() < deadline
        time.sleep(0.05)
    log = read_log.sync(client=client, name="made_1-of-2", tail_lines=5)
    assert "epoch 1" in log.content and log.selected_log == "run1.log"
    assert list_tasks.sync(client=client, status="completed").total == 1
