// The one door to the charts. `app/src/js/chart.rs` is its typed binding; nothing else calls it.
//
// The drawing (`chart/`) and uPlot below it are a bundle of their own, fetched with the first chart.

let library;
const load = () => (library ??= import("/vendor/chart.js"));

/** A chart inside `host`. What it is told before the bundle is there is done then. */
export class Chart {
  constructor(host, onHover, onRange) {
    this.waiting = new Map();
    load().then(({ Plot }) => {
      if (this.gone) return;
      this.plot = new Plot(host, onHover, onRange);
      for (const [verb, rest] of this.waiting) this.plot[verb](...rest);
    });
  }

  tell(verb, ...rest) {
    if (this.plot) return this.plot[verb](...rest);
    this.waiting.set(verb, rest);
  }

  /** Shows curves: per curve a name, a colour of CSS and where its points begin in the columns. */
  curves(names, colours, starts, x, y, low, high) {
    this.tell("curves", names, colours, starts, x, y, low, high);
  }

  /** How it is drawn: the JSON of `Look`. */
  look(json) {
    this.tell("look", JSON.parse(json));
  }

  /** Brings one curve out, or none (-1). */
  highlight(index) {
    this.tell("highlight", index);
  }

  /** Zooms: "in", "out" or "all". */
  zoom(word) {
    this.plot?.zoom(word);
  }

  /** Hands a file to the user: "png", "svg" or "csv". */
  save(kind, name) {
    this.plot?.save(kind, name);
  }

  dispose() {
    this.gone = true;
    this.plot?.dispose();
  }
}
