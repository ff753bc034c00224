"""Every kind of value, at module level."""
import argparse

parser = argparse.ArgumentParser(description="Train a small network")
parser.add_argument("data", help="folder of the data set")
parser.add_argument("--lr", "--learning-rate", type=float, default=1e-5, help="step size (default: %(default)s)")
parser.add_argument("-b", "--batch-size", type=int, default=128, metavar="N",
                    help="samples in "
                         "one step, 100%% of them used")
parser.add_argument("--optimizer", choices=["sgd", "adam"], default="adam")
parser.add_argument("--momentum", type=float, default=-0.9)
parser.add_argument("--tiny", type=float, default=-1e-07)
parser.add_argument("--name", default=None)
parser.add_argument("--note", default="yes")
parser.add_argument("--empty", default="")
parser.add_argument("--dash", default="-x y")
parser.add_argument("--use-amp", action="store_true", help="mixed precision")
parser.add_argument("--no-shuffle", dest="shuffle", action="store_false")
parser.add_argument("-v", "--verbose", action="count", default=0)
parser.add_argument("--version", action="version", version="1.0")
parser.add_argument("--max-steps", type=float, default=float("inf"))
parser.add_argument("-k", type=int, default=3)
parser.add_argument("--required", type=int, required=True)

if __name__ == "__main__":
    args = parser.parse_args()
    print(args.lr)
