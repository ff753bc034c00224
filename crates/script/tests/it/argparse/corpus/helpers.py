"""Helpers that take and return the parser."""
import argparse
import sys


def str2bool(v):
    if isinstance(v, bool):
        return v
    return v.lower() in ("yes", "true", "t", "1")


def add_optim_args(parser, prefix="", lr=0.01):
    group = parser.add_argument_group("optim")
    group.add_argument(f"--{prefix}lr", type=float, default=lr)
    return parser


def get_parser(**kwargs):
    parser = argparse.ArgumentParser(**kwargs)
    parser.add_argument("--ema", type=str2bool, default=False)
    parser.add_argument("--amp", type=str2bool, nargs="?", const=True, default="true")
    parser.add_argument("--sizes", type=lambda s: [int(x) for x in s.split(",")], default=[1, 2])
    parser.add_argument("--case", type=str.lower, default="low")
    return parser


def main(argv=None):
    parser = add_optim_args(get_parser(description="x"))
    parser = add_optim_args(parser, prefix="gen-", lr=0.5)
    args = parser.parse_args(argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
