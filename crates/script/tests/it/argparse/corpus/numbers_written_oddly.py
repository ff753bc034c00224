import argparse
import math
import sys

K = 1024
BIG = 10 ** 6
parser = argparse.ArgumentParser()
parser.add_argument("--context", type=int, default=4 * K)
parser.add_argument("--tokens", type=int, default=int(1e6))
parser.add_argument("--big", type=int, default=BIG // 3 + 0x10)
parser.add_argument("--eps", type=float, default=1e-8)
parser.add_argument("--text-number", type=float, default="0.1")
parser.add_argument("--half", type=float, default=1 / 2)
parser.add_argument("--neg", type=int, default=-1)
parser.add_argument("--pi", type=float, default=round(3.14159, 2))
parser.add_argument("--inf", type=float, default=float("inf"))
parser.add_argument("--shift", type=int, default=1 << 4)
parser.add_argument("--mod", type=int, default=17 % 5)
parser.add_argument("--bools", type=int, default=int(True))
parser.add_argument("--pair", type=float, nargs=2, default=(0.9, 0.999), metavar=("B1", "B2"))
args = parser.parse_args()
