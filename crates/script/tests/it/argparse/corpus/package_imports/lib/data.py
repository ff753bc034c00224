import argparse
import os.path as osp

from . import DEFAULT_SEED

ROOT = osp.join("data", "raw")


def make_parser(name):
    parser = argparse.ArgumentParser(prog=name)
    parser.add_argument("--root", default=ROOT)
    parser.add_argument("--data-seed", type=int, default=DEFAULT_SEED + 1)
    return parser
