// Prints the load time of curves, the frame rate, and the latency of a new point.

import { appendFileSync, writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { frames } from "../support/frames";
import type { Project } from "../support/pyr";
import { expect, open, test, until } from "../support/test";

const RUNS = Number(process.env.RUNS ?? 100);
const POINTS = Number(process.env.POINTS ?? 100_000);
const NAMES = Array.from({ length: RUNS }, (_, at) => `curve-${String(at).padStart(3, "0")}`);

/** The journal of a run with a decreasing, noisy loss. */
function journal(seed: number) {
  let [text, state] = ["", seed + 1];
  for (let step = 0; step < POINTS; step++) {
    state = (state * 48271) % 2147483647;
    const loss = Math.exp((-step / POINTS) * 3) + (state / 2147483647 - 0.5) * 0.1;
    text += `{"t":${(1763896617 + step * 0.01).toFixed(6)},"track":{"loss":${loss}}}\n`;
  }
  return text;
}

/** Real runs, each with that many points. */
async function runs(project: Project) {
  await project.start("shell");
  for (let seed = 0; seed < 4; seed++) project.write(`journal${seed}.jsonl`, journal(seed));
  for (const [at, name] of NAMES.entries()) {
    const journal = project.path("_pyruns_/_shell_/tasks", name, "run_logs/run1.journal.jsonl");
    await project.shellTask(name, `cat ${project.path(`journal${at % 4}.jsonl`)} >> ${journal}\n`);
  }
  await project.api("POST", "/api/tasks/batch/run", { task_names: NAMES, max_workers: 2 });
  const done = async () => (await project.api("GET", "/api/tasks?limit=1")).status_counts.completed === RUNS;
  await until("the runs to end", done, 200_000);
}

/** Records when that many curves were stroked, since the navigation. */
async function watchStrokes(page: Page, curves: number) {
  await page.addInitScript((curves) => {
    const it = ((window as any).strokes = { drawn: 0, allAt: 0, lastAt: 0 });
    const points = new WeakMap<Path2D, number>();
    const { lineTo } = Path2D.prototype;
    Path2D.prototype.lineTo = function (x, y) {
      points.set(this, (points.get(this) ?? 0) + 1);
      return lineTo.call(this, x, y);
    };
    const { stroke } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.stroke = function (...rest: any[]) {
      (stroke as any).apply(this, rest);
      it.lastAt = performance.now();
      // An axis or a grid line has fewer points than a curve; a wide one is stroked more than once.
      if ((points.get(rest[0]) ?? 0) < 20) return;
      points.delete(rest[0]);
      it.drawn += 1;
      if (it.drawn === curves) requestAnimationFrame(() => (it.allAt = performance.now()));
    };
  }, curves);
}

/** Milliseconds from the navigation until all curves are drawn and a hover shows values. */
async function untilInteractive(page: Page, url: string) {
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForFunction(() => (window as any).strokes?.allAt > 0, undefined, { polling: 5 });
  const drawn = await page.evaluate(() => (window as any).strokes.allAt);
  await page.locator(".chart-card .u-over").hover();
  await expect(page.locator(".plot__tip")).toBeVisible();
  return Math.round(drawn);
}

test("a hundred runs compared", async ({ page, project }) => {
  await runs(project);
  await watchStrokes(page, RUNS);
  const url = () => `${project.url}/compare?tab=curves&runs=${encodeURIComponent(NAMES.join("|"))}`;
  await project.kill();
  await project.start("shell");
  console.log(`${RUNS} runs × ${POINTS} points, all drawn after the server's start:`, await untilInteractive(page, url()), "ms");
  const again = [];
  for (let time = 0; time < 5; time++) again.push(await untilInteractive(page, url()));
  console.log("  the page loaded again:", again, "ms");

  await test.step("from another page of the same tab", async () => {
    const times = [];
    for (let time = 0; time < 5; time++) {
      await page.getByRole("tab", { name: "Plots" }).click();
      await expect(page.locator(".chart-card")).toHaveCount(0);
      const began = await page.evaluate(() => {
        Object.assign((window as any).strokes, { drawn: 0, allAt: 0 });
        return performance.now();
      });
      await page.getByRole("tab", { name: "Curves" }).click();
      await page.waitForFunction(() => (window as any).strokes.allAt > 0, undefined, { polling: 5 });
      times.push(Math.round((await page.evaluate(() => (window as any).strokes.allAt)) - began));
    }
    console.log("  back from Plots to Curves, the click included:", times, "ms");
  });

  const over = page.locator(".chart-card .u-over");
  await over.hover();
  const { x, y, width, height } = (await over.boundingBox())!;
  await page.keyboard.down("Control");
  const zoomed = await frames(page, async () => {
    for (let step = 0; step < 240; step++) await page.mouse.wheel(0, step % 80 < 40 ? -8 : 8);
  });
  await page.keyboard.up("Control");
  console.log("  zoom by the wheel:", zoomed);
  await over.dblclick();
  await page.keyboard.down("Control");
  for (let step = 0; step < 20; step++) await page.mouse.wheel(0, -12);
  await page.keyboard.up("Control");
  await page.keyboard.down("Shift");
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  const moved = await frames(page, async () => {
    for (let step = 0; step < 240; step++) await page.mouse.move(x + width / 2 + 200 * Math.sin(step / 20), y + height / 2);
  });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  console.log("  pan by the mouse:", moved);
});

test("a point that is written", async ({ page, project }) => {
  await project.start("shell");
  const stop = project.path("stop");
  await project.shellTask("live", `while [ ! -e ${stop} ]; do sleep 0.05; done\n`);
  await project.api("POST", "/api/tasks/live/run");
  await until("the run", async () => (await project.task("live")).status === "running");
  const journal = project.path("_pyruns_/_shell_/tasks/live/run_logs/run1.journal.jsonl");
  const point = (value: number) => {
    const at = Date.now();
    appendFileSync(journal, `{"t":${at / 1000},"track":{"loss":${value}}}\n`);
    return at;
  };
  for (let value = 1; value < 60; value++) point(value);
  await watchStrokes(page, 1);
  await open(page, `${project.url}/tasks/live?tab=charts`);
  await page.waitForFunction(() => (window as any).strokes.allAt > 0);
  const times = [];
  for (let value = 100; value < 200; value++) {
    const written = point(value);
    // The value of the card changes with the curve, which is drawn in the next frame.
    const seen = await page.evaluate(
      (text) =>
        new Promise<number>((done) => {
          const { strokes } = window as any;
          const began = performance.now();
          const poll = () => {
            const figures = document.querySelector(".chart-card__head")?.textContent ?? "";
            const shown = figures.includes(`last ${text}`) && strokes.lastAt > began;
            requestAnimationFrame(shown ? () => done(performance.timeOrigin + performance.now()) : poll);
          };
          poll();
        }),
      String(value),
    );
    times.push(Math.round(seen - written));
    await page.waitForTimeout(130);
  }
  writeFileSync(stop, "");
  times.sort((a, b) => a - b);
  console.log(`a point that is written, on the chart: median ${times[50]} ms, p99 ${times[98]} ms, longest ${times[99]} ms`);
});
