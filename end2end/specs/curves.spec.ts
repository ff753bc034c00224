// Charts of curves: touch, keys, full screen, export and display options.

import { writeFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { Drawing, cardOf, save } from "../support/chart";
import { Touch } from "../support/touch";
import { pixels } from "../support/png";
import type { Project } from "../support/pyr";
import { runs } from "../support/sweep";
import { expect, open, test } from "../support/test";

/** Steps 1 to 200: falls from 1,000 to 0.1, with noise and one outlier. */
const SCRIPT = `
import argparse
import pyruns

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--seed", type=int, default=0)
args = parser.parse_args()
for step in range(1, 201):
    loss = 1000 * 10 ** (-step / 50) * (1 + args.lr) * (1 + 0.3 * ((step + args.seed) % 2))
    spike = 5000.0 if step == 100 else 1 + step / 200 + args.seed / 10
    pyruns.track(step=step, loss=loss, spike=spike)
`;
const GRID = "lr: 0.1 | 0.5\nseed: 0 | 1\n";

const value = (lr: number, seed: number, step: number) =>
  1000 * 10 ** (-step / 50) * (1 + lr) * (1 + 0.3 * ((step + seed) % 2));

/** The four runs on Compare, with their curves. */
async function compare(page: Page, project: Project, search = "") {
  const names = await runs(project, SCRIPT, GRID);
  await open(page, `${project.url}/compare?runs=${encodeURIComponent(names.join("|"))}&tab=curves${search}`);
  const card = cardOf(page, "loss");
  await expect(card).toContainText("4 curves");
  await expect(card.locator("canvas")).toBeVisible();
  return card;
}

const resetZoom = (card: Locator) => card.getByRole("button", { name: "Reset zoom" });

test.describe("on a touch screen", () => {
  test.use({ hasTouch: true, viewport: { width: 1000, height: 1400 } });

  test("two fingers zoom, one pans, a double tap resets the zoom", async ({ page, project }) => {
    const card = await compare(page, project);
    const touch = await Touch.on(page, card.locator(".u-over"));
    const whole = (await Drawing.of(page, card)).x;
    expect(whole[0]).toBeCloseTo(1, 0);
    expect(whole[1]).toBeCloseTo(200, 0);

    await touch.drag([[0.45, 0.5], [0.55, 0.5]], [[0.3, 0.5], [0.7, 0.5]]);
    await expect(resetZoom(card)).toBeVisible();
    const zoomed = (await Drawing.of(page, card)).x;
    expect(zoomed[1] - zoomed[0]).toBeCloseTo((whole[1] - whole[0]) / 4, -1);
    // The point between the fingers is unchanged.
    expect((zoomed[0] + zoomed[1]) / 2).toBeCloseTo((whole[0] + whole[1]) / 2, -1);

    await touch.drag([[0.7, 0.5]], [[0.4, 0.5]]);
    const moved = (await Drawing.of(page, card)).x;
    expect(moved[1] - moved[0]).toBeCloseTo(zoomed[1] - zoomed[0], 0);
    expect(moved[0] - zoomed[0]).toBeCloseTo(0.3 * (zoomed[1] - zoomed[0]), -1);

    await touch.drag([[0.2, 0.5], [0.8, 0.5]], [[0.3, 0.5], [0.7, 0.5]]);
    const wider = (await Drawing.of(page, card)).x;
    expect(wider[1] - wider[0]).toBeGreaterThan(1.3 * (moved[1] - moved[0]));

    await touch.tapTwice(0.5, 0.5);
    await expect(resetZoom(card)).toBeHidden();
    expect((await Drawing.of(page, card)).x).toEqual(whole);
  });

  test("a tap shows the values, and the button resets the zoom", async ({ page, project }) => {
    const card = await compare(page, project);
    const touch = await Touch.on(page, card.locator(".u-over"));
    await touch.drag([[0.5, 0.5]], [[0.5, 0.5]]);
    await expect(card.locator(".plot__tip")).toBeVisible();
    await expect(card.locator(".plot__tip")).toContainText("Step 10");
    await touch.drag([[0.4, 0.5], [0.6, 0.5]], [[0.2, 0.5], [0.8, 0.5]]);
    await resetZoom(card).tap();
    await expect(resetZoom(card)).toBeHidden();
  });
});

test("keys zoom, pan, highlight a curve and reset the zoom", async ({ page, project }) => {
  const card = await compare(page, project);
  const plot = card.locator(".chart-card__plot");
  const [from, to] = (await Drawing.of(page, card)).x;

  await plot.press("+");
  await plot.press("+");
  await expect(resetZoom(card)).toBeVisible();
  const zoomed = (await Drawing.of(page, card)).x;
  expect(zoomed[1] - zoomed[0]).toBeCloseTo((to - from) * 0.36, 0);

  await plot.press("ArrowRight");
  const right = (await Drawing.of(page, card)).x;
  expect(right[0] - zoomed[0]).toBeCloseTo(0.12 * (zoomed[1] - zoomed[0]), 0);
  await plot.press("ArrowLeft");
  await plot.press("ArrowLeft");
  expect((await Drawing.of(page, card)).x[0]).toBeLessThan(zoomed[0]);

  await plot.press("-");
  const out = (await Drawing.of(page, card)).x;
  expect(out[1] - out[0]).toBeCloseTo((to - from) * 0.6, 0);
  await plot.press("0");
  await expect(resetZoom(card)).toBeHidden();
  expect((await Drawing.of(page, card)).x).toEqual([from, to]);

  await page.mouse.move(0, 0);
  await plot.press("ArrowDown");
  await expect(card.locator(".plot__row--lit")).toHaveCount(1);
  const first = await card.locator(".plot__row--lit .plot__name").textContent();
  await plot.press("ArrowDown");
  await expect(card.locator(".plot__row--lit .plot__name")).not.toHaveText(first!);
});

const widthOf = async (card: Locator) => (await card.locator("canvas").boundingBox())!.width;

test("a chart in full screen, and back with Escape", async ({ page, project }) => {
  const card = await compare(page, project);
  const before = await widthOf(card);
  await card.hover();
  await card.getByRole("button", { name: "Full screen" }).click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.className)).toContain("chart-card");
  await expect.poll(() => widthOf(card)).toBeGreaterThan(before * 1.5);
  await page.keyboard.press("Escape");
  await expect.poll(() => page.evaluate(() => document.fullscreenElement === null)).toBe(true);
  await expect.poll(() => widthOf(card)).toBeCloseTo(before, 0);
});

