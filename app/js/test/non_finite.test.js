// Where curves cease to be finite, and what charts say of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { gapAt, gaps, marks, words } from "../chart/non_finite.js";

const curve = (...y) => {
  const values = Float64Array.from(y);
  return { name: "a", x: Float64Array.from(y, (_, i) => i * 10), y: values, shown: values, gaps: gaps(values) };
};
const how = { xLabel: "step", nonFiniteSince: "{value} since {label} {x}", nonFiniteAt: "{value} at {label} {x}" };
const plot = (...list) => ({ list, how, value: String, place: String });
const box = { left: 0, top: 0, width: 100, height: 50 };
const to = { min: 0, max: 100, x: (v) => v, y: (v) => 50 - v };

test("the first and the last non-finite range are returned", () => {
  assert.deepEqual(curve(1, 2).gaps, []);
  assert.deepEqual(curve(1, NaN, NaN).gaps, [{ at: 1, last: true }]);
  assert.deepEqual(curve(1, NaN, 2, NaN, 3, Infinity, NaN).gaps, [{ at: 1, last: false }, { at: 5, last: true }]);
  assert.deepEqual(curve(NaN, NaN).gaps, [{ at: 0, last: true }]);
  assert.deepEqual(curve().gaps, []);
});

test("a gap in words", () => {
  const one = curve(1, NaN, 2, Infinity, NaN);
  assert.equal(words(plot(one), one, one.gaps[0]), "NaN at step 10");
  assert.equal(words(plot(one), one, one.gaps[1]), "Infinity since step 30");
  assert.equal(gapAt(one, 1), one.gaps[0]);
  assert.equal(gapAt(one, 4), one.gaps[1]);
  assert.equal(gapAt(one, 2), undefined);
});

test("a mark stands at its x, as high as the last value before", () => {
  const [mark] = marks(plot(curve(20, 30, NaN)), to, box);
  assert.deepEqual([mark.x, mark.y], [20, 20]);
  const [bottom] = marks(plot(curve(NaN, NaN)), to, box);
  assert.deepEqual([bottom.x, bottom.y], [0, 46]);
  assert.deepEqual(marks(plot(curve(20, NaN)), { ...to, min: 50 }, box), []);
});
