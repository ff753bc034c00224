import argparse
from argparse import BooleanOptionalAction

parser = argparse.ArgumentParser()
parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=False, help="compile it")
parser.add_argument("--amp", action=BooleanOptionalAction, default=True)
parser.add_argument("-s", "--shuffle", action=BooleanOptionalAction)
parser.add_argument("--ema", dest="use_ema", action="store_true")
parser.add_argument("--no-ema", dest="use_ema", action="store_false")
parser.set_defaults(use_ema=True)
args = parser.parse_args()
