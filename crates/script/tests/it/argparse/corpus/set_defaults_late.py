import argparse


def build():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--model", default="mlp")
    return parser


parser = build()
parser.set_defaults(lr=0.3, epochs=20)
parser.set_defaults(**{"model": "cnn"})

if __name__ == "__main__":
    args = parser.parse_args()
