from settings import *

DEPTH = 18


def add_model_args(parser):
    group = parser.add_argument_group("model")
    group.add_argument("--width", type=int, default=WIDTH)
