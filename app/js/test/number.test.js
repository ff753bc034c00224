// What charts say of numbers, and how they smooth them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { duration, ema, firstNotBelow, quantile, short, ticks } from "../chart/number.js";
import { extent, heights, window } from "../chart/range.js";

const axis = (step, count) => ticks(Array.from({ length: count }, (_, i) => i * step));

test("the words of an axis tell its values apart and are not rounded", () => {
  assert.deepEqual(axis(0.25, 4), ["0", "0.25", "0.50", "0.75"]);
  assert.deepEqual(axis(0.1, 4), ["0", "0.1", "0.2", "0.3"]);
  assert.deepEqual(axis(2.5, 3), ["0", "2.5", "5.0"]);
  assert.deepEqual(axis(500, 3), ["0", "500", "1000"]);
  assert.deepEqual(axis(25_000, 5), ["0", "25k", "50k", "75k", "100k"]);
  assert.deepEqual(axis(1e-7, 3), ["0", "1e-7", "2e-7"]);
  for (const power of [-4, -3, -2, -1, 0, 1, 2, 3]) {
    for (const digit of [1, 2, 2.5, 5]) {
      const step = digit * 10 ** power;
      axis(step, 9).forEach((word, i) => assert.ok(Math.abs(Number(word) - i * step) < step * 1e-6, `${word} for ${i} × ${step}`));
    }
  }
});

test("values have five digits that say something", () => {
  assert.equal(short(0.123456), "0.12346");
  assert.equal(short(1.5e-7), "1.500e-7");
  assert.equal(short(NaN), "NaN");
  assert.equal(short(-Infinity), "−∞");
});

test("durations are formatted", () => {
  assert.deepEqual([5, 187, 3725, 187_200].map((s) => duration(s)), ["5s", "3:07", "1:02:05", "2d 04:00"]);
});

test("an average is not biased towards zero, and ignores non-finite values", () => {
  assert.deepEqual([...ema(Float64Array.of(3, 3, 3), 0.9)], [3, 3, 3]);
  const smooth = ema(Float64Array.of(1, NaN, 3), 0.5);
  assert.equal(smooth[0], 1);
  assert.ok(Number.isNaN(smooth[1]));
  // (1 · 0.25 + 3 · 0.5) / (1 − 0.5²)
  assert.ok(Math.abs(smooth[2] - 7 / 3) < 1e-12);
});

test("the visible indexes, from the last point before to the first point after", () => {
  const x = Float64Array.of(0, 1, 2, 3, 4);
  assert.equal(firstNotBelow(x, 1.5), 2);
  assert.deepEqual(window(x, 1.5, 2.5), [1, 4]);
  assert.deepEqual(extent([{ x }], false), [0, 4]);
  assert.equal(quantile(Float64Array.of(0, 1, 2, 3, 4), 0.5), 2);
  const curve = { x, shown: Float64Array.of(0, 1, 100, 1, 0) };
  const [low, high] = heights([curve], 0, 1, {});
  assert.ok(low < 0 && high > 1 && high < 2);
});