test("without full screen support a chart fills the page", async ({ page, project }) => {
  await page.addInitScript(() => Reflect.deleteProperty(Element.prototype, "requestFullscreen"));
  const card = await compare(page, project);
  const before = await widthOf(card);
  await card.hover();
  await card.getByRole("button", { name: "Full screen" }).click();
  await expect.poll(() => card.boundingBox()).toEqual({ x: 0, y: 0, width: 1440, height: 900 });
  await expect.poll(() => widthOf(card)).toBeGreaterThan(before * 1.5);
  await page.keyboard.press("Escape");
  await expect.poll(() => widthOf(card)).toBeCloseTo(before, 0);
});

test("export of a chart as PNG, SVG and CSV", async ({ page, project }) => {
  const card = await compare(page, project);

  await test.step("the PNG is not empty", async () => {
    const { name, bytes } = await save(page, card, "Image (PNG)");
    expect(name).toBe("loss.png");
    const { width, height, colours } = pixels(bytes);
    expect(width).toBeGreaterThan(300);
    expect(height).toBeGreaterThan(150);
    // Background, grid, labels and four curves.
    expect(colours).toBeGreaterThan(6);
  });

  await test.step("the SVG has a path per run", async () => {
    const { name, bytes } = await save(page, card, "Vector image (SVG)");
    expect(name).toBe("loss.svg");
    expect(bytes.toString("utf8")).toContain(">loss</text>");
    const drawing = await Drawing.of(page, card);
    expect(drawing.paths).toHaveLength(4);
    expect(new Set(drawing.paths.map((path) => path.stroke)).size).toBe(4);
    for (const path of drawing.paths) expect(path.points).toHaveLength(200);
  });

  await test.step("the CSV has the tracked points", async () => {
    const { name, bytes } = await save(page, card, "Data (CSV)");
    expect(name).toBe("loss.csv");
    const [header, ...lines] = bytes.toString("utf8").trimEnd().split("\n");
    expect(header).toBe("run,Step,value");
    const byRun = new Map<string, number[][]>();
    for (const line of lines) {
      const [, run, step, y] = /^(.*),([^,]+),([^,]+)$/.exec(line)!;
      byRun.set(run, [...(byRun.get(run) ?? []), [Number(step), Number(y)]]);
    }
    const all = [0.1, 0.5].flatMap((lr) => [0, 1].map((seed) => steps().map((step) => [step, value(lr, seed, step)])));
    const rounded = (points: number[][]) => points.map(([x, y]) => `${x} ${y.toPrecision(12)}`).join("\n");
    expect([...byRun.values()].map(rounded).sort()).toEqual(all.map(rounded).sort());
  });
});

