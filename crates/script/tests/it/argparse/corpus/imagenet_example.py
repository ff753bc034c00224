"""Positional with a default, short and long flags, a list of names that is sorted."""
import argparse

MODELS = {"resnet18": 1, "vit_b": 2, "_hidden": 3, "Upper": 4}
model_names = sorted(name for name in MODELS if name.islower() and not name.startswith("_"))

parser = argparse.ArgumentParser(description="ImageNet Training")
parser.add_argument("data", metavar="DIR", nargs="?", default="imagenet",
                    help="path to dataset (default: imagenet)")
parser.add_argument("-a", "--arch", metavar="ARCH", default="resnet18", choices=model_names,
                    help="model architecture: " + " | ".join(model_names) + " (default: resnet18)")
parser.add_argument("-j", "--workers", default=4, type=int, metavar="N")
parser.add_argument("-b", "--batch-size", default=256, type=int, metavar="N",
                    help="mini-batch size (default: 256), this is the total "
                         "batch size of all GPUs on the current node")
parser.add_argument("--lr", "--learning-rate", default=0.1, type=float, metavar="LR", dest="lr")
parser.add_argument("--wd", "--weight-decay", default=1e-4, type=float, metavar="W", dest="weight_decay")
parser.add_argument("--resume", default="", type=str, metavar="PATH")
parser.add_argument("-e", "--evaluate", dest="evaluate", action="store_true")
parser.add_argument("--world-size", default=-1, type=int)
parser.add_argument("--dist-url", default="tcp://224.66.41.62:23456", type=str)
parser.add_argument("--gpu", default=None, type=int)
best_acc1 = 0


def main():
    args = parser.parse_args()
    if args.seed_not_there if hasattr(args, "seed_not_there") else None:
        pass


if __name__ == "__main__":
    main()
