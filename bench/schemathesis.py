#!/usr/bin/env python3
"""Sends what the API's own description allows, and what it does not, and looks for failures of the server.

    pip install schemathesis
    python3 bench/schemathesis.py [--pyr target/release/pyr] [--st st] [--requests 10000]

Starts a server on a project of its own with a few tasks, and lets schemathesis make requests from
`/api/openapi.json` until there were as many as asked for. Any answer of 500 and above is a failure,
as is a server that no longer answers. As root the server runs as a user that owns nothing else,
because the API may be asked to write into any folder. The command of the tasks is never more than what the requests
say, so let it run where that may be anything.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "end2end/contract"))
NOBODY = 54_321

SCRIPT = """\
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--tag", default="x")
print(parser.parse_args())
"""


def as_nobody(folder: Path) -> list[str]:
    """How root starts the server: as a user who owns only the project."""
    if os.geteuid() != 0:
        return []
    os.chmod(folder, 0o755)
    for path in [folder, *folder.iterdir()]:
        os.chown(path, NOBODY, NOBODY)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pyr", type=Path, default=ROOT / "target/release/pyr")
    parser.add_argument("--st", default="st", help="the command of schemathesis")
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pyruns-st-") as name:
        folder = Path(name)
        (folder / "train.py").write_text(SCRIPT)
        command = [*as_nobody(folder), str(arguments.pyr.resolve()), "ui", "train.py", "-p", "0", "--no-browser"]
        environment = {**os.environ, "HOME": name, "TMPDIR": name}
        server = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env=environment)
        assert server.stdout is not None
        found = re.search(r"http://\S+?:\d+", server.stdout.readline())
        assert found, "the server says no address"
        token_command = [*command[: command.index("ui")], "token", name]
        token = subprocess.run(token_command, capture_output=True, text=True, check=True, env=environment).stdout.strip()
        try:
            return attack(arguments, found[0], token)
        finally:
            print(f"server still there: {server.poll() is None}")
            server.terminate()
            server.wait(20)


def attack(arguments: argparse.Namespace, url: str, token: str) -> int:
    """Runs rounds of requests until there are enough."""
    sent, failed, round_ = 0, False, 0
    header = f"Authorization: Bearer {token}"
    while sent < arguments.requests:
        seed = (arguments.seed or 1) + round_
        command = [
            arguments.st, "run", f"{url}/api/openapi.json", "-H", header, "--checks", "not_a_server_error",
            "--max-examples", "120", "--phases", "examples,coverage,fuzzing", "--workers", "2", "--seed", str(seed),
            "--request-timeout", "30", "--continue-on-failure", "--suppress-health-check", "all", "--no-color",
            "--exclude-path-regex", "stream$|events$",
        ]
        ended = subprocess.run(command, capture_output=True, text=True, cwd=tempfile.gettempdir())
        counted = re.search(r"(\d+) generated", ended.stdout)
        got = int(counted[1]) if counted else 0
        sent += got
        round_ += 1
        print(f"round {round_}: {got} requests, {sent} in all, exit {ended.returncode}")
        if ended.returncode != 0 or got == 0:
            print(ended.stdout[-12_000:], ended.stderr[-2000:])
            failed = True
            break
    print(f"{sent} requests, {'FAILED' if failed else 'no failure of the server'}")
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
