import argparse

p = argparse.ArgumentParser()
p.add_argument("--alpha", type=float, default=0.5)
p.add_argument("dataset", choices=["mnist", "cifar"])
p.add_argument("--beta", nargs="+", type=int, default=[1, 2])
p.add_argument("size", type=int)
p.add_argument("shift", type=float)
p.add_argument("files", nargs="*", default=["x.txt"])
p.parse_args()
