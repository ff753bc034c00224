"""The contract with existing browsers, scripts and workspaces, tested with the real binary."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from pyr import Pyr

TASK_FIELDS = """dir name status created_at config config_text config_file log progress env pinned task_order
script task_kind start_times finish_times pids records tracks notes preview_text search_text run_index
_load_error _mtime""".split()
SETTINGS = {
    "ui_port": 8099, "header_refresh_interval": 3, "generator_form_columns": 3,
    "generator_auto_timestamp": True, "generator_mode": "form", "manager_columns": 5,
    "manager_max_workers": 1, "ui_page_size": 50, "monitor_chunk_size": 50000,
    "monitor_scrollback": 100000, "monitor_sidebar_width_pct": 15, "log_enabled": False,
    "log_level": "INFO", "shell_mode": "follow", "shell_executable": "", "pinned_params": [],
    "python_executable": "", "conda_env": "", "global_env": {},
}


def test_new_script_workspace(script: Pyr) -> None:
    root = script.folder.resolve()
    workspace = script.ok(script.get("/api/workspace"))
    assert workspace["run_root"] == str(root / "_pyruns_/train")
    assert workspace["script_name"] == "train"
    assert workspace["script_path"] == str(root / "train.py")
    assert workspace["workspace_kind"] == "script" and workspace["workspace_ready"] is True
    assert workspace["working_root"] == str(root) and workspace["project_root"] == str(root)
    assert workspace["tasks_dir"] == str(root / "_pyruns_/train/tasks")
    assert {key: workspace["settings"][key] for key in SETTINGS} == SETTINGS
    keys = {"source", "terminal_kind", "display_name", "executable", "available", "mode"}
    assert keys <= set(workspace["shell_runtime"])
    assert workspace["templates"][-1]["label"] == "config_default.yaml"
    info = json.loads((root / "_pyruns_/train/script_info.json").read_text())
    assert {"workspace_kind", "script_name", "script_path", "created_at"} <= set(info)
    assert "lr: 0.1  # step size" in (root / "_pyruns_/train/config_default.yaml").read_text()


def test_preview_create_run_read(script: Pyr) -> None:
    text = "lr: 0.1 | 0.01\nepochs: 1:3"
    preview = script.ok(script.post("/api/generator/preview", {"yaml_text": text}))
    assert (preview["count"], len(preview["items"]), preview["task_kind"]) == (6, 6, "python")
    assert preview["items"][0] == {"index": 1, "preview": "lr=0.1, epochs=1", "config": {"lr": 0.1, "epochs": 1}}
    created = script.ok(script.post("/api/generator/create", {
        "mode": "form", "yaml_text": text, "name_prefix": " sweep ", "append_timestamp": False}))
    names = [task["name"] for task in created["items"]]
    assert names == [f"sweep_{n}-of-6" for n in range(1, 7)] and created["count"] == 6
    assert len(created["recent_tasks"]) == 6 and created["task_kind"] == "python"
    task = script.run("sweep_3-of-6")
    assert set(TASK_FIELDS) <= set(task), set(TASK_FIELDS) - set(task)
    assert task["status"] == "completed" and task["run_index"] == 1
    assert task["tracks"] == [{"loss": [1.0, 0.5, 1 / 3], "acc": [0.5, 0.5, 0.5]}]
    assert task["records"] == [{"best": 0.1}]
    log = script.ok(script.get("/api/tasks/sweep_3-of-6/logs"))
    assert log["selected_log"] == "run1.log" and log["available_logs"] == ["run1.log"]
    assert log["content"].startswith("[PYRUNS] Task sweep_3-of-6 started at ")
    assert "epoch 2 lr 0.1" in log["content"] and "finished at" in log["content"]
    assert log["offset"] == Path(task["log"]).stat().st_size
    page = script.ok(script.get("/api/tasks", query="lr: 0.1\nepochs: 3", status="COMPLETED"))
    assert [item["name"] for item in page["items"]] == ["sweep_3-of-6"]
    assert {"items", "total", "offset", "limit", "has_more"} <= set(page)
    everything = script.ok(script.get("/api/tasks", limit=0))
    assert len(everything["items"]) == 6 and everything["has_more"] is False
    csv = script.post("/api/tasks/export/csv", {"task_names": ["sweep_3-of-6"]})
    lines = csv.bytes.decode().splitlines()
    assert lines[0] == "name,status,run,start_time,finish_time,pid,best"
    assert len(lines) == 2 and csv.headers["Content-Type"].startswith("text/csv")


def test_names(script: Pyr) -> None:
    stamped = script.ok(script.post("/api/generator/create", {"yaml_text": "lr: 1.0", "name_prefix": " "}))
    name = stamped["items"][0]["name"]
    assert name.startswith("task_20") and len(name) == len("task_2026-11-23_11-16-57")
    script.create("one", "lr: 1.0")
    taken = script.post("/api/generator/create",
                        {"yaml_text": "lr: 1.0", "name_prefix": "one", "append_timestamp": False})
    assert taken.status == 400 and "already exists" in taken.detail
    for bad in ["a<b", "a/b", "a\\b", 'a"b', "a|b", "a?b", "a*b", "a:b", "a\nb", ".a", "a@b", "x" * 201]:
        refused = script.post("/api/tasks/one/rename", {"new_name": bad})
        assert refused.status == 400, bad
    name = "训练 🚀 é%20&#+"
    assert script.ok(script.post("/api/tasks/one/rename", {"new_name": name}))["task"]["name"] == name
    assert script.task(name)["name"] == name
    assert script.get("/api/tasks/one").detail == "Task 'one' not found"


def test_errors_of_the_generator(script: Pyr) -> None:
    for body, text in [
        ({"mode": "shell", "shell_text": "ls"}, "Unsupported generator mode: shell"),
        ({"yaml_text": "- 1"}, "YAML content must be a mapping at the root."),
        ({"mode": "yaml", "yaml_text": "a: 1 | 2"},
         "YAML mode does not support batch syntax. Switch back to Form mode."),
        ({"yaml_text": "a: (1 | 2)\nb: (1 | 2 | 3)"},
         "All (zip) parameters must have equal length. Got: a=2, b=3"),
    ]:
        for path in ["preview", "create"]:
            response = script.post(f"/api/generator/{path}", {"name_prefix": "x", **body})
            assert (response.status, response.detail) == (400, text), body
    broken = script.post("/api/generator/preview", {"yaml_text": "a: [1"})
    assert broken.status == 400 and broken.detail.startswith("Invalid YAML: ")
    default = script.ok(script.get("/api/templates"))["items"][-1]["value"]
    typed = script.post("/api/generator/preview", {"yaml_text": "epochs: many", "template_value": default})
    assert typed.status == 400 and all(word in typed.detail for word in ["epochs", "int", "str"])
    assert script.ok(script.post("/api/generator/preview", {"yaml_text": "lr: 1", "template_value": default}))
    missing = script.post("/api/generator/create", {"yaml_text": "lr: 1"})
    assert missing.status == 422
    assert missing.detail[0]["type"] == "missing" and missing.detail[0]["loc"] == ["body", "name_prefix"]
    assert {"type", "loc", "msg", "input"} <= set(missing.detail[0])
    huge = script.ok(script.post("/api/generator/preview", {"yaml_text": "a: 1:1000000000\nb: 1:1000"}))
    assert huge["count"] == 10**12 and len(huge["items"]) == 6
    refused = script.post("/api/generator/create", {"yaml_text": "a: 1:1000001", "name_prefix": "x"})
    assert refused.status == 400 and "1000001" in refused.detail.replace(",", "")
    assert script.ok(script.get("/api/tasks"))["total"] == 0


def test_errors_of_a_shell_workspace(shell: Pyr) -> None:
    for mode in ["form", "yaml"]:
        response = shell.post("/api/generator/preview", {"mode": mode, "yaml_text": "a: 1"})
        assert (response.status, response.detail) == (400, "Shell workspace only supports shell mode.")
    empty = shell.post("/api/generator/preview", {"mode": "shell", "shell_text": " \n"})
    assert (empty.status, empty.detail) == (400, "Shell mode requires non-empty script content.")


def test_run_cancel_and_the_queue(shell: Pyr) -> None:
    shell.create("long", "sleep 60", "shell")
    first = shell.ok(shell.post("/api/tasks/long/run"))
    assert first["ok"] is True and first["task"]["status"] in ("queued", "running")
    again = shell.ok(shell.post("/api/tasks/long/run"))
    assert again["task"]["run_index"] <= 1
    shell.until("long", "running")
    shell.ok(shell.post("/api/tasks/long/cancel"))
    assert shell.until("long", "cancelled")["start_times"]
    idle = shell.post("/api/tasks/long/cancel")
    assert (idle.status, idle.detail) == (400, "Task 'long' cannot be cancelled")
    for path in ["", "/logs"]:
        response = shell.get(f"/api/tasks/missing{path}")
        assert (response.status, response.detail) == (404, "Task 'missing' not found")
    unknown = shell.post("/api/tasks/batch/run", {"task_names": ["long", "missing"]})
    assert unknown.status == 404 and shell.task("long")["run_index"] == 1


def test_pin_notes_env(shell: Pyr) -> None:
    shell.create("t", "echo value=$VALUE", "shell")
    assert shell.ok(shell.post("/api/tasks/t/pin", {"pinned": None}))["task"]["pinned"] is True
    assert shell.ok(shell.post("/api/tasks/t/pin", {}))["task"]["pinned"] is False
    assert shell.ok(shell.patch("/api/tasks/t/notes", {"notes": "n"}))["task"]["notes"] == "n"
    stale = shell.patch("/api/tasks/t/notes", {"notes": "m", "expected_notes": "other"})
    assert stale.status == 409 and shell.task("t")["notes"] == "n"
    shell.ok(shell.patch("/api/tasks/t/env", {"env": {"VALUE": "5"}}))
    shell.run("t")
    assert "value=5" in shell.ok(shell.get("/api/tasks/t/logs"))["content"]


def test_batch_routes_and_tasks_of_their_names(shell: Pyr) -> None:
    for name in ["batch", "export", "reorder", "x"]:
        shell.create(name, "true", "shell")
    queued = shell.ok(shell.post("/api/tasks/batch/run", {"task_names": ["batch", "reorder"], "max_workers": 2}))
    assert queued["count"] == 2 and len(queued["items"]) == 2
    shell.until("reorder", "completed")
    shell.ok(shell.post("/api/tasks/reorder", {"items": [{"name": "x"}, {"name": "batch", "pinned": True}]}))
    listed = [task["name"] for task in shell.ok(shell.get("/api/tasks"))["items"]]
    assert listed[:2] == ["batch", "x"]
    deleted = shell.ok(shell.post("/api/tasks/batch/delete", {"task_names": ["x"]}))
    assert deleted == {"count": 1, "deleted": ["x"]}
    assert (shell.folder / "_pyruns_/_shell_/tasks/.trash").is_dir()
    assert shell.get("/api/tasks/x").status == 404


def test_logs_by_bytes(shell: Pyr) -> None:
    shell.create("t", "for i in $(seq 1 1000); do echo line $i 训; done", "shell")
    shell.run("t")
    offset, pieces = 0, []
    while True:
        piece = shell.ok(shell.get("/api/tasks/t/logs", offset=offset, chunk_size=777))
        if piece["offset"] == offset:
            break
        pieces.append(piece["content"])
        offset = piece["offset"]
    whole = Path(shell.task("t")["log"]).read_text()
    assert "".join(pieces) == whole and all(piece.endswith("\n") for piece in pieces)
    tail = shell.ok(shell.get("/api/tasks/t/logs", tail_lines=2))["content"]
    assert tail.splitlines() == whole.splitlines()[-2:]
    assert shell.get("/api/tasks/t/logs", log_file_name="run9.log").status == 404


def test_the_log_stream_across_runs(shell: Pyr) -> None:
    shell.create("t", "echo one; echo two", "shell")
    shell.run("t")
    stream = shell.socket("/api/tasks/t/logs/stream?log_file_name=run1.log&offset=0")
    assert stream.status == 101
    messages = stream.until("end")
    text = "".join(message.get("content", "") for message in messages)
    assert text == Path(shell.task("t")["log"]).read_text()
    assert {"type", "task_name", "content", "log_file_name", "offset", "run_index"} <= set(messages[0])
    shell.ok(shell.post("/api/tasks/t/run"))
    more = stream.until("end")
    assert more[0]["type"] == "run" and more[0]["run_index"] == 2
    middle = messages[0]["offset"] // 2
    resumed = shell.socket(f"/api/tasks/t/logs/stream?log_file_name=run1.log&offset={middle}")
    rest = "".join(message.get("content", "") for message in resumed.until("end"))
    assert text.encode()[middle:].decode() == rest
    stream.close()
    resumed.close()


def test_events_resume_without_a_gap(shell: Pyr) -> None:
    events = shell.socket("/api/events")
    since = events.next()["id"]
    shell.create("t", "true", "shell")
    shell.run("t")
    seen = []
    while not seen or seen[-1].get("task", {}).get("status") != "completed":
        seen.append(events.next())
    assert [event["id"] for event in seen] == list(range(since + 1, since + 1 + len(seen)))
    again = shell.socket(f"/api/events?since={since}")
    assert again.next()["type"] == "hello"
    assert [again.next()["id"] for _ in seen] == [event["id"] for event in seen]
    strange = shell.socket("/api/events?since=99999999")
    assert strange.until("resync")
    for stream in [events, again, strange]:
        stream.close()


def test_workspaces(script: Pyr) -> None:
    script.create("same", "lr: 0.5")
    root = script.ok(script.get("/api/workspace"))["run_root"]
    shell = script.ok(script.post("/api/workspace/shell"))
    assert (shell["workspace_kind"], shell["script_name"], shell["script_path"]) == ("shell", "_shell_", "")
    script.create("same", "echo shell", "shell")
    assert script.task("same")["task_kind"] == "shell"
    assert script.ok(script.get("/api/tasks/same", workspace="train"))["task_kind"] == "python"
    named = script.ask("GET", "/api/tasks/same", headers={"X-Pyruns-Workspace": "train"})
    assert named.json["task_kind"] == "python"
    assert script.ok(script.post("/api/workspace/run-root", {"path": root}))["script_name"] == "train"
    refused = script.post("/api/workspace/run-root", {"path": str(script.folder)})
    assert refused.status == 400
    dashboard = script.ok(script.get("/api/dashboard", recent_limit=3))
    assert {"workspace", "summary", "recent_tasks", "template_count", "active_task"} <= set(dashboard)
    assert {"total", "running", "queued", "completed", "failed", "pending"} <= set(dashboard["summary"])
    assert {"cpu_percent", "mem_percent", "gpus"} <= set(script.ok(script.get("/api/system/metrics")))


def test_launcher(script: Pyr) -> None:
    path = str(script.folder.resolve() / "train.py")
    scripts = script.ok(script.get("/api/launcher/scripts"))["items"]
    assert {"script_path", "script_name", "label", "workspace_path", "source"} <= set(scripts[0])
    configs = script.ok(script.get("/api/launcher/configs", script=path))
    assert configs["config_source"] == "argparse" and configs["requires_config_template"] is False
    workspaces = script.ok(script.get("/api/launcher/workspaces"))["items"]
    assert {"workspace_path", "script_path", "script_name", "config_path", "config_name", "exists"} <= set(workspaces[0])
    check = script.ok(script.get("/api/launcher/validate-path", kind="python", path=path))
    assert check["ok"] is True and check["normalized_path"] == path
    assert script.post("/api/launcher/open", {"script_path": path + "c"}).status == 400
    (script.folder / "loads.py").write_text("import pyruns\nconfig = pyruns.load()\n")
    assert script.post("/api/launcher/open", {"script_path": str(script.folder / "loads.py")}).status == 400
    picked = script.post("/api/launcher/pick-script")
    assert picked.status == 400
    assert picked.detail == "Native file picker is unavailable on this server. Enter the path manually."


def test_unknown_routes(script: Pyr) -> None:
    unknown = script.get("/api/nothing")
    assert unknown.status == 404 and isinstance(unknown.detail, str)
    assert script.ask("DELETE", "/api/workspace").status == 405
    assert script.post("/api/generator/preview", "{").status == 422
    content = script.get("/api/templates/content", value="/etc/passwd")
    assert content.status == 404
    item = script.ok(script.get("/api/templates"))["items"][-1]
    template = script.ok(script.get("/api/templates/content", value=item["value"]))
    assert {"value", "label", "path", "content", "read_only", "mode_hint", "parsed_config"} <= set(template)
    assert quote(item["value"])


WRITER = """\
import os, time
import pyruns
from tensorboardX import SummaryWriter

