"""Arguments out of tables."""
import argparse as ap

OPTIONS = [
    ("--alpha", float, 0.5, "first"),
    ("--beta", float, 0.25, "second"),
    ("--steps", int, 10, "how many"),
]
FLAGS = {"verbose": "say more", "quiet": "say less"}
SPEC = {
    "--width": {"type": int, "default": 3},
    "--name": {"default": "x", "help": "a name"},
}

p = ap.ArgumentParser()
for flag, kind, default, text in OPTIONS:
    p.add_argument(flag, type=kind, default=default, help=text)
for name, text in FLAGS.items():
    p.add_argument("--" + name, action="store_true", help=text)
for flag, keywords in SPEC.items():
    p.add_argument(flag, **keywords)
for index, size in enumerate([64, 128]):
    p.add_argument("--layer%d" % index, type=int, default=size)
for split in ("train", "val"):
    p.add_argument("--{}-path".format(split), default=f"data/{split}.csv")
args = p.parse_args()
