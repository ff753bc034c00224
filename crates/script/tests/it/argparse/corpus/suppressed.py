import argparse

parser = argparse.ArgumentParser(conflict_handler="resolve", argument_default=None)
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--lr", type=float, default=0.2, help="the second one wins")
parser.add_argument("--hidden", help=argparse.SUPPRESS, default=1, type=int)
parser.add_argument("--version", action="version", version="%(prog)s 1.0")
args, unknown = parser.parse_known_args()
