// How fast the table of runs opens, sorts and filters with 10,000 runs: printed.

import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "../support/test";
import type { Project } from "../support/pyr";

const ROWS = Number(process.env.ROWS ?? 10_000);
const KEYS = 20;

/** Finished tasks with 20 parameters, 5 records and 20 metrics. */
function write(project: Project) {
  for (let at = 0; at < ROWS; at++) {
    const name = `run-${String(at).padStart(5, "0")}`;
    const folder = project.path("_pyruns_/train/tasks", name);
    mkdirSync(`${folder}/run_logs`, { recursive: true });
    let config = `lr: ${10 ** -(at % 5)}\noptimizer: ${["sgd", "adam", "lion"][at % 3]}\n`;
    for (let key = 0; key < 18; key++) config += `p${key}: ${Math.random().toFixed(4)}\n`;
    writeFileSync(`${folder}/config.yaml`, config);
    const metrics: Record<string, unknown> = {};
    for (let key = 0; key < KEYS; key++) {
      const [low, high] = [Math.random(), Math.random()].sort();
      metrics[`m${key}`] = { count: 1000, last: high, min: low, max: high, mean: (low + high) / 2 };
    }
    const records = Object.fromEntries(Array.from({ length: 5 }, (_, key) => [`r${key}`, Math.random()]));
    const stamp = `2026-10-${String((at % 28) + 1).padStart(2, "0")}_${String(at % 24).padStart(2, "0")}-00-${String(at % 60).padStart(2, "0")}`;
    const info = {
      name, status: at % 20 ? "completed" : "failed", created_at: stamp, task_kind: "python", config_file: "config.yaml",
      start_times: [stamp], finish_times: [stamp], pids: [at], records: [records], tracks: [{}], metrics: [metrics],
      durations_s: [Math.random() * 1000], exit_codes: [0], run_index: 1, notes: "", env: {}, script: "train.py",
    };
    writeFileSync(`${folder}/task_info.json`, JSON.stringify(info));
  }
}

test("the table of 10,000 runs", async ({ page, project }) => {
  project.write("train.py", "import argparse\nargparse.ArgumentParser().parse_args()\n");
  await project.start("train.py");
  await project.kill();
  write(project);
  await project.start("train.py");
  const rows = page.locator(".runs__row:not(.runs__row--head)");
  const opened = [];
  for (let time = 0; time < 6; time++) {
    await page.goto(`${project.url}/tasks?view=runs`, { waitUntil: "commit" });
    await page.waitForFunction(() => document.querySelectorAll(".runs__row").length > 10, undefined, { polling: 5 });
    await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
    opened.push(Math.round(await page.evaluate(() => performance.now())));
  }
  await expect(rows.first()).toBeVisible();
  console.log(`${ROWS} runs: rows shown and answered to, first and later:`, opened, "ms");

  /** From an input to the frame after the rows have changed. */
  const timed = async (act: () => Promise<unknown>) => {
    await page.evaluate(() => {
      const it = ((window as any).changed = { from: 0, at: 0 });
      const note = () => (it.from ||= performance.now());
      addEventListener("pointerdown", note, { once: true, capture: true });
      addEventListener("input", note, { once: true, capture: true });
      const first = () => document.querySelector(".runs__row:not(.runs__row--head)")?.textContent;
      const how = () => document.querySelector(".runs-panel [aria-live=polite]")?.textContent;
      const [before, count] = [first(), how()];
      const look = () => {
        if (it.from && (first() !== before || how() !== count)) requestAnimationFrame(() => (it.at = performance.now()));
        else requestAnimationFrame(look);
      };
      look();
    });
    await act();
    await page.waitForFunction(() => (window as any).changed.at > 0, undefined, { polling: 5 });
    return Math.round(await page.evaluate(() => (window as any).changed.at - (window as any).changed.from));
  };
  const sorts = [];
  for (const head of [/^p0/, /^p1\b/, /^p2/, /^r1/, /^r2/]) {
    const button = page.getByRole("button", { name: head }).first();
    await button.scrollIntoViewIfNeeded();
    sorts.push(await timed(() => button.click()));
  }
  console.log("  sorted by a click, until drawn:", sorts, "ms");
  const filter = page.getByRole("textbox", { name: "Filter" });
  const filters = [];
  for (const text of ["lr < 0.01", "lr < 0.01 and p1 > 0.5", "optimizer = sgd and p2 < 0.1", ""]) filters.push(await timed(() => filter.fill(text)));
  console.log("  filtered, the wait for more keys included, until drawn:", filters, "ms");
});
