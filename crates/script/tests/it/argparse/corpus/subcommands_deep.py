"""Subcommands with a common parent, functions behind them, and a positional."""
import argparse


def train(args):
    return args.lr


def evaluate(args):
    return args.split


def main():
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--seed", type=int, default=3)
    parser = argparse.ArgumentParser()
    parser.add_argument("-v", "--verbose", action="store_true")
    commands = parser.add_subparsers(title="commands", required=True)
    for name, function in [("train", train), ("evaluate", evaluate)]:
        command = commands.add_parser(name, parents=[common], help=f"{name} it")
        command.set_defaults(func=function)
        if name == "train":
            command.add_argument("data")
            command.add_argument("--lr", type=float, default=0.1, help="step size")
            command.add_argument("--layers", type=int, nargs="+", default=[1, 2])
        else:
            command.add_argument("--split", choices=["val", "test"], default="val")
            command.add_argument("--no-cache", action="store_true")
    args = parser.parse_args()
    args.func(args)


if __name__ == "__main__":
    main()
