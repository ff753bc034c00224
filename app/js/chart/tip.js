// The tooltip: the nearest curve, and the values at the pointer.

import { firstNotBelow } from "./number.js";
import { gapAt, words } from "./non_finite.js";

/** Maximum distance of the pointer from a curve to select it, in pixels. */
const REACH = 36;
const MAX_ROWS = 8;

/** The point of a curve whose x is closest. */
function closest({ x }, value) {
  const at = firstNotBelow(x, value);
  if (at === 0) return 0;
  if (at === x.length) return x.length - 1;
  return value - x[at - 1] <= x[at] - value ? at - 1 : at;
}

/** The point of each curve at the pointer, nearest first. */
export function beside(plot, left, top) {
  const { u, list } = plot;
  const value = u.posToVal(left, "x");
  const found = [];
  list.forEach((curve, index) => {
    if (!curve.x.length) return;
    const at = closest(curve, value);
    const [px, py] = [u.valToPos(curve.x[at], "x"), u.valToPos(curve.shown[at], "y")];
    // A non-finite value has no position, but is listed.
    if (Number.isFinite(px) && !Number.isFinite(curve.shown[at])) return found.push({ index, at, px, py, near: Infinity });
    if (!Number.isFinite(py) || !Number.isFinite(px)) return;
    // A curve that has ended, or has few points, can be selected along its line.
    const near = Math.abs(py - top) + Math.max(0, Math.abs(px - left) - 24) * 2;
    found.push({ index, at, px, py, near });
  });
  return found.sort((a, b) => a.near - b.near);
}

/** The box with the values. */
export class Tip {
  constructor(plot) {
    this.plot = plot;
    this.line = Object.assign(document.createElement("i"), { className: "plot__line" });
    this.dot = Object.assign(document.createElement("i"), { className: "plot__dot" });
    this.box = Object.assign(document.createElement("div"), { className: "plot__tip" });
  }

  mount(over) {
    over.append(this.line, this.dot);
    this.plot.host.append(this.box);
    this.hide();
  }

  hide() {
    for (const part of [this.line, this.dot, this.box]) part.hidden = true;
  }

  /** Shows the values at the pointer; returns the nearest curve, or -1. */
  show(left, top) {
    const found = beside(this.plot, left, top);
    if (!found.length) {
      this.hide();
      return -1;
    }
    const [first] = found;
    const seen = Number.isFinite(first.near);
    const meant = first.near <= REACH || (seen && found.length === 1) ? first.index : -1;
    this.line.hidden = this.box.hidden = false;
    this.line.style.transform = `translateX(${Math.round(first.px)}px)`;
    this.dot.hidden = meant < 0;
    if (meant >= 0) {
      this.dot.style.transform = `translate(${first.px}px, ${first.py}px)`;
      this.dot.style.background = this.plot.colour(this.plot.list[meant].colour);
    }
    this.fill(found, meant);
    this.place(left, top);
    return meant;
  }

  fill(found, meant) {
    const { plot } = this;
    const [first] = found;
    const rows = found.slice(0, MAX_ROWS).map(({ index, at }) => {
      const curve = plot.list[index];
      const row = element("div", index === meant ? "plot__row plot__row--lit" : "plot__row");
      const mark = element("i", "plot__mark");
      mark.style.background = plot.colour(curve.colour);
      const band = curve.low ? ` (${plot.value(curve.shownLow[at])} – ${plot.value(curve.shownHigh[at])})` : "";
      const raw = plot.how.smoothing > 0 && !curve.low ? ` (${plot.value(curve.y[at])})` : "";
      row.append(mark, element("span", "plot__name", curve.name));
      if (!Number.isFinite(curve.y[at])) {
        const gap = gapAt(curve, at);
        row.append(element("b", "plot__value plot__value--non-finite", gap ? words(plot, curve, gap) : plot.value(curve.y[at])));
        return row;
      }
      row.append(element("b", "plot__value", plot.value(curve.shown[at]) + raw + band));
      return row;
    });
    const head = element("div", "plot__head", `${plot.how.xLabel} ${plot.place(plot.list[first.index].x[first.at])}`);
    const more = found.length - rows.length;
    if (more > 0) rows.push(element("div", "plot__more", `+${more}`));
    this.box.replaceChildren(head, ...rows);
  }

  /** Beside the pointer, on the side with enough space. */
  place(left, top) {
    const { u, host } = this.plot;
    const [over, frame] = [u.over.getBoundingClientRect(), host.getBoundingClientRect()];
    const x = over.left - frame.left + left;
    const y = over.top - frame.top + top;
    const width = this.box.offsetWidth;
    const fits = x + 16 + width <= frame.width;
    const leftPx = fits ? x + 16 : Math.max(x - 16 - width, 0);
    const topPx = Math.min(Math.max(y - this.box.offsetHeight / 2, 0), Math.max(frame.height - this.box.offsetHeight, 0));
    this.box.style.transform = `translate(${Math.round(leftPx)}px, ${Math.round(topPx)}px)`;
  }
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
