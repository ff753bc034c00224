// The interface of the charts. `app/src/js/chart.rs` is its typed binding and the only caller.
//
// The implementation (`chart/`) and uPlot are a separate bundle, fetched with the first chart.

let library;
const load = () => (library ??= import("/vendor/chart.js"));

/** A chart inside `host`. Calls before the bundle is loaded are queued. */
export class Chart {
  constructor(host, onHover, onRange) {
    this.waiting = new Map();
    load().then(({ Plot }) => {
      if (this.gone) return;
      this.plot = new Plot(host, onHover, onRange);
      for (const [verb, rest] of this.waiting) this.plot[verb](...rest);
    });
  }

  call(verb, ...rest) {
    if (this.plot) return this.plot[verb](...rest);
    this.waiting.set(verb, rest);
  }

  /** Shows curves: per curve a name, a CSS colour and the start of its points in the columns. */
  curves(names, colours, starts, x, y, low, high) {
    this.call("curves", names, colours, starts, x, y, low, high);
  }

  /** Sets the drawing options: the JSON of `ChartOptions`. */
  look(json) {
    this.call("look", JSON.parse(json));
  }

  /** Highlights one curve, or none (-1). */
  highlight(index) {
    this.call("highlight", index);
  }

  /** Zooms: "in", "out" or "all". */
  zoom(word) {
    this.plot?.zoom(word);
  }

  /** Saves the chart as a file: "png", "svg" or "csv". */
  save(kind, name) {
    this.plot?.save(kind, name);
  }

  dispose() {
    this.gone = true;
    this.plot?.dispose();
  }
}
