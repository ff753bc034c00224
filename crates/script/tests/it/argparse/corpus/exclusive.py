import argparse

parser = argparse.ArgumentParser(prog="tool", usage="%(prog)s [options]")
source = parser.add_mutually_exclusive_group()
source.add_argument("--file", help="read a file")
source.add_argument("--url", help="read an address")
level = parser.add_mutually_exclusive_group()
level.add_argument("--debug", dest="level", action="store_const", const=10, default=20)
level.add_argument("--warn", dest="level", action="store_const", const=30)
parser.add_argument("--file-type", choices=("csv", "json"), default="csv")
args = parser.parse_args(None)