const steps = () => Array.from({ length: 200 }, (_, i) => i + 1);

test("every option changes the chart", async ({ page, project }) => {
  const card = await compare(page, project);
  const flip = (label: string) => page.locator(".switch", { hasText: label }).click();
  const [top, bottom] = [(1 + 0.5) * 1300, 0.1];
  /** Maximum distance of a curve from the straight line between its ends, relative to its height. */
  const bend = (points: [number, number][]) => {
    const [[x0, y0], [x1, y1]] = [points[0], points[points.length - 1]];
    const off = points.map(([x, y]) => Math.abs(y - (y0 + ((x - x0) / (x1 - x0)) * (y1 - y0))));
    return Math.max(...off) / Math.abs(y1 - y0);
  };
  const even = await Drawing.of(page, card);
  expect(even.paths).toHaveLength(4);
  expect(bend(even.paths[0].points)).toBeGreaterThan(0.5);
  expect(even.y[1]).toBeLessThan(top * 1.2);

  await test.step("logarithmic y axis: exponential decay is a straight line", async () => {
    await flip("Log y");
    await expect(page).toHaveURL(/logy=1/);
    await expect.poll(async () => bend((await Drawing.of(page, card)).paths[0].points)).toBeLessThan(0.1);
    await flip("Log y");
    await expect(page).not.toHaveURL(/logy/);
    await expect.poll(async () => bend((await Drawing.of(page, card)).paths[0].points)).toBeGreaterThan(0.5);
  });

  await test.step("logarithmic x axis: the first steps take most of the width", async () => {
    const tenth = (drawing: Drawing) => {
      const { points } = drawing.paths[0];
      return (points[9][0] - points[0][0]) / (points[199][0] - points[0][0]);
    };
    expect(tenth(even)).toBeCloseTo(9 / 199, 2);
    await flip("Log x");
    await expect(page).toHaveURL(/logx=1/);
    await expect.poll(async () => tenth(await Drawing.of(page, card))).toBeCloseTo(Math.log10(10) / Math.log10(200), 2);
    await flip("Log x");
    await expect(page).not.toHaveURL(/logx/);
  });

  await test.step("smoothing: the raw curve is drawn behind the smoothed one", async () => {
    const calm = ([...ups]: [number, number][]) => ups.slice(1).filter(([, y], i) => y < ups[i][1]).length;
    expect(calm(even.paths[0].points)).toBeGreaterThan(50);
    await page.getByLabel("Smoothing").fill("90");
    await expect(page).toHaveURL(/smooth=90/);
    await expect.poll(async () => (await Drawing.of(page, card)).paths.length).toBe(8);
    const { paths } = await Drawing.of(page, card);
    expect(calm(paths[1].points)).toBeLessThan(20);
    const csv = (await save(page, card, "Data (CSV)")).bytes.toString("utf8");
    expect(csv).toMatch(/^run,Step,value,smoothed\n/);
    await page.getByLabel("Smoothing").fill("0");
    await expect.poll(async () => (await Drawing.of(page, card)).paths.length).toBe(4);
  });

  await test.step("outliers are outside the y range, but not removed", async () => {
    const spike = cardOf(page, "spike");
    expect((await Drawing.of(page, spike)).y[1]).toBeGreaterThan(5000);
    await flip("Ignore outliers");
    await expect(page).toHaveURL(/clip=1/);
    await expect.poll(async () => (await Drawing.of(page, spike)).y[1]).toBeLessThan(3);
    expect((await save(page, spike, "Data (CSV)")).bytes.toString("utf8")).toContain(",100,5000\n");
    await flip("Ignore outliers");
    await expect.poll(async () => (await Drawing.of(page, spike)).y[1]).toBeGreaterThan(5000);
  });
});

