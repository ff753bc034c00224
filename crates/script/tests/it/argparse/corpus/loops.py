import argparse

DEFAULTS = dict(lr=0.1, wd=5e-4)
SWITCHES = [("cache", "keep data in memory"), ("pin", "pin memory")]
STAGES = ["train", "val"]


def main():
    parser = argparse.ArgumentParser()
    for name, value in DEFAULTS.items():
        parser.add_argument(f"--{name}", type=float, default=value)
    for name, text in SWITCHES:
        parser.add_argument("--" + name, action="store_true", help=text)
    for i, stage in enumerate(STAGES):
        parser.add_argument("--%s-size" % stage, type=int, default=32 * (i + 1))
    for kwargs in ({"dest": "a", "default": 1}, {"dest": "b", "default": 2}):
        parser.add_argument("--extra-" + kwargs["dest"], type=int, **kwargs)
    args = parser.parse_args()


main()
