"""A closure adds arguments; defaults come from a class of constants."""
import argparse


class Defaults:
    LR = 0.01
    LAYERS = [64, 64]
    NAME = "net"

    class Optim:
        BETA = 0.9


def make():
    parser = argparse.ArgumentParser()

    def add(name, default, **kwargs):
        parser.add_argument(f"--{name.replace('_', '-')}", default=default, type=type(default), **kwargs)

    add("learning_rate", Defaults.LR, help="how fast")
    add("name", Defaults.NAME)
    add("beta", Defaults.Optim.BETA)
    parser.add_argument("--layers", type=int, nargs="*", default=Defaults.LAYERS)
    return parser


args = make().parse_args()