for part, factor in (("train", 1.0), ("val", 2.0)):
    with SummaryWriter(os.path.join(pyruns.artifact_dir(), "tb", part)) as writer:
        for step in range(0, 30, 10):
            writer.add_scalar("loss", factor / (step + 1), step)
        writer.add_text("note", "no scalar")
pyruns.track(acc=0.75)
"""


def test_event_files_are_in_the_table_and_the_charts(script: Pyr) -> None:
    (script.folder / "train.py").write_text(WRITER)
    script.ok(script.patch("/api/settings", {"python_executable": sys.executable}))
    script.create("tb", "{}\n", mode="yaml")
    task = script.run("tb")
    assert task["status"] == "completed", task
    columns = "metrics.train/loss.min,metrics.val/loss.max,acc"
    wanted = [pytest.approx(1 / 21), pytest.approx(2.0), 0.75]
    end = time.monotonic() + 30
    while (cells := script.ok(script.get("/api/runs", columns=columns))["rows"][0]["cells"]) != wanted:
        assert time.monotonic() < end, cells
        time.sleep(0.05)
    body = {"runs": [{"task": "tb"}], "keys": ["train/loss", "val/loss"]}
    series = script.ok(script.post("/api/metrics/series", body))["series"]
    assert [one["key"] for one in series] == ["train/loss", "val/loss"]
    assert all(one["x"] == [0, 10, 20] for one in series)
