"""Paths below the script's folder, flags that may carry a value."""
import argparse
from pathlib import Path

FILE = Path("train.py")
ROOT = Path("models")


def parse_opt(known=False):
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", type=str, default=ROOT / "yolo.pt", help="initial weights path")
    parser.add_argument("--data", type=str, default=ROOT / "data/coco.yaml")
    parser.add_argument("--imgsz", "--img", "--img-size", type=int, default=640, help="image size (pixels)")
    parser.add_argument("--resume", nargs="?", const=True, default=False, help="resume most recent training")
    parser.add_argument("--cache", type=str, nargs="?", const="ram", help="image --cache ram/disk")
    parser.add_argument("--freeze", nargs="+", type=int, default=[0], help="Freeze layers: backbone=10")
    parser.add_argument("--device", default="", help="cuda device, i.e. 0 or 0,1,2,3 or cpu")
    parser.add_argument("--optimizer", type=str, choices=["SGD", "Adam", "AdamW"], default="SGD")
    parser.add_argument("--upload_dataset", nargs="?", const=True, default=False)
    return parser.parse_known_args()[0] if known else parser.parse_args()


def main(opt):
    pass


if __name__ == "__main__":
    opt = parse_opt()
    main(opt)
