// The one door to uPlot. `app/src/js/chart.rs` is its typed binding; nothing else calls it.
//
// The library is a bundle of its own and is fetched when the first chart is shown.

let library;
const load = () => (library ??= import("/vendor/chart.js").then((module) => module.default));

/** The design tokens as colours that a canvas understands, whatever the theme. */
function palette(host) {
  const probe = document.createElement("i");
  host.append(probe);
  const colour = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const lines = Array.from({ length: 8 }, (_, index) => colour(`--curve-${index + 1}`));
  const found = { axis: colour("--text-faint"), grid: colour("--line"), lines };
  probe.remove();
  return found;
}

/** Infinity marks "no point here": undefined draws through it. NaN was reported: null is a gap. */
function column(values) {
  return Array.from(values, (v) => (v === Infinity ? undefined : Number.isNaN(v) ? null : v));
}

const width = (host) => Math.max(host.clientWidth, 80);

function axis(chart, size) {
  return {
    size,
    stroke: () => chart.colours.axis,
    grid: { stroke: () => chart.colours.grid, width: 1 },
    ticks: { show: false },
    font: "11px system-ui, sans-serif",
    gap: 4,
  };
}

function value(_chart, v) {
  if (v == null) return "";
  return v !== 0 && (Math.abs(v) < 1e-4 || Math.abs(v) >= 1e7) ? v.toExponential(3) : String(+v.toPrecision(5));
}

function options(chart) {
  const lines = chart.labels.map((label, index) => ({
    label,
    value,
    stroke: () => chart.colours.lines[index % 8],
    width: 1.5,
    points: { size: 5 },
  }));
  return {
    width: width(chart.host),
    height: chart.height,
    scales: { x: { time: false } },
    axes: [axis(chart, 26), axis(chart, 46)],
    padding: [8, 12, 0, 0],
    legend: { markers: { width: 0, fill: (_plot, index) => chart.colours.lines[(index - 1) % 8] } },
    series: [{ label: chart.xLabel, value }, ...lines],
    cursor: { y: false, focus: { prox: 24 }, drag: { x: true, y: false } },
    focus: { alpha: 0.25 },
  };
}

/** A chart inside `host`. It draws once the library is there and data was set. */
export class Chart {
  constructor(host, xLabel, height) {
    Object.assign(this, { host, xLabel, height, labels: [], gone: false, colours: palette(host) });
    this.sizes = new ResizeObserver(() => this.plot?.setSize({ width: width(host), height }));
    this.sizes.observe(host);
    this.repaint = () => {
      this.colours = palette(host);
      if (this.plot) this.draw();
    };
    this.themes = new MutationObserver(this.repaint);
    this.themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.system = matchMedia("(prefers-color-scheme: dark)");
    this.system.addEventListener("change", this.repaint);
  }

  /** Shows the columns (Float64Arrays, x first) under these labels. */
  async set(labels, columns) {
    this.data = columns.map(column);
    this.uPlot = await load();
    if (this.gone) return;
    if (this.plot && labels.join("\n") === this.labels.join("\n")) return this.plot.setData(this.data);
    this.labels = labels;
    this.draw();
  }

  draw() {
    this.plot?.destroy();
    this.plot = new this.uPlot(options(this), this.data, this.host);
  }

  dispose() {
    this.gone = true;
    this.sizes.disconnect();
    this.themes.disconnect();
    this.system.removeEventListener("change", this.repaint);
    this.plot?.destroy();
  }
}
