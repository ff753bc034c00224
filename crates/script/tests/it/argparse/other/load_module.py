import argparse
import pyruns as pr


def main():
    cfg = pr.load()
    print(cfg.lr)


main()
