"""Both YAML readers return the same values, or one of them raises an error: a task must not
behave differently if PyYAML is installed."""

from __future__ import annotations

import random
from typing import Any, List, Optional, Tuple

import pytest

from pyruns.yamltext import YamlError, document, with_pyyaml

pytest.importorskip("yaml", reason="PyYAML is not installed, so there is nothing to compare with")

# Joined at random, these form text that is almost or actually YAML.
FRAGMENTS = """a|b|- |-|: |:| |  |[|]|{|}|, |,|'x'|"y"|&a |*a|&b |*b|<<: *a|#|1|5e-3|yes|~|0x1F|010|1:30|
1_000|.inf|-.5|2024-01-01|key|k: v|!!str |!!int |!!map |? |?|''|'it''s'|=|%|@|- - |- a: 1|é|a b|a#b|
http://x|x:y|!x |\\|'|"|{a: 1}|[1, 2]|<<|<<: [*a, *b]|"\\n\\x41"|!!float 1|0b1|+.5e1|1:2.5|-0""".replace(
    "\n", ""
).split("|") + [
    "\n", "\n", "\n  ", "\n    ", "\n- ", "\nb: ", "\na: ", "\n\n", "# c\n", "|", "|\n  ", ">\n  ",
    ">-\n", "|2\n", "|+\n", "|-\n   t\n  u", "\t", "---", "\n---\n", "\n...\n", '"a\n b"',
    '"\\\n z"', "&b\n",
]  # fmt: skip

DOCUMENTS = [
    "a: 1\nb:\n  - x\n  - y: 2\n    z: [1, {q: r}]\nc: |\n  t\n   u\n\nd: 'q'\n",
    "&a x: &b {k: 1}\ny: *b\nz:\n  <<: *b\n  w: >\n    f\n    g\n\n     h\n    i\n",
    '- 1\n- - 2\n  - 3\n-\n  a: "b\n    c"\n- plain\n  more\n',
    "lr: 5e-3\nmodel:\n  layers:\n  - {n: 64, act: relu}\n  - n: 32\nseeds: [1, 2, 3]\nname: null\n",
]

Outcome = Tuple[bool, Any]


def outcome(reader: Any, text: str) -> Outcome:
    try:
        return True, reader.parse(text)
    except YamlError as error:
        return False, str(error)


def disagreement(text: str) -> Optional[str]:
    theirs, ours = outcome(with_pyyaml, text), outcome(document, text)
    # The built-in reader may reject what PyYAML accepts, but not vice versa.
    if not ours[0] or (theirs[0] and repr(theirs[1]) == repr(ours[1])):
        return None
    return "%r: PyYAML %r, own %r" % (text, theirs, ours)


def random_text(source: random.Random) -> str:
    if source.random() < 0.5:
        return "".join(source.choice(FRAGMENTS) for _ in range(source.randint(1, 12)))
    text = source.choice(DOCUMENTS)
    for _ in range(source.randint(1, 4)):
        at = source.randrange(len(text) + 1)
        cut = source.choice([0, 0, 1, 3])
        text = text[:at] + source.choice([*FRAGMENTS, "\n" + " " * 3]) + text[at + cut :]
    return text


@pytest.mark.parametrize("text", DOCUMENTS)
def test_documents(text: str) -> None:
    assert outcome(document, text)[0]
    assert disagreement(text) is None


@pytest.mark.parametrize("seed", range(4))
def test_random_text(seed: int) -> None:
    source = random.Random(seed)
    texts = [random_text(source) for _ in range(1500)]
    found: List[str] = [text for text in map(disagreement, texts) if text]
    assert found == []
    read = sum(outcome(document, text)[0] for text in texts)
    assert read > 200, "the comparison is about text that can be read"


def test_output_of_pyyaml_is_read_by_the_built_in_reader() -> None:
    import yaml

    source = random.Random(7)
    words = ["yes", "007", "12:30", "1e-3", "null", "a: b", "# c", "x\ny\n", " pad ", "é", "", "-"]

    def value(depth: int) -> Any:
        kind = source.randrange(8 if depth else 6)
        if kind < 2:
            return source.choice(words)
        if kind < 4:
            return source.choice([1, -5, 0.1, 1e-9, 1e22, float("inf")])
        if kind < 6:
            return source.choice([True, None, False])
        if kind == 6:
            return [value(depth - 1) for _ in range(source.randrange(4))]
        return {source.choice(words): value(depth - 1) for _ in range(source.randrange(4))}

    for _ in range(300):
        data = {"root": value(4)}
        for flow in (None, True, False):
            text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True)
            if "? " not in text:  # How PyYAML writes keys of several lines.
                assert repr(document.parse(text)) == repr(with_pyyaml.parse(text)), text


def test_unrelated_module_named_yaml_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sys
    import types

    monkeypatch.setitem(sys.modules, "yaml", types.ModuleType("yaml"))
    assert not with_pyyaml.is_available()
