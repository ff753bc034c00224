#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Everything under the guard, with a try around it."""
import argparse
import logging

logger = logging.getLogger(__name__)

if __name__ == "__main__":
    try:
        parser = argparse.ArgumentParser(
            description="x",
            formatter_class=lambda prog: argparse.HelpFormatter(prog, max_help_position=50),
        )
        required = parser.add_argument_group("required arguments")
        required.add_argument("--input", "-i", required=True, help="where from")
        optional = parser.add_argument_group("optional arguments")
        optional.add_argument("--output", "-o", default="out.txt")
        with open(__file__) as source:
            optional.add_argument("--limit", type=int, default=100)
        args = vars(parser.parse_args())
    except KeyboardInterrupt:
        logger.error("stopped")
