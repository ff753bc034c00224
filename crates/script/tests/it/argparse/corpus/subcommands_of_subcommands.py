"""A tool with subcommands of subcommands, as toolkits have them."""
import argparse

parser = argparse.ArgumentParser(prog="tool")
parser.add_argument("--device", default="cpu")
areas = parser.add_subparsers(dest="area", required=True)

data = areas.add_parser("data")
data.add_argument("--root", default="data/raw")
data_steps = data.add_subparsers(dest="step", required=True)
fetch = data_steps.add_parser("fetch")
fetch.add_argument("--retries", type=int, default=3)
clean = data_steps.add_parser("clean")
clean.add_argument("column")
clean.add_argument("--drop-empty", action="store_true")

model = areas.add_parser("model")
model.add_argument("--seed", type=int, default=0)
model_steps = model.add_subparsers(dest="what", required=True)
fit = model_steps.add_parser("fit")
fit.add_argument("--lr", type=float, default=0.1, help="step size")
fit.add_argument("--layers", type=int, nargs="+", default=[16, 32])
score = model_steps.add_parser("score")
score.add_argument("checkpoint")
score.add_argument("--metric", choices=["acc", "f1"], default="acc")

args = parser.parse_args()
