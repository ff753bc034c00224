// One chart: uPlot draws scales and axes, the curves are drawn over them.
//
// Curves have separate columns instead of a shared x column: a hundred runs with
// different steps would make a shared table sparse.

import uPlot from "uplot";

import { listen } from "./gesture.js";
import { duration, ema, short, ticks } from "./number.js";
import { NonFiniteMarks, gaps } from "./non_finite.js";
import { paint } from "./paint.js";
import { extent, heights } from "./range.js";
import { save } from "./save.js";
import { Tip } from "./tip.js";

const DEFAULTS = { xKind: "number", xLabel: "step", logX: false, logY: false, smoothing: 0, clip: false, nonFiniteSince: "{value} ≥ {x}", nonFiniteAt: "{value}: {x}" };

export class Plot {
  constructor(host, onHover, onRange) {
    Object.assign(this, { host, onHover, onRange, list: [], lit: -1, how: DEFAULTS, zoomed: null, moving: false, colours: new Map() });
    this.tip = new Tip(this);
    this.nonFinite = new NonFiniteMarks(this);
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(host);
    // Invisible charts are not drawn.
    this.seen = false;
    this.sight = new IntersectionObserver(([entry]) => {
      this.seen = entry.isIntersecting;
      if (this.seen && this.stale) this.redraw();
    }, { rootMargin: "200px" });
    this.sight.observe(host);
    this.repaint = () => {
      this.colours.clear();
      if (this.u) this.build();
    };
    this.themes = new MutationObserver(this.repaint);
    this.themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.system = matchMedia("(prefers-color-scheme: dark)");
    this.system.addEventListener("change", this.repaint);
  }

  curves(names, colours, starts, x, y, low, high) {
    this.list = names.map((name, i) => {
      const [from, to] = [starts[i], starts[i + 1]];
      const banded = low.length > 0;
      return {
        name,
        colour: colours[i],
        x: x.subarray(from, to),
        y: y.subarray(from, to),
        gaps: gaps(y.subarray(from, to)),
        low: banded ? low.subarray(from, to) : null,
        high: banded ? high.subarray(from, to) : null,
      };
    });
    if (this.lit >= this.list.length) this.lit = -1;
    this.smooth();
    this.redraw();
  }

  look(how) {
    const before = this.how;
    this.how = { ...DEFAULTS, ...how };
    const moved = before.xKind !== this.how.xKind || before.xLabel !== this.how.xLabel;
    if (moved) this.zoomed = null;
    this.smooth();
    if (moved || before.logX !== this.how.logX || before.logY !== this.how.logY) {
      this.u?.destroy();
      this.u = null;
    }
    this.redraw();
  }

  highlight(index) {
    if (index === this.lit) return;
    this.lit = index;
    this.redraw();
  }

  smooth() {
    const weight = Math.min(this.how.smoothing, 0.999);
    const shown = (values) => (weight > 0 && values ? ema(values, weight) : values);
    for (const curve of this.list) {
      curve.shown = shown(curve.y);
      // The average is linear: smoothed ends of a band are those of the smoothed curves.
      [curve.shownLow, curve.shownHigh] = [shown(curve.low), shown(curve.high)];
    }
  }

  /** A CSS colour in the format of the canvas. */
  colour(css) {
    let found = this.colours.get(css);
    if (!found) {
      const probe = document.createElement("i");
      probe.style.color = css;
      this.host.append(probe);
      found = getComputedStyle(probe).color;
      probe.remove();
      this.colours.set(css, found);
    }
    return found;
  }

  value(v) {
    return short(v);
  }

  /** The text of a position on the x axis. */
  place(v) {
    if (this.how.xKind === "duration") return duration(v);
    if (this.how.xKind === "clock") return new Date(v * 1000).toLocaleString();
    return short(v);
  }

  /** The whole range of the x axis; when zoomed, only its points may be loaded. */
  full() {
    if (!this.zoomed || !this.whole) this.whole = extent(this.list, this.how.logX);
    return this.whole;
  }

  /** The visible range. */
  across() {
    return this.zoomed?.x ?? this.full();
  }

  /** The target range: several touch moves may arrive between two frames, and none may be lost. */
  view() {
    const { y } = this.u.scales;
    const held = this.zoomed?.y;
    return { x: this.across(), y: held ?? [y.min, y.max], held };
  }

