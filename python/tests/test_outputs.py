"""Artifacts and images."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any, Dict, List, Tuple

import pytest

import pyruns
from conftest import Task
from pyruns.pixels import pixels_of


def kept(task: Task, kind: str) -> List[Dict[str, Any]]:
    return [line[kind] for line in task.lines() if kind in line]


def read_png(data: bytes) -> Tuple[int, int, int, bytes]:
    """Width, height, channels and pixels, of a file without filters; checks all sums."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        assert zlib.crc32(kind + body) == checksum
        chunks[kind] = body
        at += 12 + length
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    width, height, depth, colour, *rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert depth == 8 and rest == [0, 0, 0]
    channels = {0: 1, 2: 3, 6: 4}[colour]
    rows = zlib.decompress(chunks[b"IDAT"])
    stride = width * channels + 1
    assert len(rows) == height * stride and set(rows[::stride]) == {0}
    pixels = b"".join(rows[at + 1 : at + stride] for at in range(0, len(rows), stride))
    return width, height, channels, pixels


def test_an_artifact_is_copied_and_listed(task: Task, tmp_path: Path) -> None:
    (tmp_path / "model.pt").write_bytes(b"12345")
    done = task.run(
        "print(pyruns.artifact('model.pt'))\n"
        "print(pyruns.artifact('model.pt', name='checkpoints/best.pt'))\n"
        "open('model.pt', 'w').write('new'); pyruns.artifact('model.pt')\n",
        cwd=str(tmp_path),
    )
    home = task.folder / "artifacts" / "run1"
    assert done.stdout.splitlines() == [str(home / "model.pt"), str(home / "checkpoints/best.pt")]
    assert (home / "model.pt").read_text() == "new"
    assert (home / "checkpoints" / "best.pt").read_text() == "12345"
    assert kept(task, "artifact") == [
        {"path": "artifacts/run1/model.pt", "name": "model.pt", "bytes": 5},
        {"path": "artifacts/run1/checkpoints/best.pt", "name": "checkpoints/best.pt", "bytes": 5},
        {"path": "artifacts/run1/model.pt", "name": "model.pt", "bytes": 3},
    ]
    assert sorted(path.name for path in home.rglob("*")) == ["best.pt", "checkpoints", "model.pt"]


def test_file_already_in_the_folder_is_only_listed(task: Task) -> None:
    task.run(
        "import os\npath = os.path.join(pyruns.artifact_dir(), 'sub'); os.mkdir(path)\n"
        "open(os.path.join(path, 'a'), 'w').write('xyz'); open(os.path.join(path, 'b'), 'w').write('1')\n"
        "pyruns.artifact(os.path.join(path, 'a'), name='first'); pyruns.artifact(path)\n"
    )
    assert kept(task, "artifact") == [
        {"path": "artifacts/run1/sub/a", "name": "first", "bytes": 3},
        {"path": "artifacts/run1/sub", "name": "sub", "bytes": 4},
    ]


def test_folder_is_copied_completely(task: Task, tmp_path: Path) -> None:
    (tmp_path / "data" / "deep").mkdir(parents=True)
    (tmp_path / "data" / "deep" / "x").write_text("12")
    task.run("pyruns.artifact('data'); pyruns.artifact('data')", cwd=str(tmp_path))
    assert (task.folder / "artifacts/run1/data/deep/x").read_text() == "12"
    assert kept(task, "artifact") == [
        {"path": "artifacts/run1/data", "name": "data", "bytes": 2}
    ] * 2


def test_missing_artifact_is_a_warning(task: Task) -> None:
    done = task.run("assert pyruns.artifact('gone.pt') is None")
    assert "artifact('" in done.stderr and "gone.pt" in done.stderr
    assert task.lines() == []
    assert list((task.folder / "artifacts" / "run1").iterdir()) == []


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "", "a//b", ".."])
def test_artifact_name_must_be_inside_the_folder(outside: Path, name: str) -> None:
    with pytest.raises(ValueError, match="inside"):
        pyruns.artifact("x", name=name)


def test_images_are_stored_by_step_and_by_index(task: Task) -> None:
    task.run(
        "pyruns.image('samples', [[0, 128, 255]], step=120)\n"
        "pyruns.image('samples', [[1, 2]], step=120)\n"
        "pyruns.image('val/加 x', [[0]]); pyruns.image('val/加 x', [[0]])\n"
        "pyruns.image('..', [[0]])\n"
    )
    found = [(line["image"], line.get("step")) for line in task.lines()]
    folder = "artifacts/run1/images/"
    assert found == [
        ({"key": "samples", "path": folder + "samples-120.png"}, 120),
        ({"key": "samples", "path": folder + "samples-120-2.png"}, 120),
        ({"key": "val/加 x", "path": folder + "val_加_x-1.png"}, None),
        ({"key": "val/加 x", "path": folder + "val_加_x-2.png"}, None),
        ({"key": "..", "path": folder + "_-1.png"}, None),
    ]
    assert len(list((task.folder / folder).iterdir())) == 5
    first = task.folder / folder / "samples-120.png"
    assert read_png(first.read_bytes()) == (3, 1, 1, bytes([0, 128, 255]))


def test_image_by_path_keeps_its_extension(task: Task, tmp_path: Path) -> None:
    (tmp_path / "a.JPG").write_bytes(b"jpeg")
    task.run("pyruns.image('photo', 'a.JPG', step=1)", cwd=str(tmp_path))
    (image,) = kept(task, "image")
    assert image["path"] == "artifacts/run1/images/photo-1.jpg"
    assert (task.folder / image["path"]).read_bytes() == b"jpeg"


