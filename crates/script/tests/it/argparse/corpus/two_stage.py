"""A first parser for the config file, a second one for the rest."""
import argparse

config_parser = parser = argparse.ArgumentParser(description="Config", add_help=False)
parser.add_argument("-c", "--config", default="", type=str, metavar="FILE")

parser = argparse.ArgumentParser(description="Training")
group = parser.add_argument_group("Dataset parameters")
group.add_argument("data", nargs="?", metavar="DIR", const=None)
group.add_argument("--input-size", default=None, nargs=3, type=int)
group.add_argument("--mean", type=float, nargs="+", default=None)
group.add_argument("--epochs", type=int, default=300)


def _parse_args():
    args_config, remaining = config_parser.parse_known_args()
    if args_config.config:
        with open(args_config.config) as f:
            parser.set_defaults(**{"epochs": f.read()})
    args = parser.parse_args(remaining)
    return args


def main():
    args = _parse_args()


if __name__ == "__main__":
    main()
