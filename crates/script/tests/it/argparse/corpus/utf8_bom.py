import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--名前", dest="name", default="ねこ")
parser.add_argument("--on", type=int, default=1)
parser.add_argument("-y", default="no")
args = parser.parse_args()
