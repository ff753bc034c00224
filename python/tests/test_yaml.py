"""The built-in YAML reader: supported syntax, and errors for the rest."""

from __future__ import annotations

import math
from typing import Any

import pytest

from pyruns.yamltext import YamlError
from pyruns.yamltext.document import parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", True), ("Off", False), ("TRUE", True), ("y", "y"), ("tRue", "tRue"),
        ("null", None), ("~", None), ("", None), ("None", "None"),
        ("0", 0), ("-12", -12), ("+3", 3), ("1_000", 1000), ("010", 8), ("08", "08"),
        ("0x1F", 31), ("0b101", 5), ("0o17", "0o17"), ("1:30", 90), ("-1:30:00", -5400),
        ("1.5", 1.5), ("5e-3", 0.005), ("1e5", 1e5), ("1E+2", 100.0), ("-.5", -0.5), ("1.", 1.0),
        ("1_0.5", 10.5), ("1:30.5", 90.5), (".inf", math.inf), ("-.INF", -math.inf),
        ("e5", "e5"), ("1e", "1e"), ("1.2.3", "1.2.3"), ("2026-11-23", "2026-11-23"),
        ("12:30:75", "12:30:75"), ("a#b", "a#b"), ("http://x:80/y", "http://x:80/y"),
        ("'it''s'", "it's"), ("'yes'", "yes"), ('"\\x41\\u00e9\\n"', "Aé\n"), ("'1'", "1"),
        ("!!str 5", "5"), ("!!float 5", 5.0), ("!!int '5'", 5), ("!!bool 'yes'", True),
    ],
)  # fmt: skip
def test_scalars(text: str, value: Any) -> None:
    parsed = parse("a: %s # comment\n" % text)["a"]
    assert parsed == value and type(parsed) is type(value)


def test_nan() -> None:
    assert math.isnan(parse("a: .NaN")["a"])


def test_blocks() -> None:
    text = """
# a config
model:            # with comments
  layers:
  - n: 1
    act: relu
  -
    n: 2
  - - 1
    - [2, {a: b, c}, "d": e,]
  empty:
"quoted key": text
  that goes on

  and on
"""
    assert parse(text) == {
        "model": {
            "layers": [
                {"n": 1, "act": "relu"},
                {"n": 2},
                [1, [2, {"a": "b", "c": None}, {"d": "e"}]],
            ],
            "empty": None,
        },
        "quoted key": "text that goes on\nand on",
    }


def test_blocks_of_text() -> None:
    text = "a: |\n  x\n   y\n\n  z\nb: >-\n  x\n  y\n\n  z\nc: |+\n  x\n\nd: |2\n   x\n"
    assert parse(text) == {"a": "x\n y\n\nz\n", "b": "x y\nz", "c": "x\n\n", "d": " x\n"}


def test_anchors_aliases_and_merges() -> None:
    text = """
base: &base {lr: 0.1, n: 1}
other: &other
  n: 2
  m: 3
run:
  <<: [*base, *other]
  lr: 0.2
again: *base
"""
    parsed = parse(text)
    assert parsed["run"] == {"lr": 0.2, "n": 1, "m": 3}
    assert parsed["again"] == {"lr": 0.1, "n": 1}


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a: 1\nb: c: d\n", 2, "after another key"),
        ("a: 1\n  b: 2\n", 2, ""),
        ("a:\n    b: 1\n  c: 2\n", 3, "deeper"),
        ("a: 1\nb\nc: 2\n", 2, "expected :"),
        ("a: [1,\n 2\n", 1, "never closed"),
        ("a: 1\nb: 'x\n", 2, "never closed"),
        ("a:\n\tb: 1\n", 2, "tab"),
        ("a: b\tc\n", 1, "tab"),
        ("a: *x\n", 1, "&x"),
        ("a: &x [*x]\n", 1, "&x"),
        ("- a\nb: 1\n", 2, "expected -"),
        ("a: @x\n", 1, "'@'"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("%YAML 1.1\n---\na: 1\n", 1, "directive"),
        ("a: !!python/name:os.system x\n", 1, "tag"),
        ("a: !mine x\n", 1, "tag"),
        ("? a\n: b\n", 1, "?"),
        ("a: 1\n[b]: c\n", 2, ""),
        ('a: "\\q"\n', 1, "escape"),
        ('a: "\\u12"\n', 1, "hexadecimal"),
        ("a: x\x01\n", 1, "forbids"),
        ("a: '\u2028'\n", 1, "rare"),
        ("a: !!int x\n", 1, "!!int"),
        ("a: 0b_\n", 1, "number"),
        ("<<: 5\n", 1, "<<"),
        ("a: =\n", 1, "="),
    ],
)
def test_unsupported_syntax_is_an_error_with_the_line(
    text: str, line: int, problem: str
) -> None:
    with pytest.raises(YamlError, match="^line %d: " % line) as caught:
        parse(text)
    assert problem in str(caught.value)
