"""A server for each test."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Iterator

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from pyr import Pyr  # noqa: E402

SCRIPT = """\
import argparse
import pyruns

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1, help="step size")
parser.add_argument("--epochs", type=int, default=2)
args = parser.parse_args()
for epoch in range(args.epochs):
    print("epoch", epoch, "lr", args.lr)
    pyruns.track(loss=1.0 / (epoch + 1), acc=0.5)
pyruns.record(best=args.lr)
"""


@pytest.fixture
def script(tmp_path: Path) -> Iterator[Pyr]:
    """A new project with a script open."""
    (tmp_path / "train.py").write_text(SCRIPT)
    server = Pyr(tmp_path, "train.py")
    yield server
    server.end()


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Pyr]:
    """A new project with the shell workspace open."""
    server = Pyr(tmp_path, "shell")
    yield server
    server.end()
