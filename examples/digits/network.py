"""A network with one hidden layer, its gradient and two optimizers; plain lists and loops."""

import math
import random
from operator import mul


class Network:
    """pixels -> hidden units (ReLU) -> a probability for each class (softmax).

    A layer is a list of rows, one a unit; the last weight of a row is its bias.
    """

    def __init__(self, inputs, hidden, outputs, seed):
        rng = random.Random(seed)

        def layer(rows, columns):
            spread = math.sqrt(2 / columns)
            return [[rng.gauss(0, spread) for _ in range(columns)] + [0.0] for _ in range(rows)]

        self.layers = [layer(hidden, inputs), layer(outputs, hidden)]

    def forward(self, pixels):
        """Return (pixels + bias input, hidden values + bias input, probabilities)."""
        first, second = self.layers
        given = [*pixels, 1.0]
        hidden = [max(0.0, sum(map(mul, row, given))) for row in first]
        hidden.append(1.0)
        scores = [sum(map(mul, row, hidden)) for row in second]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        return given, hidden, [power / total for power in powers]

    def gradient(self, batch):
        """Return the mean gradient over a batch, shaped like `layers`, its summed loss and hits."""
        first, second = ([[0.0] * len(row) for row in layer] for layer in self.layers)
        leaving = list(zip(*self.layers[1]))  # the weights that leave each hidden unit
        loss, hits = 0.0, 0
        for pixels, digit in batch:
            given, hidden, chances = self.forward(pixels)
            loss -= math.log(max(chances[digit], 1e-12))
            hits += chances[digit] == max(chances)
            errors = [chance / len(batch) for chance in chances]
            errors[digit] -= 1 / len(batch)
            for unit, error in enumerate(errors):
                second[unit] = [total + error * value for total, value in zip(second[unit], hidden)]
            for unit in range(len(first)):
                if hidden[unit] > 0:  # ReLU passes no error where it let nothing through
                    back = sum(map(mul, errors, leaving[unit]))
                    first[unit] = [total + back * value for total, value in zip(first[unit], given)]
        return [first, second], loss, hits


class Sgd:
    """Stochastic gradient descent with momentum."""

    def __init__(self, layers, lr, momentum):
        self.layers, self.lr, self.momentum = layers, lr, momentum
        self.speeds = [[[0.0] * len(row) for row in layer] for layer in layers]

    def step(self, gradient):
        lr, momentum = self.lr, self.momentum
        for layer, speeds, slopes in zip(self.layers, self.speeds, gradient):
            for unit, slope in enumerate(slopes):
                speed = [momentum * v - lr * g for v, g in zip(speeds[unit], slope)]
                speeds[unit] = speed
                layer[unit] = [weight + v for weight, v in zip(layer[unit], speed)]


class Adam:
    """Adam; `momentum` is beta1."""

    BETA2 = 0.999

    def __init__(self, layers, lr, momentum):
        self.layers, self.lr, self.momentum, self.steps = layers, lr, momentum, 0
        self.means = [[[0.0] * len(row) for row in layer] for layer in layers]
        self.squares = [[[0.0] * len(row) for row in layer] for layer in layers]

    def step(self, gradient):
        self.steps += 1
        beta1, beta2 = self.momentum, self.BETA2
        # Bias correction: both averages start at zero.
        rate = self.lr * math.sqrt(1 - beta2**self.steps) / (1 - beta1**self.steps)
        for place, layer in enumerate(self.layers):
            means, squares = self.means[place], self.squares[place]
            for unit, slope in enumerate(gradient[place]):
                mean = [beta1 * m + (1 - beta1) * g for m, g in zip(means[unit], slope)]
                square = [beta2 * s + (1 - beta2) * g * g for s, g in zip(squares[unit], slope)]
                means[unit], squares[unit] = mean, square
                moved = zip(layer[unit], mean, square)
                layer[unit] = [w - rate * m / (math.sqrt(s) + 1e-8) for w, m, s in moved]


OPTIMIZERS = {"sgd": Sgd, "adam": Adam}
