// Exports the chart as PNG, SVG or CSV.

import { cell } from "./csv.js";
import { paint, paths } from "./paint.js";

const FONT = "12px system-ui, sans-serif";
const LINE = 18;

export async function save(plot, kind, name) {
  const blob = kind === "png" ? await png(plot, name) : new Blob([kind === "svg" ? svg(plot, name) : csv(plot)], {
    type: kind === "svg" ? "image/svg+xml" : "text/csv",
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${name.replace(/[^\p{L}\p{N}._-]+/gu, "_")}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The legend below an image, wrapped into rows. */
function legend(plot, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = FONT;
  let [x, row] = [12, 0];
  const items = plot.list.slice(0, 60).map((curve) => {
    const wide = pen.measureText(curve.name).width + 34;
    if (x + wide > width && x > 12) [x, row] = [12, row + 1];
    const item = { x, row, name: curve.name, colour: plot.colour(curve.colour) };
    x += wide;
    return item;
  });
  return { items, height: (row + 1) * LINE + 10 };
}

function png(plot, title) {
  const { u } = plot;
  const ratio = u.ctx.canvas.width / u.width;
  const names = legend(plot, u.width);
  const top = 30;
  const canvas = document.createElement("canvas");
  canvas.width = u.ctx.canvas.width;
  canvas.height = Math.round((u.height + top + names.height) * ratio);
  const pen = canvas.getContext("2d");
  pen.fillStyle = plot.paint.ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(u.ctx.canvas, 0, top * ratio);
  pen.scale(ratio, ratio);
  pen.fillStyle = plot.paint.text;
  pen.font = `600 13px system-ui, sans-serif`;
  pen.fillText(title, 12, 20);
  pen.font = FONT;
  for (const { x, row, name, colour } of names.items) {
    const y = top + u.height + row * LINE + 14;
    pen.fillStyle = colour;
    pen.fillRect(x, y - 5, 12, 3);
    pen.fillStyle = plot.paint.text;
    pen.fillText(name, x + 18, y);
  }
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

const xml = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

function svg(plot, title) {
  const { u, paint: colours } = plot;
  const ratio = u.ctx.canvas.width / u.width;
  const top = 30;
  const box = {
    left: u.bbox.left / ratio,
    top: u.bbox.top / ratio + top,
    width: u.bbox.width / ratio,
    height: u.bbox.height / ratio,
  };
  const names = legend(plot, u.width);
  const [xAxis, yAxis] = u.axes;
  const parts = [`<text x="12" y="20" font-weight="600" font-size="13">${xml(title)}</text>`];
  (yAxis._splits ?? []).forEach((v, i) => {
    const y = (top + u.valToPos(v, "y") + u.bbox.top / ratio).toFixed(1);
    parts.push(`<path d="M${box.left} ${y}h${box.width}" stroke="${colours.grid}"/>`);
    parts.push(`<text x="${box.left - 6}" y="${+y + 4}" text-anchor="end" fill="${colours.axis}">${xml(yAxis._values[i] ?? "")}</text>`);
  });
  (xAxis._splits ?? []).forEach((v, i) => {
    const x = (box.left + u.valToPos(v, "x")).toFixed(1);
    parts.push(`<path d="M${x} ${box.top}v${box.height}" stroke="${colours.grid}"/>`);
    const word = String(xAxis._values[i] ?? "").split("\n")[0];
    parts.push(`<text x="${x}" y="${box.top + box.height + 16}" text-anchor="middle" fill="${colours.axis}">${xml(word)}</text>`);
  });
  const clip = `<clipPath id="c"><rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}"/></clipPath>`;
  parts.push(`${clip}<g clip-path="url(#c)">${paths(plot, box).join("")}</g>`);
  for (const { x, row, name, colour } of names.items) {
    const y = top + u.height + row * LINE + 14;
    parts.push(`<rect x="${x}" y="${y - 5}" width="12" height="3" fill="${colour}"/><text x="${x + 18}" y="${y}">${xml(name)}</text>`);
  }
  const height = u.height + top + names.height;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${u.width} ${height}" width="${u.width}" height="${height}" font-family="system-ui, sans-serif" font-size="12" fill="${colours.text}"><rect width="100%" height="100%" fill="${colours.ground}"/>${parts.join("")}</svg>`;
}

/** One line per drawn point; with bands, also their limits. */
function csv(plot) {
  const [bands, smooth] = [plot.list.some((curve) => curve.low), plot.how.smoothing > 0];
  const lines = [["run", plot.how.xLabel, "value", smooth && "smoothed", bands && "low", bands && "high"].filter(Boolean).map(cell).join(",")];
  for (const curve of plot.list) {
    const name = cell(curve.name);
    curve.x.forEach((x, i) => {
      const row = [name, x, curve.y[i]];
      if (smooth) row.push(curve.shown[i]);
      if (bands) row.push(curve.low?.[i] ?? "", curve.high?.[i] ?? "");
      lines.push(row.join(","));
    });
  }
  return lines.join("\n") + "\n";
}
