import argparse


class Parser(argparse.ArgumentParser):
    def __init__(self, **kwargs):
        super().__init__(prog="own", **kwargs)
        self.add_argument("--first", type=int, default=1)

    def add_common(self):
        self.add_argument("--common", default="c")
        return self


class Upper(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values.upper())


p = Parser(description="d").add_common()
p.add_argument("--shout", action=Upper, default="quiet")
p.add_argument("--whisper", action=Upper)
p.parse_args()
