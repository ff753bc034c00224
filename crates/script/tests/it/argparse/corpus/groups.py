import argparse as ap


def build():
    root = ap.ArgumentParser("groups", add_help=True)
    model = root.add_argument_group("Model parameters")
    model.add_argument("--model", default="resnet50", type=str)
    model.add_argument("--drop", type=float, default=0.0, metavar="PCT")
    data = root.add_argument_group(title="Data", description="where it is")
    data.add_argument("--data-dir", default="./data")
    way = data.add_mutually_exclusive_group()
    way.add_argument("--train", action="store_true")
    way.add_argument("--split", default="val")
    way.add_argument("--fraction", type=float, default=0.5)
    root.add_argument("--seed", type=int, default=42)
    return root


if __name__ == "__main__":
    args, rest = build().parse_known_args()
