import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=1)
sub = parser.add_subparsers(dest="command")
train = sub.add_parser("train", help="train it")
train.add_argument("--lr", type=float, default=0.1)
test = sub.add_parser("test")
test.add_argument("--ckpt", default="last")
args = parser.parse_args()
