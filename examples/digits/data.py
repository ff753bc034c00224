"""The data: 1,797 handwritten digits, 8x8 pixels each, from `digits.csv.gz` in this folder."""

import csv
import gzip
import random
from pathlib import Path

SIDE = 8
CLASSES = 10
STEPS = 16  # of brightness in the file
BRIGHTEST = 2.0
SHADES = " .:*#"


def load():
    """Return (training, validation): lists of (pixels in 0..2, digit).

    A pixel's mean square is then about 1, which the network's first weights expect. Every fifth
    image is kept for validation, whatever the seed, so that runs can be compared.
    """
    with gzip.open(Path(__file__).with_name("digits.csv.gz"), "rt", newline="") as file:
        rows = [[int(cell) for cell in row] for row in csv.reader(file)]
    images = [([pixel / STEPS * BRIGHTEST for pixel in row[:-1]], row[-1]) for row in rows]
    training = [image for place, image in enumerate(images) if place % 5]
    return training, images[::5]


def shifted(pixels, rng):
    """Return the image shifted by at most one pixel (data augmentation)."""
    down, right = rng.choice([(0, 0), (0, 0), (0, 1), (0, -1), (1, 0), (-1, 0)])
    moved = [0.0] * len(pixels)
    for row in range(max(0, -down), min(SIDE, SIDE - down)):
        for column in range(max(0, -right), min(SIDE, SIDE - right)):
            moved[(row + down) * SIDE + column + right] = pixels[row * SIDE + column]
    return moved


def batches(images, size, augment, seed):
    """Yield shuffled batches of `size` images."""
    rng = random.Random(seed)
    order = rng.sample(images, len(images))
    for start in range(0, len(order), size):
        batch = order[start : start + size]
        yield [(shifted(pixels, rng), digit) for pixels, digit in batch] if augment else batch


def drawing(pixels):
    """Return the image as eight lines of text."""
    cells = [SHADES[round(pixel / BRIGHTEST * (len(SHADES) - 1))] * 2 for pixel in pixels]
    return ["".join(cells[start : start + SIDE]) for start in range(0, len(cells), SIDE)]


def picture(images, scale=8):
    """Return the images side by side as rows of grey values (0..1), each pixel enlarged to a square."""
    rows = []
    for start in range(0, SIDE * SIDE, SIDE):
        row = [pixel / BRIGHTEST for pixels in images for pixel in pixels[start : start + SIDE]]
        rows += [[pixel for pixel in row for _ in range(scale)]] * scale
    return rows
