"""Runs a script with its arguments and tells what argparse made of them.

`python harness.py SCRIPT ARGS…` prints one JSON object: the parsers' actions as they are
when the script parses, and the values that come out.
"""
import argparse
import io
import json
import math
import os
import runpy
import sys

REAL = argparse.ArgumentParser.parse_known_args
parsers, values = [], {}


def plain(value):
    """A value as JSON, paths as text and tuples as lists."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, (list, tuple, set)) or type(value).__name__ in ("range", "dict_values", "dict_keys"):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return f"<{type(value).__name__}>"


def type_name(function):
    if function is None or function is str:
        return "str"
    if function in (int, float, bool):
        return function.__name__
    return "path" if getattr(function, "__module__", "") == "pathlib" else "custom"


def describe(parser, action):
    default = action.default
    is_text = isinstance(default, str) and default != argparse.SUPPRESS
    if is_text and action.type in (int, float, bool):
        default = action.type(default)
    group = next((g for g in parser._action_groups if action in g._group_actions), None)
    title = group.title if group and group not in parser._action_groups[:2] else None
    flags = list(action.option_strings)
    if isinstance(action, argparse.BooleanOptionalAction):
        flags = [flag for flag in flags if not flag.startswith("--no-")]
    return {
        "dest": action.dest,
        "flags": flags,
        "action": type(action).__name__,
        "type": type_name(action.type),
        "default": plain(default),
        "choices": plain(action.choices) or [],
        "nargs": action.nargs,
        "required": action.required,
        "group": title,
    }


def parse_known_args(self, args=None, namespace=None):
    if self not in parsers:
        parsers.append(self)
    namespace, rest = REAL(self, args, namespace)
    values.update(vars(namespace))
    return namespace, rest


def main():
    argparse.ArgumentParser.parse_known_args = parse_known_args
    script = sys.argv[1]
    sys.argv = sys.argv[1:]
    sys.path[0] = os.path.dirname(os.path.abspath(script))
    out, sys.stdout = sys.stdout, io.StringIO()
    error = None
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as stop:
        error = stop.code
    sys.stdout = out
    skipped = ("_HelpAction", "_VersionAction", "_SubParsersAction")
    actions = [
        describe(parser, action)
        for parser in parsers
        for action in parser._actions
        if type(action).__name__ not in skipped
    ]
    print(json.dumps({"actions": actions, "values": {k: plain(v) for k, v in values.items()}, "exit": error}))


main()