test("groups are drawn as their mean and one standard deviation", async ({ page, project }) => {
  const card = await compare(page, project);
  await page.getByLabel("Group by").selectOption({ label: "lr" });
  await expect(card).toContainText("2 curves");
  const drawing = await Drawing.of(page, card);
  expect(drawing.paths.filter((path) => path.filled)).toHaveLength(2);
  expect(drawing.paths.filter((path) => !path.filled)).toHaveLength(2);
  const [header, ...lines] = (await save(page, card, "Data (CSV)")).bytes.toString("utf8").trimEnd().split("\n");
  expect(header).toBe("run,Step,value,low,high");
  const first = lines.map((line) => line.split(",")).find(([run, step]) => run === "lr = 0.1 (2)" && step === "1")!;
  const [a, b] = [value(0.1, 0, 1), value(0.1, 1, 1)];
  const [mean, deviation] = [(a + b) / 2, Math.abs(a - b) / Math.SQRT2];
  expect(Number(first[2])).toBeCloseTo(mean, 6);
  expect(Number(first[3])).toBeCloseTo(mean - deviation, 6);
  expect(Number(first[4])).toBeCloseTo(mean + deviation, 6);

  // Smoothing applies to mean and band: the curve falls by a factor of 1,000 and follows with a lag.
  const bands = (drawing: Drawing) => drawing.paths.filter((path) => path.filled).map((path) => path.d);
  await page.getByLabel("Smoothing").fill("95");
  await expect(page).toHaveURL(/smooth=95/);
  await expect.poll(async () => bands(await Drawing.of(page, card))).not.toEqual(bands(drawing));
  const smoothed = (await save(page, card, "Data (CSV)")).bytes.toString("utf8").split("\n")[50].split(",");
  expect(Number(smoothed[3])).toBeGreaterThan(2 * Number(smoothed[2]));
});

test("event files of a script become a live curve and a column", async ({ page, project }) => {
  await project.start("shell");
  const lines = [1, 0.5, 0.25].map((loss, at) => JSON.stringify({ t: at + 0.5, step: at * 10, track: { loss } }));
  const folder = (name: string) => project.path("_pyruns_/_shell_/tasks", name);
  await project.shellTask("source", `cat >> ${folder("source")}/run_logs/run1.journal.jsonl <<'END'\n${lines.join("\n")}\nEND\n`);
  await project.api("POST", "/api/tasks/source/run");
  await project.untilDone("source");
  const events = await (await fetch(`${project.url}/api/tasks/source/export?format=tensorboard`)).arrayBuffer();
  writeFileSync(project.path("all"), Buffer.from(events));
  // The last record is completed later.
  await project.shellTask(
    "t",
    `cd ${folder("t")}; mkdir -p artifacts/run1\n` +
      `head -c -10 ${project.path("all")} > artifacts/run1/events.out.tfevents.1.host\n` +
      `while [ ! -e ${project.path("go")} ]; do sleep 0.05; done\n` +
      `tail -c 10 ${project.path("all")} >> artifacts/run1/events.out.tfevents.1.host\n` +
      `while [ ! -e ${project.path("end")} ]; do sleep 0.05; done\n`,
  );
  await project.api("POST", "/api/tasks/t/run");
  await open(page, `${project.url}/tasks/t?tab=charts`);
  const last = cardOf(page, "loss").locator(".chart-card__figure", { hasText: "last" }).locator("b");
  await expect(last).toHaveText("0.5");
  project.write("go", "");
  await expect(last).toHaveText("0.25");
  project.write("end", "");
  await project.untilDone("t");

  await open(page, `${project.url}/tasks?view=runs`);
  await page.getByRole("textbox", { name: "Filter" }).fill("name = t and loss < 0.3");
  const rows = page.locator(".runs__row:not(.runs__row--head)");
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("0.25");
  await expect(page.locator(".runs__label").filter({ hasText: /^loss$/ })).toBeVisible();
});
