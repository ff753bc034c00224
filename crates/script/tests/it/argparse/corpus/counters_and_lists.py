import argparse

parser = argparse.ArgumentParser()
parser.add_argument("-v", "--verbose", action="count", default=0)
parser.add_argument("-q", action="count")
parser.add_argument("--tag", action="append", help="may be repeated")
parser.add_argument("--pair", action="append", nargs=2, type=int)
parser.add_argument("--extra", action="extend", nargs="+", default=["a"])
parser.add_argument("--add-one", dest="numbers", action="append_const", const=1)
parser.add_argument("--sizes", type=int, nargs="+", default=[32, 64, 128])
parser.add_argument("--opt", nargs="*", default=[])
args = parser.parse_args()
