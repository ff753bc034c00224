"""A base parser shared by others."""
from argparse import ArgumentParser, SUPPRESS

base = ArgumentParser(add_help=False)
base.add_argument("--seed", type=int, default=0)
g = base.add_argument_group("logging")
g.add_argument("--log-every", type=int, default=10)

parser = ArgumentParser(parents=[base])
parser.add_argument("--secret", default="s", help=SUPPRESS)
parser.add_argument("--absent", default=SUPPRESS, type=int)
parser.add_argument("--epochs", type=int, default=1)
parser.set_defaults(epochs=90, seed=7)

if __name__ == "__main__":
    opt = parser.parse_args()
