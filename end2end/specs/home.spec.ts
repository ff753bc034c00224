// Home while tasks run: elements are not recreated, nothing moves, and every page is reachable.

import { type Page } from "@playwright/test";
import { expect, open, test, until } from "../support/test";

const SCRIPT = `
import time
import pyruns

pyruns.summary({"score": "max"})
for step in range(10_000):
    pyruns.track(steps=step, loss=1 / (step + 1), score=step / 7)
    time.sleep(0.1)
`;

const LONG_ENOUGH = "for i in $(seq 1 600); do echo $i; sleep 0.1; done\n";

test("a task opens from Home after live updates", async ({ page, project }) => {
  await runThree(project);
  test.slow();
  await open(page, project.url);
  await changes(page);
  await page.getByRole("link", { name: "run_1-of-3", exact: true }).first().click();
  await expect(page.getByRole("heading", { name: "run_1-of-3", exact: true })).toBeVisible();
  await expect(page.locator(".skeleton")).toHaveCount(0);
  const nav = page.getByRole("navigation", { name: "Main" });
  for (const name of ["Tasks", "Home", "Monitor", "Home", "Generator", "Home"]) {
    await nav.getByRole("link", { name }).click();
    await expect(nav.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    await expect(page.locator(".skeleton")).toHaveCount(0);
  }
});

for (const width of [1440, 390]) {
  test(`live updates change Home in place, ${width} px wide`, async ({ page, project }) => {
    await runThree(project);
    await page.setViewportSize({ width, height: 844 });
    await page.addInitScript(() => {
      const seen = ((window as any).seen = { shift: 0, recreated: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as any[]) if (!entry.hadRecentInput) seen.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await open(page, project.url);
    await expect(page.locator(".running__task")).toHaveCount(3);
    // A removed row means that it was recreated: all three tasks are still running.
    await page.evaluate(() => {
      const watch = new MutationObserver((changes) => {
        for (const change of changes) {
          for (const node of change.removedNodes) {
            if (node instanceof Element && node.matches("li, tr, ul, table, section")) (window as any).seen.recreated++;
          }
        }
      });
      watch.observe(document.querySelector(".home")!, { childList: true, subtree: true });
    });
    for (let times = 0; times < 5; times++) await changes(page);
    const seen = await page.evaluate(() => (window as any).seen);
    expect(seen.recreated).toBe(0);
    expect(seen.shift).toBeLessThan(0.05);
  });
}

test("the curve on Home is the declared one, with its name", async ({ page, project }) => {
  await runThree(project);
  await open(page, project.url);
  const curve = page.locator(".recent__curve").first();
  await expect(curve.getByText("score", { exact: true })).toBeVisible();
  await expect(curve.getByRole("img", { name: "score" })).toBeVisible();
});

test("the sidebar shows the whole project's queue immediately", async ({ page, project }) => {
  await runThree(project);
  await project.api("POST", "/api/workspace/shell");
  await project.shellTask("long", LONG_ENOUGH);
  await project.api("POST", "/api/tasks/long/run");
  await until("the shell task to run", async () => (await project.task("long")).status === "running");
  // Without the live connection the page shows the first response.
  await page.routeWebSocket(/\/api\/events/, () => undefined);
  for (const ws of ["train", "_shell_"]) {
    await open(page, `${project.url}/?ws=${ws}`);
    await expect(page.locator(".queue")).toContainText("4/4");
  }
});

test.describe("with a lost connection", () => {
  test.use({ allowErrors: [[/WebSocket connection/, /Failed to fetch/, /ERR_/], { scope: "test" }] });

  test("a page that cannot be loaded displays an error, and loads when the server is back", async ({ page, project }) => {
    await runThree(project);
    await open(page, project.url);
    await project.kill();
    const nav = page.getByRole("navigation", { name: "Main" });
    await nav.getByRole("link", { name: "Tasks" }).click();
    await expect(page.getByText("This page could not be loaded")).toBeVisible();
    await page.getByRole("button", { name: "Retry" }).click();
    await expect(page.getByText("This page could not be loaded")).toBeVisible();
    await nav.getByRole("link", { name: "Monitor" }).click();
    await expect(page).toHaveURL(/monitor/);
    await nav.getByRole("link", { name: "Tasks" }).click();
    await project.start("train.py");
    await expect(page.getByRole("heading", { name: "Tasks" })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole("link", { name: "run_1-of-3", exact: true })).toBeVisible();
    // All other pages work as well, without a reload.
    for (const name of ["Generator", "Monitor", "Home"]) {
      await nav.getByRole("link", { name }).click();
      await expect(nav.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
      await expect(page.getByText("This page could not be loaded")).toHaveCount(0);
    }
  });
});

/** Three parallel runs that report a curve for a long time. */
async function runThree(project: any) {
  await project.write("train.py", SCRIPT).start("train.py");
  const body = { mode: "form", yaml_text: "a: 1 | 2 | 3\n", name_prefix: "run", append_timestamp: false };
  const created = await project.api("POST", "/api/generator/create", body);
  const names = created.items.map((task: any) => task.name);
  await project.api("POST", "/api/tasks/batch/run", { task_names: names, max_workers: 4 });
  await until("three runs", async () => (await project.api("GET", "/api/dashboard")).queue.running === 3);
}

/** Waits until a live update has changed a curve. */
async function changes(page: Page) {
  const points = () => page.locator(".recent__curve polyline").first().getAttribute("points");
  const before = await points();
  await until("another curve", async () => (await points()) !== before);
}
