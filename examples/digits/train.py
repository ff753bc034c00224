"""Train a small network to classify handwritten digits. Standard library only."""

import argparse
import math
import time

import data
from network import OPTIMIZERS, Network

try:
    import pyruns
except ImportError:  # started by hand, without Pyruns: the script works all the same
    pyruns = None

GREEN, YELLOW, DIM, RESET = "\033[32m", "\033[33m", "\033[2m", "\033[0m"


def parse_args():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lr", type=float, default=0.1, help="learning rate")
    parser.add_argument("--epochs", type=int, default=10, help="passes over the training images")
    parser.add_argument("--hidden", type=int, default=32, help="units in the hidden layer")
    parser.add_argument("--batch-size", type=int, default=16, help="images per step")
    parser.add_argument("--momentum", type=float, default=0.5, help="share of the last step kept")
    parser.add_argument("--optimizer", choices=["sgd", "adam"], default="sgd", help="update rule")
    parser.add_argument(
        "--schedule", choices=["constant", "cosine"], default="cosine", help="of the learning rate"
    )
    parser.add_argument("--augment", action="store_true", help="move images by a pixel at random")
    parser.add_argument("--seed", type=int, default=0, help="of the first weights and the order")
    args = parser.parse_args()
    if min(args.epochs, args.hidden, args.batch_size) < 1:
        parser.error("--epochs, --hidden and --batch-size must be at least 1")
    return args


def rate(args, epoch):
    """Return the learning rate of an epoch, counted from 1."""
    if args.schedule == "constant":
        return args.lr
    return args.lr * (1 + math.cos(math.pi * (epoch - 1) / args.epochs)) / 2


def evaluate(network, images):
    """Return (mean loss, accuracy, mistakes); a mistake is (certainty, guess, pixels, digit)."""
    loss, mistakes = 0.0, []
    for pixels, digit in images:
        chances = network.forward(pixels)[-1]
        loss -= math.log(max(chances[digit], 1e-12))
        guess = max(range(len(chances)), key=chances.__getitem__)
        if guess != digit:
            mistakes.append((chances[guess], guess, pixels, digit))
    return loss / len(images), 1 - len(mistakes) / len(images), mistakes


def train_epoch(network, optimizer, images, args, epoch):
    """Train for one epoch; return the mean loss and the accuracy."""
    total_loss, total_hits = 0.0, 0
    for batch in data.batches(images, args.batch_size, args.augment, f"{args.seed}/{epoch}"):
        gradient, loss, hits = network.gradient(batch)
        optimizer.step(gradient)
        total_loss += loss
        total_hits += hits
    return total_loss / len(images), total_hits / len(images)


def surest(mistakes):
    """Return the three most confident mistakes."""
    return sorted(mistakes, key=lambda mistake: -mistake[0])[:3]


def show(mistakes):
    """Print the most confident mistakes side by side."""
    worst = surest(mistakes)
    captions = [f"a {digit}, read as {guess}" for _, guess, _, digit in worst]
    print(f"\nsurest of {len(mistakes)} mistakes:")
    for line in zip(*(data.drawing(pixels) for _, _, pixels, _ in worst)):
        print("   ".join(line))
    print("   ".join(f"{caption:16}" for caption in captions))


def main():
    args = parse_args()
    began = time.perf_counter()
    training, validation = data.load()
    network = Network(data.SIDE**2, args.hidden, data.CLASSES, args.seed)
    optimizer = OPTIMIZERS[args.optimizer](network.layers, args.lr, args.momentum)
    print(f"{len(training)} images to learn from, {len(validation)} to check with", flush=True)
    if pyruns:
        pyruns.summary(loss="min", acc="max", val_loss="min", val_acc="max")
        pyruns.progress(0, args.epochs)
    best_acc, best_epoch = 0.0, 0
    for epoch in range(1, args.epochs + 1):
        optimizer.lr = rate(args, epoch)
        loss, acc = train_epoch(network, optimizer, training, args, epoch)
        val_loss, val_acc, mistakes = evaluate(network, validation)
        colour = GREEN if val_acc > best_acc else YELLOW
        if val_acc > best_acc:
            best_acc, best_epoch = val_acc, epoch
        print(
            f"epoch {epoch:2}/{args.epochs}  loss {loss:.4f}  acc {acc:.3f}  "
            f"{colour}val_acc {val_acc:.3f}{RESET}  {DIM}{time.perf_counter() - began:.1f} s{RESET}",
            flush=True,
        )
        if pyruns:
            points = {"lr": optimizer.lr, "loss": loss, "acc": acc}
            pyruns.track(points, val_loss=val_loss, val_acc=val_acc, step=epoch)
            pyruns.progress(epoch, args.epochs)
            if mistakes:
                pyruns.image("mistakes", data.picture([mistake[2] for mistake in surest(mistakes)]), step=epoch)
    if mistakes:
        show(mistakes)
    if pyruns:
        pyruns.record(loss=loss, acc=acc, val_acc=val_acc)
        pyruns.record(best_val_acc=best_acc, best_epoch=best_epoch)


if __name__ == "__main__":
    main()