def test_objects_with_a_save_method_save_themselves(task: Task) -> None:
    # The methods of matplotlib's figures and PIL's images.
    task.run(
        "class Figure:\n"
        "    def savefig(self, file, format): file.write(b'figure ' + format.encode())\n"
        "class Image:\n"
        "    def getbands(self): return ('L',)\n"
        "    def save(self, file, format): file.write(b'image ' + format.encode())\n"
        "pyruns.image('a', Figure()); pyruns.image('b', Image())\n"
    )
    files = [task.folder / image["path"] for image in kept(task, "image")]
    assert [file.read_bytes() for file in files] == [b"figure png", b"image PNG"]


def test_invalid_image_is_a_warning_and_leaves_no_file(task: Task) -> None:
    done = task.run(
        "class Bad:\n"
        "    def savefig(self, file, format): file.write(b'x'); raise RuntimeError('half')\n"
        "for bad in (3, [], [[1, 2], [3]], [[[1, 2]], [[3, 4]]], 'gone.png', None, Bad(), [['x']]):\n"
        "    assert pyruns.image('k%s' % type(bad).__name__ + str(bad)[:9], bad) is None\n"
    )
    assert done.stderr.count("was not stored") == 8
    assert task.lines() == []
    folder = task.folder / "artifacts" / "run1" / "images"
    assert list(folder.iterdir()) == []


def test_concurrent_images_of_one_step_do_not_replace_each_other(task: Task) -> None:
    running = [task.start("for n in range(20): pyruns.image('k', [[n]], step=1)") for _ in range(3)]
    for process in running:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0 and not err, err
    paths = [image["path"] for image in kept(task, "image")]
    assert len(set(paths)) == 60
    assert all((task.folder / path).is_file() for path in paths)


@pytest.mark.parametrize(
    "image, expected",
    [
        ([[0, 255], [300, -3]], (2, 2, 1, [0, 255, 255, 0])),
        ([[0.0, 0.5, 1], [2.0, -1.0, float("nan")]], (3, 2, 1, [0, 128, 255, 255, 0, 0])),
        ([[True, False]], (2, 1, 1, [255, 0])),
        ([[[1, 2, 3]], [[4, 5, 6]]], (1, 2, 3, [1, 2, 3, 4, 5, 6])),
        ([[[1, 2, 3, 4]]], (1, 1, 4, [1, 2, 3, 4])),
        ([[[1], [2]]], (2, 1, 1, [1, 2])),
        # Channels first: 3×1×2.
        ([[[1, 2]], [[3, 4]], [[5, 6]]], (2, 1, 3, [1, 3, 5, 2, 4, 6])),
        (((0, 1), (2, 3)), (2, 2, 1, [0, 1, 2, 3])),
    ],
)
def test_lists_become_pixels(image: Any, expected: Any) -> None:
    width, height, channels, data = pixels_of(image)
    assert (width, height, channels, list(data)) == expected


def test_arrays_and_lists_give_the_same_pixels() -> None:
    numpy = pytest.importorskip("numpy")
    random = numpy.random.default_rng(0)
    for shape in [(5, 7), (5, 7, 3), (3, 5, 7), (5, 7, 1), (1, 5, 7), (4, 5, 7), (2, 3, 4)]:
        for array in (
            random.uniform(-0.2, 1.2, shape),
            random.uniform(-0.2, 1.2, shape).astype("float32").astype("float16"),
            random.integers(0, 256, shape).astype("uint8"),
            random.integers(-50, 300, shape),
            random.integers(0, 2, shape).astype(bool),
        ):
            ours, lists = pixels_of(array), pixels_of(array.tolist())
            assert ours[:3] == lists[:3]
            # float32 inside: a value on the edge may be rounded differently.
            assert max(abs(a - b) for a, b in zip(ours.data, lists.data)) <= (array.dtype.kind == "f")
        assert pixels_of(array[::-1]).data == pixels_of(array[::-1].tolist()).data
    with pytest.raises(TypeError, match="complex"):
        pixels_of(numpy.zeros((2, 2), complex))
    with pytest.raises(ValueError, match="2×2×2"):
        pixels_of(numpy.zeros((2, 2, 2)))
    before = numpy.array([[0.5, numpy.nan]])
    pixels_of(before)
    assert numpy.isnan(before[0, 1]), "the caller's array is not changed"


def test_tensors_are_copied_from_their_device() -> None:
    numpy = pytest.importorskip("numpy")

    class Tensor:
        """The methods of torch: numpy() fails as long as there is a gradient or a device."""

        def __init__(self, data: Any, state: str) -> None:
            self.data, self.state = data, state
            self.shape = data.shape

        def detach(self) -> Tensor:
            return Tensor(self.data, self.state.replace("grad", ""))

        def cpu(self) -> Tensor:
            return Tensor(self.data, self.state.replace("cuda", ""))

        def numpy(self) -> Any:
            if self.state:
                raise TypeError(self.state)
            return self.data

        def tolist(self) -> Any:
            return self.data.tolist()

    data = numpy.array([[[0.0, 1.0]], [[1.0, 0.0]], [[0.5, 0.5]]])
    assert pixels_of(Tensor(data, "grad cuda")) == (2, 1, 3, bytes([0, 255, 128, 255, 0, 128]))
    # bfloat16 has no numpy().
    assert pixels_of(Tensor(data, "bfloat16")) == (2, 1, 3, bytes([0, 255, 128, 255, 0, 128]))


def test_heavy_modules_are_imported_lazily(task: Task) -> None:
    code = "import pyruns, sys, json; print(json.dumps(sorted(sys.modules)))"
    out = subprocess.run(
        [sys.executable, "-S", "-c", code], env=task.environment(), stdout=subprocess.PIPE, check=True
    ).stdout
    loaded = set(json.loads(out))
    assert not loaded & {"zlib", "shutil", "multiprocessing", "inspect", "asyncio", "pyruns.png"}
