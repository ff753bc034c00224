"""The parser lives in other modules of the project."""
from opts import get_parser
from opts.model import add_model_args
import settings


def main():
    parser = get_parser(default_lr=settings.LR)
    add_model_args(parser)
    parser.add_argument("--out", default=settings.paths.OUT)
    return parser.parse_args()


if __name__ == "__main__":
    main()
