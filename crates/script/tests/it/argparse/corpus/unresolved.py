"""Defaults that only the script can work out."""
import argparse
import os
import time

try:
    import not_there_at_all
    DEVICE = "cuda"
except ImportError:
    DEVICE = "cpu"

parser = argparse.ArgumentParser()
parser.add_argument("--device", default=DEVICE)
parser.add_argument("--user", default=os.environ.get("NO_SUCH_VARIABLE_HERE", "nobody"))
parser.add_argument("--started", type=float, default=time.time())
parser.add_argument("--workers", type=int, default=os.cpu_count())
parser.add_argument("--known", type=int, default=5)
if os.environ.get("NO_SUCH_VARIABLE_HERE"):
    parser.add_argument("--hidden-extra", type=int, default=1)
args = parser.parse_args()
