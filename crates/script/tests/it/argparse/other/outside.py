"""The parser comes from a library that is not in the project."""
from some_library import make_parser

parser = make_parser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
