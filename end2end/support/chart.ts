// A chart: its card, its exported files, and the curves in its SVG.

import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { expect } from "./test";

export type FileFormat = "Image (PNG)" | "Vector image (SVG)" | "Data (CSV)";
type Range = [number, number];

/** The card of a key. */
export const cardOf = (page: Page, key: string): Locator =>
  page.locator(".chart-card", { has: page.getByText(key, { exact: true }) });

/** The exported file of a chart, with its name. */
export async function save(page: Page, card: Locator, word: FileFormat) {
  const download = page.waitForEvent("download");
  await card.hover();
  await card.getByLabel("Export chart").click();
  await card.getByRole("button", { name: word }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** The content of a chart, parsed from its SVG. */
export class Drawing {
  readonly text: string;
  /** The curves, from back to front: their lines and areas, in pixels. */
  readonly paths: { d: string; filled: boolean; stroke: string | null; points: Range[] }[];
  readonly x: Range;
  readonly y: Range;

  private constructor(text: string, read: Read) {
    this.text = text;
    const { left, top, width, height } = read.box;
    this.x = ends(read.xTicks, left, left + width);
    this.y = ends(read.yTicks, top + height, top);
    this.paths = read.paths.map((path) => ({
      ...path,
      points: [...path.d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [+x, +y] as Range),
    }));
  }

  /** Parses the exported file in the browser: invalid XML fails. */
  static async of(page: Page, card: Locator): Promise<Drawing> {
    const text = (await save(page, card, "Vector image (SVG)")).bytes.toString("utf8");
    const read = await page.evaluate((text) => {
      const root = new DOMParser().parseFromString(text, "image/svg+xml");
      const broken = root.querySelector("parsererror");
      if (broken || root.documentElement.localName !== "svg") throw new Error(`no SVG: ${broken?.textContent}`);
      const of = (it: Element, name: string) => Number(it.getAttribute(name));
      const frame = root.querySelector("clipPath rect")!;
      const ticks = (anchor: string, place: string, moved: number): Tick[] =>
        [...root.querySelectorAll(`text[text-anchor="${anchor}"]`)]
          .filter((it) => it.textContent !== "")
          .map((it) => ({ at: of(it, place) - moved, word: it.textContent! }));
      return {
        box: { left: of(frame, "x"), top: of(frame, "y"), width: of(frame, "width"), height: of(frame, "height") },
        xTicks: ticks("middle", "x", 0),
        yTicks: ticks("end", "y", 4),
        paths: [...root.querySelectorAll("g[clip-path] path")].map((it) => ({
          d: it.getAttribute("d")!,
          filled: it.getAttribute("fill") !== "none",
          stroke: it.getAttribute("stroke"),
        })),
      };
    }, text);
    return new Drawing(text, read);
  }
}

interface Tick {
  at: number;
  word: string;
}

interface Read {
  box: { left: number; top: number; width: number; height: number };
  xTicks: Tick[];
  yTicks: Tick[];
  paths: { d: string; filled: boolean; stroke: string | null }[];
}

/** The values at both ends of a linear scale, from two of its labels. */
function ends(ticks: Tick[], from: number, to: number): Range {
  expect(ticks.length, "words along an axis").toBeGreaterThan(1);
  const [a, b] = [ticks[0], ticks[ticks.length - 1]];
  const [va, vb] = [Number(a.word), Number(b.word)];
  const at = (place: number) => va + ((place - a.at) / (b.at - a.at)) * (vb - va);
  return [at(from), at(to)];
}
