"""The model adds its own arguments to the parser of its parent."""
from argparse import ArgumentParser


class Base:
    pass


class LitModel(Base):
    DEFAULT_LR = 1e-3

    def __init__(self, lr=1e-3):
        self.lr = lr

    @staticmethod
    def add_model_specific_args(parent_parser):
        parser = ArgumentParser(parents=[parent_parser], add_help=False)
        parser.add_argument("--encoder_layers", type=int, default=12)
        parser.add_argument("--lr", type=float, default=LitModel.DEFAULT_LR)
        return parser


class DataModule:
    @classmethod
    def add_data_args(cls, parent_parser):
        group = parent_parser.add_argument_group(cls.__name__)
        group.add_argument("--batch_size", type=int, default=32)
        return parent_parser


def cli():
    parser = ArgumentParser()
    parser.add_argument("--max_epochs", type=int, default=10)
    parser = LitModel.add_model_specific_args(parser)
    parser = DataModule.add_data_args(parser)
    return parser.parse_args()


if __name__ == "__main__":
    cli()
