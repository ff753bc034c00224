"""Fit a sum of Gaussian bumps to a noisy curve; every parameter comes from a nested YAML."""

import math
import random

import pyruns


def curve(x):
    """The curve that the points are sampled from."""
    return math.sin(7 * x) + 0.5 * math.sin(19 * x)


def draw_points(data):
    """Return (training, validation): lists of (x, y)."""
    rng = random.Random(data.seed)
    places = [rng.random() for _ in range(data.points)]
    points = [(x, curve(x) + rng.gauss(0, data.noise)) for x in places]
    kept = round(data.points * data.held_out)
    return points[kept:], points[:kept]


def features(model, x):
    """Return the height of each bump at x, and 1 for the constant."""
    centres = (number / max(1, model.bumps - 1) for number in range(model.bumps))
    heights = [math.exp(-(((x - centre) / model.width) ** 2) / 2) for centre in centres]
    return heights + [1.0] if model.bias else heights


def rate(optim, step):
    """Return the learning rate of a step, counted from 0."""
    schedule = optim.schedule
    warm = min(1.0, (step + 1) / max(1, schedule.warmup))
    left = 1 - step / optim.steps if schedule.kind == "linear" else 1.0
    return optim.lr * warm * left


def errors(weights, rows):
    """Return prediction minus truth for each (features, y)."""
    return [sum(w * f for w, f in zip(weights, row)) - y for row, y in rows]


def mean_square(values):
    return sum(value * value for value in values) / max(1, len(values))


def step_down(weights, rows, lr, weight_decay):
    """Return the weights after one gradient step on the mean squared error."""
    wrong = errors(weights, rows)
    slopes = [0.0] * len(weights)
    for error, (row, _) in zip(wrong, rows):
        slopes = [slope + error * feature for slope, feature in zip(slopes, row)]
    scale = 2 / len(rows)
    return [w - lr * (scale * s + weight_decay * w) for w, s in zip(weights, slopes)]


def main():
    config = pyruns.load()
    training, validation = (
        [(features(config.model, x), y) for x, y in points] for points in draw_points(config.data)
    )
    weights = [0.0] * len(training[0][0])
    for step in range(config.optim.steps):
        lr = rate(config.optim, step)
        weights = step_down(weights, training, lr, config.optim.weight_decay)
        if (step + 1) % config.report.every == 0:
            loss, val_loss = (mean_square(errors(weights, rows)) for rows in (training, validation))
            print(f"step {step + 1:4}  loss {loss:.4f}  val_loss {val_loss:.4f}", flush=True)
            pyruns.track(loss=loss, val_loss=val_loss, lr=lr)
    sizes = sorted(abs(error) for error in errors(weights, validation))
    pyruns.record(val_loss=mean_square(sizes))
    for share in config.report.quantiles:
        place = min(len(sizes) - 1, int(share * len(sizes)))
        pyruns.record({f"val_error_q{round(share * 100)}": sizes[place]})


if __name__ == "__main__":
    main()
