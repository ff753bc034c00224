import argparse

from .model import DEPTH


def get_parser(default_lr=0.0):
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=default_lr)
    parser.add_argument("--depth", type=int, default=DEPTH)
    return parser
