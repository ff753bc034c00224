// Marks where values of a curve are not finite, and their tooltips.

import { projection } from "./range.js";

/** With more curves than this, only curves that end in such values are marked. */
const MAX_CURVES = 24;
/** Half of the cross, in pixels. */
const ARM = 4;

/**
 * Stretches of values that are not finite, by the places at which they begin: the first one, and the one that reaches
 * the end (`last`). What lies between two such is not marked.
 */
export function gaps(y) {
  let [first, last] = [0, y.length];
  while (last > 0 && !Number.isFinite(y[last - 1])) last--;
  while (first < last && Number.isFinite(y[first])) first++;
  const found = [];
  if (first < last) found.push({ at: first, last: false });
  if (last < y.length) found.push({ at: last, last: true });
  return found;
}

/** The text of a gap: "NaN since step 21". */
export function words(plot, curve, { at, last }) {
  const known = { value: plot.value(curve.y[at]), label: plot.how.xLabel, x: plot.place(curve.x[at]) };
  const text = last ? plot.how.nonFiniteSince : plot.how.nonFiniteAt;
  return text.replace(/\{(\w+)\}/g, (_, word) => known[word] ?? "");
}

/** The gap that contains a point of a curve, if it is marked. */
export function gapAt({ gaps, y }, at) {
  const before = gaps.filter((gap) => gap.at <= at);
  const gap = before[before.length - 1];
  return gap && !y.subarray(gap.at, at + 1).some(Number.isFinite) ? gap : undefined;
}

/** The visible marks, as positions in a box: beside the last finite value. */
export function marks(plot, to, box) {
  const found = [];
  plot.list.forEach((curve, index) => {
    for (const gap of curve.gaps) {
      if (!gap.last && plot.list.length > MAX_CURVES) continue;
      const x = curve.x[gap.at];
      if (!(x >= to.min && x <= to.max)) continue;
      let near = gap.at - 1;
      while (near >= 0 && !Number.isFinite(to.y(curve.shown[near]))) near--;
      const y = near >= 0 ? to.y(curve.shown[near]) : box.top + box.height;
      const inside = Math.min(Math.max(y, box.top + ARM), box.top + box.height - ARM);
      found.push({ curve, gap, index, x: to.x(x), y: inside });
    }
  });
  return found;
}

/** The cross of a mark as the path of an SVG; canvas takes the same. */
export function cross({ x, y }, ratio = 1) {
  const arm = ARM * ratio;
  return `M${x - arm} ${y - arm}l${2 * arm} ${2 * arm}M${x - arm} ${y + arm}l${2 * arm} ${-2 * arm}`;
}

/** Elements over the marks, each with a tooltip. */
export class NonFiniteMarks {
  constructor(plot) {
    this.plot = plot;
    this.made = [];
  }

  show() {
    const { plot } = this;
    const { over } = plot.u;
    const box = { left: 0, top: 0, width: over.clientWidth, height: over.clientHeight };
    const found = marks(plot, projection(plot, box), box);
    this.made.forEach((mark) => mark.remove());
    this.made = found.map(({ curve, gap, x, y }) => {
      const mark = document.createElement("i");
      mark.className = "plot__non-finite";
      mark.title = `${curve.name}: ${words(plot, curve, gap)}`;
      mark.style.transform = `translate(${x}px, ${y}px)`;
      return mark;
    });
    over.append(...this.made);
  }
}
