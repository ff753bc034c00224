"""A namespace of constants, overwritten by flags with the same names."""
import argparse
from types import SimpleNamespace

config = SimpleNamespace(lr=0.1, hidden=128, name="base")


def get_args():
    parser = argparse.ArgumentParser()
    for key, value in vars(config).items():
        parser.add_argument(f"--{key}", type=type(value), default=value)
    return parser.parse_args()


def main():
    args = get_args()
    for key, value in vars(args).items():
        setattr(config, key, value)


if __name__ == "__main__":
    main()
