"""Options in classes that build on each other."""
import argparse


class BaseOptions:
    def __init__(self):
        self.parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
        self.initialized = False

    def initialize(self):
        self.parser.add_argument("--dataroot", default="./datasets")
        self.parser.add_argument("--gpu_ids", type=str, default="0")
        self.initialized = True

    def parse(self):
        if not self.initialized:
            self.initialize()
        self.opt = self.parser.parse_args()
        return self.opt


class TrainOptions(BaseOptions):
    is_train = True

    def initialize(self):
        super().initialize()
        self.parser.add_argument("--niter", type=int, default=100)
        self.add_lr(self.parser)

    @staticmethod
    def add_lr(parser):
        parser.add_argument("--lr", type=float, default=0.0002)


if __name__ == "__main__":
    opt = TrainOptions().parse()
