import argparse


def get_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--flag", action=argparse.BooleanOptionalAction, default=True, help="either way")
    parser.add_argument("--aug", action=argparse.BooleanOptionalAction, default=False)
    parser.add_argument("--maybe", action=argparse.BooleanOptionalAction)
    parser.add_argument("--tags", action="append", default=None)
    parser.add_argument("--more", action="append", default=["base"])
    parser.add_argument("--pairs", action="append", nargs=2, type=int)
    parser.add_argument("--ext", action="extend", nargs="+", type=int, default=[1])
    parser.add_argument("--const", action="store_const", const=42, default=7)
    parser.add_argument("--mode-fast", dest="mode", action="store_const", const="fast", default="slow")
    parser.add_argument("--mode-best", dest="mode", action="store_const", const="best")
    parser.add_argument("--opt", nargs="?", const=True, default=False)
    parser.add_argument("--any", nargs="*", default=[])
    parser.add_argument("--some", nargs="+", type=float, default=[0.5, -1e-6])
    parser.add_argument("--feature", dest="feature", action="store_true")
    parser.add_argument("--no-feature", dest="feature", action="store_false")
    parser.set_defaults(feature=True)
    parser.add_argument("-q", "--quiet", action="count", default=1)
    parser.add_argument("--add", dest="parts", action="append_const", const="head")
    return parser.parse_args()


if __name__ == "__main__":
    print(get_args())
