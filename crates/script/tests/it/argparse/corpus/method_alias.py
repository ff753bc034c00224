"""The method under a short name, as in competitions."""
import argparse


def main():
    parser = argparse.ArgumentParser()
    arg = parser.add_argument
    arg("--fold", type=int, default=0)
    arg("--lr", type=float, default=3e-4)
    arg("--tta", action="store_true")
    add = parser.add_argument_group("model").add_argument
    add("--depth", type=int, default=18, choices=[18, 34, 50])
    args = parser.parse_args()


if __name__ == "__main__":
    main()
