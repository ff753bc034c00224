from argparse import ArgumentParser, Namespace, REMAINDER


def parse() -> Namespace:
    (parser := ArgumentParser()).add_argument("--x", type=int, default=3 if True else 4)
    parser.add_argument("--y", type=float, default=max(0.1, 0.2))
    parser.add_argument("--names", default="a,b,c".split(","), nargs="*")
    parser.add_argument("--depth", type=int, default=len([1, 2, 3]))
    parser.add_argument("--rest", nargs=REMAINDER, default=[])
    return parser.parse_args()


def worker(rank):
    args = parse()


if __name__ == "__main__":
    worker(0)
