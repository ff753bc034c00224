"""ConfigNode, the config object of scripts."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from typing import Any

import pytest

from pyruns import ConfigNode


@pytest.fixture
def node() -> ConfigNode:
    return ConfigNode(
        {
            "lr": 0.1,
            "model": {"layers": [{"n": 1}, [{"n": 2}]], "name": "mlp"},
            "items": 3,
            1: "one",
            True: "yes",
            "x-y": None,
        }
    )


def test_attributes_and_indexes(node: ConfigNode) -> None:
    assert node.lr == 0.1
    assert node.model.layers[0].n == 1
    assert node.model.layers[1][0].n == 2
    assert node["items"] == 3 and callable(node.items)
    assert node["x-y"] is None
    assert node["model"]["name"] == "mlp"


def test_it_is_a_mapping(node: ConfigNode) -> None:
    assert isinstance(node, Mapping)
    assert "lr" in node and "nope" not in node and 1 in node
    assert list(node) == ["lr", "model", "items", 1, "x-y"] == list(node.keys())
    assert len(node) == 5
    assert node.get("lr") == 0.1 and node.get("nope") is None and node.get("nope", 2) == 2
    assert list(node.model.values())[1] == "mlp"
    assert dict(node.model.items())["name"] == "mlp"
    assert {**node.model}["name"] == "mlp"
    assert (lambda **named: named)(**node.model)["name"] == "mlp"
    assert vars(node)["lr"] == 0.1


def test_to_dict_is_plain_and_independent(node: ConfigNode) -> None:
    plain = node.to_dict()
    assert type(plain["model"]) is dict and type(plain["model"]["layers"][0]) is dict
    plain["model"]["layers"][0]["n"] = 9
    assert node.model.layers[0].n == 1


def test_missing_key_error_suggests_similar_keys(node: ConfigNode) -> None:
    with pytest.raises(AttributeError, match="'mdel'; did you mean 'model'"):
        node.mdel
    with pytest.raises(KeyError, match="did you mean 'model'"):
        node["modle"]
    with pytest.raises(AttributeError, match="it has: layers, name"):
        node.model.zzz
    with pytest.raises(AttributeError, match="empty"):
        ConfigNode().a
    assert getattr(node, "nope", 7) == 7
    assert not hasattr(node, "nope")


def test_assignment(node: ConfigNode) -> None:
    node.lr = 0.2
    node["new"] = {"a": {"b": 1}}
    node.model.layers = [{"n": 5}]
    assert (node.lr, node.new.a.b, node.model.layers[0].n) == (0.2, 1, 5)
    own: Any = []
    node.own = own
    own.append(1)
    assert node.own == [1]
    del node.lr
    del node["new"]
    assert "lr" not in node and "new" not in node
    with pytest.raises(AttributeError, match=r"config\['items'\]"):
        node.items = 3
    with pytest.raises(AttributeError):
        del node.lr


def test_equality(node: ConfigNode) -> None:
    assert node == node.to_dict()
    assert node == ConfigNode(node.to_dict())
    assert node != {"lr": 0.1} and node != 3
    with pytest.raises(TypeError):
        hash(node)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle(node: ConfigNode, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(node, protocol))
    assert type(again) is ConfigNode and again == node and again.model.layers[0].n == 1


def test_copies(node: ConfigNode) -> None:
    deep, shallow = copy.deepcopy(node), copy.copy(node)
    assert deep == shallow == node
    shallow.lr = 5
    deep.model.name = "other"
    assert node.lr == 0.1 and node.model.name == "mlp"


def test_repr_and_dir(node: ConfigNode) -> None:
    assert repr(node.model.layers[0]) == "ConfigNode({'n': 1})"
    assert eval(repr(node)) == node
    assert {"lr", "model", "to_dict"} <= set(dir(node))