  redraw() {
    this.stale = true;
    if (!this.seen || this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = null;
      if (this.gone) return;
      this.stale = false;
      if (!this.u) return this.build();
      const [min, max] = this.across();
      this.u.setScale("x", { min, max });
      if (this.pointer) this.tip.show(...this.pointer);
    });
  }

  build() {
    this.u?.destroy();
    this.tip.hide();
    this.paint = {
      axis: this.colour("var(--text-faint)"),
      grid: this.colour("var(--line)"),
      text: this.colour("var(--text)"),
      ground: this.colour("var(--bg)"),
    };
    this.u = new uPlot(this.options(), [this.full(), [null, null]], this.host);
    this.tip.mount(this.u.over);
    listen(this, this.u.over);
  }

  options() {
    const { how } = this;
    const axis = (size) => ({
      size,
      stroke: () => this.paint.axis,
      grid: { stroke: () => this.paint.grid, width: 1 },
      ticks: { show: false },
      font: "11px system-ui, sans-serif",
      gap: 5,
    });
    const time = how.xKind === "clock";
    const xAxis = { ...axis(28), space: how.xKind === "number" ? 50 : 70 };
    if (how.xKind === "duration") xAxis.values = (_u, values) => values.map((v) => (v == null ? "" : duration(v)));
    if (how.xKind === "number" && !how.logX) xAxis.values = (_u, values) => ticks(values);
    const yAxis = { ...axis((_u, values) => 14 + 6.4 * Math.max(3, ...(values ?? []).map((v) => v?.length ?? 0))) };
    const logValues = (u, values) => values.map((v) => (v == null ? "" : short(v)));
    yAxis.values = how.logY ? logValues : (_u, values) => ticks(values);
    if (how.logX) xAxis.values = logValues;
    // Within one power of ten there would be no label.
    const every = (u, splits, side) => {
      const scale = u.scales[side ? "y" : "x"];
      return scale.max / scale.min < 30 ? splits : splits.map((v) => (Math.abs(Math.log10(v) % 1) < 1e-9 ? v : null));
    };
    if (how.logX) xAxis.filter = every;
    if (how.logY) yAxis.filter = every;
    return {
      ...this.size(),
      padding: [10, 14, 0, 0],
      scales: {
        x: { time, distr: how.logX ? 3 : 1, range: () => this.across() },
        y: { distr: how.logY ? 3 : 1, range: () => this.zoomed?.y ?? heights(this.list, ...this.across(), this.how) },
      },
      axes: [xAxis, yAxis],
      legend: { show: false },
      cursor: { show: false },
      series: [{}, { scale: "y", show: true, points: { show: false } }],
      hooks: {
        draw: [
          (u) => {
            paint(this, u.ctx, u.bbox, devicePixelRatio);
            // The first draw happens in the constructor.
            queueMicrotask(() => this.u === u && this.nonFinite.show());
          },
        ],
      },
    };
  }

  size() {
    return { width: Math.max(this.host.clientWidth, 80), height: Math.max(this.host.clientHeight, 80) };
  }

  resize() {
    if (this.u) this.u.setSize(this.size());
  }

  hover(left, top) {
    this.pointer = [left, top];
    const meant = this.tip.show(left, top);
    if (meant === this.lit) return;
    this.highlight(meant);
    this.onHover(meant);
  }

  leave() {
    this.pointer = null;
    this.tip.hide();
    this.highlight(-1);
    this.onHover(-1);
  }

  /** Highlights the next curve, by keys. */
  next(step) {
    const count = this.list.length;
    if (!count) return;
    const from = this.lit < 0 ? (step > 0 ? -1 : 0) : this.lit;
    this.highlight((from + step + count) % count);
    this.onHover(this.lit);
    const { x, shown } = this.list[this.lit];
    let at = x.length - 1;
    while (at > 0 && !Number.isFinite(shown[at])) at--;
    if (at >= 0) this.tip.show(this.u.valToPos(x[at], "x"), this.u.valToPos(shown[at], "y"));
  }

  /** Shows a range, or all. It counts as moving until there was no call for a moment. */
  show(zoomed) {
    this.zoomed = zoomed;
    this.moving = true;
    this.redraw();
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.rest(), 150);
  }

  rest() {
    if (this.gone) return;
    this.moving = false;
    this.redraw();
    const [min, max] = this.zoomed?.x ?? [NaN, NaN];
    this.onRange(min, max);
  }

  zoomInto({ left, top, width, height, x, y }) {
    const along = (from, to, key) => [this.u.posToVal(from, key), this.u.posToVal(to, key)];
    const now = this.view();
    this.show({
      x: x ? along(left, left + width, "x") : now.x,
      y: y ? along(top + height, top, "y") : now.held,
    });
  }

  /** Pans the visible range by a number of pixels. */
  shift({ x, y, held }, dx, dy) {
    const { width, height } = this.u.over.getBoundingClientRect();
    this.show({
      x: moved(x, -dx / width, this.how.logX),
      y: Math.abs(dy) > 4 || held ? moved(y, dy / height, this.how.logY) : undefined,
    });
  }

  /** Zooms by `factor`, around a position. */
  scale(factor, left) {
    const { x, held } = this.view();
    const width = this.u.over.clientWidth || 1;
    const [full, share] = [this.full(), left / width];
    const grown = spread(x, factor, share, this.how.logX);
    const all = grown[0] <= full[0] && grown[1] >= full[1];
    this.show(all ? null : { x: grown, y: held });
  }

  zoom(word) {
    if (!this.u) return;
    if (word === "all") return this.show(null);
    this.scale(word === "in" ? 0.6 : 1 / 0.6, this.u.over.clientWidth / 2);
  }

  save(kind, name) {
    if (this.u) save(this, kind, name);
  }

  dispose() {
    this.gone = true;
    clearTimeout(this.telling);
    cancelAnimationFrame(this.frame);
    this.sizes.disconnect();
    this.sight.disconnect();
    this.themes.disconnect();
    this.system.removeEventListener("change", this.repaint);
    this.u?.destroy();
  }
}

function moved([min, max], share, log) {
  if (log) {
    const factor = (max / min) ** share;
    return [min * factor, max * factor];
  }
  const by = (max - min) * share;
  return [min + by, max + by];
}

function spread([min, max], factor, share, log) {
  if (log) {
    const at = min * (max / min) ** share;
    return [at / (at / min) ** factor, at * (max / at) ** factor];
  }
  const at = min + (max - min) * share;
  return [at - (at - min) * factor, at + (max - at) * factor];
}
