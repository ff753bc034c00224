"""Defaults that are expressions over constants."""
import argparse
import os
from pathlib import Path

LR = 3e-4
HIDDEN = 64
NAMES = ("a", "b", "c")
SIZES = {"small": 1, "large": 4}
ROOT = Path("data")
PREFIX: str = "run"


class Config:
    layers = 2 * 3
    rates = [0.1, LR]


def main():
    width = HIDDEN * 2
    p = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    p.add_argument("--lr", default=LR, type=float)
    p.add_argument("--hidden", default=2 * HIDDEN, type=int)
    p.add_argument("--width", default=width, type=int)
    p.add_argument("--half", default=HIDDEN / 3, type=float)
    p.add_argument("--power", default=2**10, type=int)
    p.add_argument("--name", default=PREFIX + "_" + "x")
    p.add_argument("--tag", default=f"{PREFIX}-{HIDDEN}")
    p.add_argument("--old-tag", default="%s-%d" % (PREFIX, HIDDEN))
    p.add_argument("--older-tag", default="{}/{}".format(PREFIX, HIDDEN))
    p.add_argument("--root", default=ROOT / "mnist", type=Path)
    p.add_argument("--out", default=os.path.join("out", PREFIX))
    p.add_argument("--layers", default=Config.layers, type=int)
    p.add_argument("--rates", default=Config.rates, type=float, nargs="+")
    p.add_argument("--letter", choices=NAMES, default=NAMES[0])
    p.add_argument("--size", choices=list(SIZES.keys()), default="small")
    p.add_argument("--bigger", choices=sorted(SIZES), default="large")
    p.add_argument("--scale", choices=SIZES.values(), type=int, default=SIZES["large"])
    p.add_argument("--level", choices=range(1, 4), type=int, default=2)
    p.add_argument("--shape", default=(28, 28), nargs=2, type=int)
    p.add_argument("--upper", choices=[n.upper() for n in NAMES], default="A")
    p.add_argument("--text-number", default="7", type=int)
    args = p.parse_args()
    return args


if __name__ == "__main__":
    main()
