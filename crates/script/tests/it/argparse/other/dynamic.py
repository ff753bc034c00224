import argparse
import json

kwargs = json.load(open("x.json"))
parser = argparse.ArgumentParser()
parser.add_argument("--fixed", type=int, **kwargs)
for name in kwargs:
    parser.add_argument("--" + name)
parser.add_argument("--last", default=1, type=int)
args = parser.parse_args()
