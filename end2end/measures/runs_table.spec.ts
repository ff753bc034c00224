// Prints the time to open, sort and filter the runs table with 10,000 runs.

import { writeFinished } from "../support/finished";
import { expect, test } from "../support/test";

const ROWS = Number(process.env.ROWS ?? 10_000);

test("the table of 10,000 runs", async ({ page, project }) => {
  project.write("train.py", "import argparse\nargparse.ArgumentParser().parse_args()\n");
  await project.start("train.py");
  await project.kill();
  writeFinished(project, ROWS);
  await project.start("train.py");
  const rows = page.locator(".runs__row:not(.runs__row--head)");
  /** Milliseconds until rows are displayed and the page is interactive. */
  const opened = async () => {
    await page.goto(`${project.url}/tasks?view=runs`, { waitUntil: "commit" });
    await page.waitForFunction(() => document.querySelectorAll(".runs__row").length > 10, undefined, { polling: 5 });
    await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
    await expect(rows.first()).toBeVisible();
    return Math.round(await page.evaluate(() => performance.now()));
  };
  const times = [];
  for (let time = 0; time < 6; time++) times.push(await opened());
  console.log(`${ROWS} runs: opened, first with a server that has read no task yet:`, times, "ms");
  // An open page would report the missing server.
  await page.goto("about:blank");
  await project.kill();
  await project.start("train.py");
  console.log("  after a restart:", [await opened(), await opened()], "ms");

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
      const poll = () => {
        if (it.from && (first() !== before || how() !== count)) requestAnimationFrame(() => (it.at = performance.now()));
        else requestAnimationFrame(poll);
      };
      poll();
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
