import argparse

parser = argparse.ArgumentParser(prefix_chars="-+", argument_default=argparse.SUPPRESS)
parser.add_argument("+w", "++width", type=int, default=4)
parser.add_argument("--height", type=int)
parser.add_argument("--deep", action="store_true")
parser.parse_args()
