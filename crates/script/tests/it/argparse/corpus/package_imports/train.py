"""Imports of several shapes inside the project."""
import lib.sub.optim as optim_options
from lib import data, DEFAULT_SEED
from lib.sub import *
from lib.sub.model import ModelOptions as Options, add_model_args


def main():
    parser = data.make_parser("train")
    optim_options.add(parser)
    add_model_args(parser)
    Options().extend(parser)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--star", type=int, default=STAR)
    return parser.parse_args()


if __name__ == "__main__":
    main()
