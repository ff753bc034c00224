// The visible range.

import { firstNotBelow, quantile } from "./number.js";

/** The smallest and largest x of all curves that the scale can show. */
export function extent(curves, log) {
  let [min, max] = [Infinity, -Infinity];
  for (const { x } of curves) {
    let at = log ? firstNotBelow(x, Number.MIN_VALUE) : 0;
    if (at < x.length) {
      min = Math.min(min, x[at]);
      max = Math.max(max, x[x.length - 1]);
    }
  }
  if (min > max) return log ? [1, 10] : [0, 1];
  if (min === max) return log ? [min / 2, max * 2] : [min - 0.5, max + 0.5];
  return [min, max];
}

/** The indexes of a curve from the last before `min` to the first after `max`. */
export function window(x, min, max) {
  const from = Math.max(firstNotBelow(x, min) - 1, 0);
  let to = firstNotBelow(x, max);
  while (to < x.length && x[to] === max) to++;
  return [from, Math.min(to + 1, x.length)];
}

/** The visible y range, with a margin; optionally without outliers. */
export function heights(curves, xMin, xMax, { logY, clip }) {
  let [min, max] = [Infinity, -Infinity];
  const all = [];
  const take = (v) => {
    if (!Number.isFinite(v) || (logY && v <= 0)) return;
    if (v < min) min = v;
    if (v > max) max = v;
    if (clip) all.push(v);
  };
  for (const { x, shown, shownLow: low, shownHigh: high } of curves) {
    const [from, to] = window(x, xMin, xMax);
    for (let i = from; i < to; i++) {
      if (x[i] < xMin || x[i] > xMax) continue;
      take(shown[i]);
      if (low) take(low[i]), take(high[i]);
    }
  }
  if (min > max) return logY ? [1, 10] : [0, 1];
  if (clip && all.length > 20) {
    // As in TensorBoard: at least 95 % of the points are visible.
    const sorted = Float64Array.from(all).sort();
    [min, max] = [quantile(sorted, 0.025), quantile(sorted, 0.975)];
  }
  if (logY) {
    const air = Math.max((max / min) ** 0.05, 1.05);
    return [min / air, max * air];
  }
  const air = max > min ? (max - min) * 0.06 : Math.abs(max) * 0.1 || 0.5;
  return [min - air, max + air];
}

/** From values to pixels of the plot's box. */
export function projection(plot, box) {
  const { x, y } = plot.u.scales;
  const along = (scale, from, length, down) => {
    const log = scale.distr === 3;
    const put = log ? Math.log10 : (v) => v;
    const [min, max] = [put(scale.min), put(scale.max)];
    const factor = length / (max - min || 1);
    return down
      ? (v) => from + length - (put(v) - min) * factor
      : (v) => from + (put(v) - min) * factor;
  };
  return { x: along(x, box.left, box.width, false), y: along(y, box.top, box.height, true), min: x.min, max: x.max };
}
