WIDTH = 2


def add_model_args(parser):
    parser.add_argument("--width", type=int, default=WIDTH)


class ModelOptions:
    depth = 3

    def extend(self, parser):
        parser.add_argument("--depth", type=int, default=self.depth)
