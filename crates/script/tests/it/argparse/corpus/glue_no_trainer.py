"""Fine-tuning without a trainer class."""
import argparse
from enum import Enum


class SchedulerType(Enum):
    LINEAR = "linear"
    COSINE = "cosine"


task_to_keys = {"cola": ("sentence", None), "mrpc": ("sentence1", "sentence2")}


def parse_args():
    parser = argparse.ArgumentParser(description="Finetune a model on a text classification task")
    parser.add_argument("--task_name", type=str, default=None, help="The name of the task.",
                        choices=list(task_to_keys.keys()))
    parser.add_argument("--max_length", type=int, default=128)
    parser.add_argument("--pad_to_max_length", action="store_true")
    parser.add_argument("--model_name_or_path", type=str, required=True,
                        help="Path to pretrained model or model identifier.")
    parser.add_argument("--learning_rate", type=float, default=5e-5)
    parser.add_argument("--lr_scheduler_type", type=str, default="linear",
                        choices=["linear", "cosine", "constant_with_warmup"])
    parser.add_argument("--max_train_steps", type=int, default=None,
                        help="Total number of training steps. If provided, overrides num_train_epochs.")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--push_to_hub", action="store_true")
    parser.add_argument("--report_to", type=str, default="all",
                        help=('The integration to report to. Supported are `"tensorboard"`,'
                              ' `"wandb"` and `"all"`.'))
    args = parser.parse_args()

    # Sanity checks
    if args.task_name is None and args.max_length is None:
        raise ValueError("Need either a task name or a training file.")
    return args


if __name__ == "__main__":
    parse_args()
