import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--amp", type=bool, default=False)
parser.add_argument("--ema", type=bool, default=True)
parser.add_argument("--untyped", default=False)
parser.add_argument("--steps", default=10)
parser.add_argument("--ratios", nargs="+", default=[0.5, 1])
args = parser.parse_args()
