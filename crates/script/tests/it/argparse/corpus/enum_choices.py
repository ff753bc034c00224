import argparse
import enum


class Mode(str, enum.Enum):
    FAST = "fast"
    SLOW = "slow"


BACKENDS = ("gloo", "nccl")
LAYERS = range(1, 4)

parser = argparse.ArgumentParser()
parser.add_argument("--mode", choices=[m.value for m in Mode], default=Mode.FAST.value)
parser.add_argument("--backend", choices=BACKENDS, default=BACKENDS[0])
parser.add_argument("--last", choices=BACKENDS, default=BACKENDS[-1])
parser.add_argument("--layers", type=int, choices=LAYERS, default=max(LAYERS))
parser.add_argument("--letters", choices=list("abc"), default="abc"[1])
parser.add_argument("--keys", choices={"x": 1, "y": 2}.keys(), default="x")
args = parser.parse_args()
