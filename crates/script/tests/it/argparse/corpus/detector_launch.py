"""Launchers of detectors: a function gives the parser, the rest goes to the config system."""
import argparse
import os
import sys


def default_argument_parser(epilog=None):
    parser = argparse.ArgumentParser(
        epilog=epilog
        or f"""
Examples:
    $ {sys.argv[0]} --num-gpus 8
""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--config-file", default="", metavar="FILE", help="path to config file")
    parser.add_argument("--resume", action="store_true",
                        help="Whether to attempt to resume from the checkpoint directory.")
    parser.add_argument("--eval-only", action="store_true", help="perform evaluation only")
    parser.add_argument("--num-gpus", type=int, default=1, help="number of gpus *per machine*")
    parser.add_argument("--machine-rank", type=int, default=0)
    port = 2**15 + 2**14 + hash(os.getuid() if sys.platform != "win32" else 1) % 2**14
    parser.add_argument("--dist-url", default="tcp://127.0.0.1:{}".format(port))
    parser.add_argument(
        "opts",
        help="""
Modify config options at the end of the command.
See config references.
        """.strip(),
        default=None,
        nargs=argparse.REMAINDER,
    )
    return parser


def main(args):
    print(args)


if __name__ == "__main__":
    args = default_argument_parser().parse_args()
    main(args)
