from ..sub import HIDDEN
from .model import WIDTH


def add(parser):
    group = parser.add_argument_group("optim")
    group.add_argument("--lr", type=float, default=0.1)
    group.add_argument("--warmup", type=int, default=HIDDEN * WIDTH)
