"""The config object of the script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Callable, Dict, ItemsView, Iterator, KeysView, List, Tuple, ValuesView


class ConfigNode:
    """A mapping whose keys are also attributes: ``config.model.lr``.

    Mappings inside it, also those in lists, are nodes as well. ``config["items"]``
    accesses keys that are not identifiers, not text, or named like a method. Assigned
    mappings become nodes; other values are unchanged.
    """

    __slots__ = ("__weakref__", "_ConfigNode__values")
    __values: Dict[Any, Any]
    __hash__ = None  # type: ignore[assignment]  # Changeable, and equal by content.

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Takes what ``dict`` takes."""
        values = {key: as_nodes(value) for key, value in dict(*args, **kwargs).items()}
        object.__setattr__(self, "_ConfigNode__values", values)

    def to_dict(self) -> Dict[Any, Any]:
        """Plain dictionaries and lists, independent of this node."""
        return {key: _as_plain(value) for key, value in self.__values.items()}

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of ``key``, or ``default`` when there is none."""
        return self.__values.get(key, default)

    def keys(self) -> KeysView[Any]:
        """The keys, in the order of the file."""
        return self.__values.keys()

    def values(self) -> ValuesView[Any]:
        """The values, in the order of the file."""
        return self.__values.values()

    def items(self) -> ItemsView[Any, Any]:
        """Pairs of key and value, in the order of the file."""
        return self.__values.items()

    def __getattr__(self, name: str) -> Any:
        # Only called when no method has that name.
        if name.startswith(("__", "_ConfigNode__")):
            # Requested by pickle, copy and others; not a config key.
            raise AttributeError(name)
        try:
            return self.__values[name]
        except KeyError:
            raise AttributeError(_missing(name, self.__values)) from None

    def __setattr__(self, name: str, value: Any) -> None:
        if hasattr(ConfigNode, name):
            raise AttributeError(
                "%r is a method of ConfigNode; assign the key with config[%r] = ..." % (name, name)
            )
        self[name] = value

    def __delattr__(self, name: str) -> None:
        if name not in self.__values:
            raise AttributeError(_missing(name, self.__values))
        del self.__values[name]

    def __getitem__(self, key: Any) -> Any:
        try:
            return self.__values[key]
        except KeyError:
            raise KeyError(_missing(key, self.__values)) from None

    def __setitem__(self, key: Any, value: Any) -> None:
        self.__values[key] = as_nodes(value)

    def __delitem__(self, key: Any) -> None:
        del self.__values[key]

    def __contains__(self, key: object) -> bool:
        return key in self.__values

    def __iter__(self) -> Iterator[Any]:
        return iter(self.__values)

    def __len__(self) -> int:
        return len(self.__values)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ConfigNode):
            return self.__values == other.__values
        if isinstance(other, Mapping):
            return self.__values == other
        return NotImplemented

    def __repr__(self) -> str:
        return "ConfigNode(%r)" % (self.to_dict(),)

    def __dir__(self) -> List[str]:
        return [*dir(ConfigNode), *(key for key in self.__values if isinstance(key, str))]

    @property
    def __dict__(self) -> Dict[Any, Any]:  # type: ignore[override]
        # For vars(config), which argparse users are accustomed to.
        return dict(self.__values)

    def __reduce__(self) -> Tuple[Callable[[], ConfigNode], Tuple[()], Dict[Any, Any]]:
        return (ConfigNode, (), self.__values)

    def __setstate__(self, state: Dict[Any, Any]) -> None:
        self.__values.update(state)

    def __copy__(self) -> ConfigNode:
        return ConfigNode(self.__values)


Mapping.register(ConfigNode)


def as_nodes(value: Any) -> Any:
    """``value`` with all nested dictionaries, also in lists, converted to nodes."""
    if type(value) is dict:
        return ConfigNode(value)
    if type(value) is list:
        items = [as_nodes(item) for item in value]
        # A list without dictionaries is returned unchanged.
        return items if any(new is not old for new, old in zip(items, value)) else value
    return value


def _as_plain(value: Any) -> Any:
    if isinstance(value, ConfigNode):
        return ConfigNode.to_dict(value)
    if isinstance(value, list):
        return [_as_plain(item) for item in value]
    return value


def _missing(key: Any, values: Dict[Any, Any]) -> str:
    """The error of a missing ``key``, with similar keys, or all keys."""
    from difflib import get_close_matches

    names = [str(name) for name in values]
    near = get_close_matches(str(key), names, n=3)
    if near:
        return "config has no key %r; did you mean %s?" % (key, " or ".join(map(repr, near)))
    if not names:
        return "config has no key %r; it is empty" % (key,)
    shown = ", ".join(names[:8]) + (", ..." if len(names) > 8 else "")
    return "config has no key %r; it has: %s" % (key, shown)
