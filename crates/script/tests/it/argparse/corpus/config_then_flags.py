"""Constants of a dictionary, overwritten by flags with the same names."""
import argparse

BASE = {"lr": 0.5, "hidden": 128}
config = {**BASE, "lr": 0.1}
config["name"] = "base"
config.update(depth=2)


def get_args():
    parser = argparse.ArgumentParser()
    for key, value in config.items():
        parser.add_argument(f"--{key}", type=type(value), default=value)
    return parser.parse_args()


def main():
    args = get_args()
    for key, value in vars(args).items():
        config[key] = value


if __name__ == "__main__":
    main()
