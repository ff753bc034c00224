"""Reads with PyYAML, adapted to the differences from YAML 1.1."""

from __future__ import annotations

from typing import Any

from .error import YamlError
from .scalar import FLOAT, FLOAT_STARTS

_FLOAT_TAG = "tag:yaml.org,2002:float"
_DROPPED_TAGS = (_FLOAT_TAG, "tag:yaml.org,2002:timestamp")

_loader: Any = None


def is_available() -> bool:
    """Whether PyYAML can be imported; another module named ``yaml`` is ignored."""
    try:
        import yaml

        return hasattr(yaml, "SafeLoader") and hasattr(yaml, "YAMLError")
    except ImportError:
        return False


def parse(text: str) -> Any:
    """As :func:`pyruns.yamltext.parse`."""
    import yaml

    # Constructors raise any exception: ValueError for `!!int x`, KeyError for `!!bool x`.
    try:
        return yaml.load(text, Loader=_our_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, error.problem or str(error)) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlError(line, "a character that YAML forbids") from error
    except (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise YamlError(1, "%s: %s" % (type(error).__name__, error)) from error


def _our_loader() -> Any:
    global _loader
    if _loader is None:
        import yaml

        loader: Any = type("ConfigLoader", (yaml.SafeLoader,), {})
        # A copy, because the loaders of PyYAML share one table with the user's script.
        loader.yaml_implicit_resolvers = {
            start: [(tag, form) for tag, form in forms if tag not in _DROPPED_TAGS]
            for start, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
        # PyYAML matches from the start only; the pattern must require the end.
        whole = _whole(FLOAT.pattern)
        loader.add_implicit_resolver(_FLOAT_TAG, whole, list(FLOAT_STARTS))
        _loader = loader
    return _loader


def _whole(pattern: str) -> Any:
    import re

    return re.compile(r"(?:%s)\Z" % pattern, re.VERBOSE)
