// Formatting, smoothing and sorting of numbers.

/** A value in a legend: five significant digits. */
export function short(v) {
  if (v == null || Number.isNaN(v)) return "NaN";
  if (!Number.isFinite(v)) return v > 0 ? "∞" : "−∞";
  const size = Math.abs(v);
  return v !== 0 && (size < 1e-4 || size >= 1e7) ? v.toExponential(3).replace("e+", "e") : String(+v.toPrecision(5));
}

/** The labels of an axis, with as many digits as their distance requires. */
export function ticks(values) {
  const steps = values.filter((v) => v != null);
  const step = steps.length > 1 ? Math.abs(steps[1] - steps[0]) : Math.abs(steps[0] ?? 1) || 1;
  const top = Math.max(...steps.map(Math.abs), 0);
  const digits = decimals(step);
  return values.map((v) => {
    if (v == null) return "";
    if (v === 0) return "0";
    if (top >= 1e5 || digits > 5) return shortPower(v, step);
    return v.toFixed(digits);
  });
}

/** Number of decimals that distinguish multiples of a step: 2 for 0.25, because 0.3 and 0.8 would be wrong. */
function decimals(step) {
  let digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const rest = (step * 10 ** digits) % 1;
  if (Math.min(rest, 1 - rest) > 1e-6) digits += 1;
  return digits;
}

function shortPower(v, step) {
  const digits = Math.max(0, Math.floor(Math.log10(Math.abs(v))) - Math.floor(Math.log10(step) + 1e-9));
  const size = Math.abs(v);
  if (size >= 1e3 && size < 1e15) {
    const unit = [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]].find(([from]) => size >= from);
    return +(v / unit[0]).toPrecision(Math.max(digits + 1, 3)) + unit[1];
  }
  return v.toExponential(Math.min(digits, 4)).replace("e+", "e");
}

/** Formats seconds: 42s, 3:07, 1:02:05, 2d 04:00. */
export function duration(s, tenths = 0) {
  const sign = s < 0 ? "−" : "";
  s = Math.abs(s);
  if (s < 60) return `${sign}${+s.toFixed(tenths || (s < 10 ? 2 : 1))}s`;
  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  const [d, h, m, sec] = [s / 86400, (s % 86400) / 3600, (s % 3600) / 60, s % 60];
  if (s < 3600) return `${sign}${Math.floor(m)}:${two(sec)}`;
  if (s < 86400) return `${sign}${Math.floor(h)}:${two(m)}:${two(sec)}`;
  return `${sign}${Math.floor(d)}d ${two(h)}:${two(m)}`;
}

/**
 * Smooths as TensorBoard does: an exponential moving average whose beginning is not pulled towards
 * zero. What is not finite stays and does not count; a constant stays what it is.
 */
export function ema(y, weight) {
  const smooth = new Float64Array(y.length);
  let [last, decay, first, constant] = [0, 1, NaN, true];
  for (const v of y) {
    if (!Number.isFinite(v)) continue;
    if (Number.isNaN(first)) first = v;
    if (v !== first) {
      constant = false;
      break;
    }
  }
  for (let i = 0; i < y.length; i++) {
    const v = y[i];
    if (!Number.isFinite(v) || constant) {
      smooth[i] = v;
      continue;
    }
    last = last * weight + (1 - weight) * v;
    decay *= weight;
    smooth[i] = last / (1 - decay);
  }
  return smooth;
}

/** The `q` quantile of sorted values. */
export function quantile(sorted, q) {
  const at = (sorted.length - 1) * q;
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}

/** The first index in an increasing column whose value is not below `v`. */
export function firstNotBelow(column, v) {
  let [from, to] = [0, column.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (column[middle] < v) from = middle + 1;
    else to = middle;
  }
  return from;
}
