"""Several parents, one of them with groups."""
import argparse

data = argparse.ArgumentParser(add_help=False)
data_group = data.add_argument_group("data")
data_group.add_argument("--root", default="data")
data_group.add_argument("--split", choices=["train", "test"], default="train")

optim = argparse.ArgumentParser(add_help=False)
optim.add_argument("--lr", type=float, default=1e-3)
schedule = optim.add_mutually_exclusive_group()
schedule.add_argument("--cosine", action="store_true")
schedule.add_argument("--step", type=int)


def main():
    parser = argparse.ArgumentParser(parents=[data, optim])
    parser.add_argument("--out", default="out")
    args = parser.parse_args()


main()
