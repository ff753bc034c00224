// Decodes PNG files.

import { inflateSync } from "node:zlib";
import { expect } from "./test";

/** Size and number of colours of a PNG with 8 bits a channel, as canvases write it. */
export function pixels(png: Buffer) {
  expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts: Buffer[] = [];
  let [width, height, kind] = [0, 0, 0];
  for (let at = 8; at < png.length; ) {
    const [length, name] = [png.readUInt32BE(at), png.toString("latin1", at + 4, at + 8)];
    const data = png.subarray(at + 8, at + 8 + length);
    if (name === "IHDR") [width, height, kind] = [data.readUInt32BE(0), data.readUInt32BE(4), data[9]];
    if (name === "IDAT") parts.push(data);
    at += length + 12;
  }
  const channels = kind === 6 ? 4 : 3;
  const bytes = inflateSync(Buffer.concat(parts));
  const row = width * channels;
  const colours = new Set<number>();
  let above = new Uint8Array(row);
  for (let y = 0; y < height; y++) {
    const from = y * (row + 1);
    const line = Uint8Array.from(bytes.subarray(from + 1, from + 1 + row));
    for (let x = 0; x < row; x++) {
      const [left, up, corner] = [line[x - channels] ?? 0, above[x], above[x - channels] ?? 0];
      const near = [left, up, corner].sort((a, b) => Math.abs(left + up - corner - a) - Math.abs(left + up - corner - b));
      // None, left, above, mean, Paeth.
      line[x] += [0, left, up, (left + up) >> 1, near[0]][bytes[from]];
    }
    for (let x = 0; x < row; x += channels) colours.add((line[x] << 16) | (line[x + 1] << 8) | line[x + 2]);
    above = line;
  }
  return { width, height, colours: colours.size };
}
