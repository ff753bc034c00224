"""Argument groups by functions, a task that adds its own, abbreviations off."""
import argparse


def eval_str_list(x, type=float):
    if x is None:
        return None
    return [type(x)]


def get_parser(desc, default_task="translation"):
    usr_parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--no-progress-bar", action="store_true", help="disable progress bar")
    parser.add_argument("--log-interval", type=int, default=100, metavar="N")
    parser.add_argument("--log-format", default=None, choices=["json", "none", "simple", "tqdm"])
    parser.add_argument("--task", metavar="TASK", default=default_task, choices=("translation", "lm"))
    return parser


def add_dataset_args(parser, train=False, gen=False):
    group = parser.add_argument_group("dataset_data_loading")
    group.add_argument("--num-workers", default=1, type=int, metavar="N")
    group.add_argument("--max-tokens", type=int, metavar="N")
    if train:
        group.add_argument("--train-subset", default="train", metavar="SPLIT")
    if gen:
        group.add_argument("--gen-subset", default="test", metavar="SPLIT")
    return group


def add_optimization_args(parser):
    group = parser.add_argument_group("optimization")
    group.add_argument("--max-epoch", "--me", default=0, type=int, metavar="N")
    group.add_argument("--lr", "--learning-rate", default="0.25", type=eval_str_list, metavar="LR_1,LR_2")
    group.add_argument("--clip-norm", default=0.0, type=float, metavar="NORM")
    # fmt: on
    return group


def get_training_parser(default_task="translation"):
    parser = get_parser("Trainer", default_task)
    add_dataset_args(parser, train=True)
    add_optimization_args(parser)
    return parser


def cli_main():
    parser = get_training_parser()
    args = parser.parse_args()


if __name__ == "__main__":
    cli_main()
