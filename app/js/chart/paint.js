// Draws the curves: on a canvas, or as the paths of an SVG.

import { cross, marks } from "./non_finite.js";
import { projection, window } from "./range.js";

const FADED = 0.16;
/** Marks of values that are not finite. */
const NON_FINITE = "var(--bad)";
/** With more visible points than this, strokes that are wider than a pixel take longer than a frame. */
const MAX_WIDE = 2000;
/** With more curves than this, the raw curve behind a smoothed one is omitted. */
const MAX_RAW = 24;

/** Traces a curve; starts a new segment at gaps. */
function trace(pen, curve, values, to) {
  const [from, end] = window(curve.x, to.min, to.max);
  let [down, lone] = [false, null];
  for (let i = from; i < end; i++) {
    const [px, py] = [to.x(curve.x[i]), to.y(values[i])];
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      if (lone) pen.dot(...lone);
      [down, lone] = [false, null];
      continue;
    }
    if (down) {
      pen.lineTo(px, py);
      lone = null;
    } else {
      pen.moveTo(px, py);
      lone = [px, py];
    }
    down = true;
  }
  if (lone) pen.dot(...lone);
}

function outline(pen, curve, to) {
  const [from, end] = window(curve.x, to.min, to.max);
  const sides = [curve.shownHigh, curve.shownLow].map((side, back) => {
    const points = [];
    for (let i = from; i < end; i++) {
      const point = [to.x(curve.x[i]), to.y(side[i])];
      if (point.every(Number.isFinite)) points.push(point);
    }
    return back ? points.reverse() : points;
  });
  sides.flat().forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.closePath();
}

/** Number of points between the ends of the x axis. */
function inSight(plot, to) {
  let points = 0;
  for (const { x } of plot.list) {
    const [from, end] = window(x, to.min, to.max);
    points += end - from;
  }
  return points;
}

/** The layers, from back to front: style and path. */
export function layers(plot, to) {
  const { list, lit } = plot;
  const order = list.map((_, i) => i);
  if (lit >= 0) order.push(...order.splice(lit, 1));
  const smoothed = plot.how.smoothing > 0;
  const found = [];
  for (const i of order) {
    const curve = list[i];
    const alpha = lit < 0 || i === lit ? 1 : FADED;
    const width = i === lit ? 2.25 : list.length > 40 ? 1.1 : 1.5;
    const colour = plot.colour(curve.colour);
    if (curve.low) found.push({ fill: colour, alpha: alpha * 0.16, walk: (pen) => outline(pen, curve, to) });
    if (smoothed && (list.length <= MAX_RAW || i === lit)) {
      found.push({ stroke: colour, alpha: alpha * 0.25, width: 1, walk: (pen) => trace(pen, curve, curve.y, to) });
    }
    found.push({ stroke: colour, alpha, width, walk: (pen) => trace(pen, curve, curve.shown, to) });
  }
  return found;
}

/**
 * Strokes a path. A browser without a GPU draws a line of one pixel some forty times faster than any
 * wider one, so where there is much to draw a wide line is that one beside itself, and while it moves
 * it is as thin as that.
 */
function stroke(ctx, path, width, { fine, moving }) {
  if (!fine) {
    ctx.lineWidth = width;
    ctx.stroke(path);
    return;
  }
  ctx.lineWidth = 1;
  const lines = moving ? 1 : Math.round(width);
  for (let line = 0; line < lines; line++) {
    const aside = (line - (lines - 1) / 2) * 0.6;
    ctx.translate(aside, aside);
    ctx.stroke(path);
    ctx.translate(-aside, -aside);
  }
}

/** On the canvas of the plot, or on another of the same size. */
export function paint(plot, ctx, box, ratio) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  const to = projection(plot, box);
  const how = { fine: inSight(plot, to) > MAX_WIDE, moving: plot.moving };
  for (const layer of layers(plot, to)) {
    ctx.globalAlpha = layer.alpha;
    const path = new Path2D();
    const dots = [];
    const pen = {
      moveTo: (x, y) => path.moveTo(x, y),
      lineTo: (x, y) => path.lineTo(x, y),
      closePath: () => path.closePath(),
      dot: (x, y) => dots.push([x, y]),
    };
    layer.walk(pen);
    if (layer.fill) {
      ctx.fillStyle = layer.fill;
      ctx.fill(path);
      continue;
    }
    ctx.strokeStyle = ctx.fillStyle = layer.stroke;
    stroke(ctx, path, layer.width * ratio, how);
    for (const [x, y] of dots) {
      ctx.beginPath();
      ctx.arc(x, y, 2.5 * ratio, 0, 2 * Math.PI);
      ctx.fill();
    }
  }
  ctx.globalAlpha = 1;
  ctx.strokeStyle = plot.colour(NON_FINITE);
  ctx.lineWidth = 2 * ratio;
  for (const mark of marks(plot, to, box)) ctx.stroke(new Path2D(cross(mark, ratio)));
  ctx.restore();
}

/** The same as SVG elements. */
export function paths(plot, box) {
  const round = (v) => v.toFixed(1);
  const to = projection(plot, box);
  const drawn = layers(plot, to).map((layer) => {
    const d = [];
    const dots = [];
    layer.walk({
      moveTo: (x, y) => d.push(`M${round(x)} ${round(y)}`),
      lineTo: (x, y) => d.push(`L${round(x)} ${round(y)}`),
      closePath: () => d.push("Z"),
      dot: (x, y) => dots.push(`<circle cx="${round(x)}" cy="${round(y)}" r="2.5" fill="${layer.stroke}"/>`),
    });
    const look = layer.fill
      ? `fill="${layer.fill}" fill-opacity="${layer.alpha}"`
      : `fill="none" stroke="${layer.stroke}" stroke-width="${layer.width}" stroke-opacity="${layer.alpha}" stroke-linejoin="round"`;
    return `<path d="${d.join("")}" ${look}/>${dots.join("")}`;
  });
  const crosses = marks(plot, to, box).map((mark) => `<path d="${cross(mark)}" fill="none" stroke="${plot.colour(NON_FINITE)}" stroke-width="2"/>`);
  return drawn.concat(crosses);
}
