from fire import Fire


def main(lr=0.1):
    pass


Fire(main)
