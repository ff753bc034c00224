import argparse

_parser = argparse.ArgumentParser(conflict_handler="resolve")
add = _parser.add_argument
kw = dict(type=int, default=12)
_parser.add_argument("--n-layer", **kw)
_parser.add_argument("--n-head", **{**kw, "default": 6})
_parser.add_argument("-n", "--name", default="old")
_parser.add_argument("-n", "--number", type=int, default=3)
add("--out-dir", default="out", help="""where
    everything goes""")
choices = ["a"]
choices.append("b")
choices += ["c"]
_parser.add_argument("--pick", choices=choices, default=choices[-1])

if __name__ == "__main__":
    config = vars(_parser.parse_args())
