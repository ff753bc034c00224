// From a finished grid to its results: the best run, and the most important parameter.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, open, test } from "../support/test";
import { sweep } from "../support/sweep";

const rows = (page: Page) => page.locator(".runs__row:not(.runs__row--head)");

test("the runs table: sort, filter, group, copy, save a view, compare", async ({ page, project, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await sweep(project);
  await open(page, `${project.url}/tasks?view=runs`);
  await expect(rows(page)).toHaveCount(12);
  const headers = page.locator(".runs__label");
  await expect(headers.filter({ hasText: /^lr$/ })).toBeVisible();

  await test.step("sort by two columns", async () => {
    await page.getByRole("button", { name: /^final/ }).first().click();
    await expect(page).toHaveURL(/by=records\.final/);
    await page.getByRole("button", { name: /^lr/ }).first().click({ modifiers: ["Shift"] });
    await expect(page).toHaveURL(/by=records\.final%7Cparams\.lr/);
  });

  await test.step("filter by a query, valid and invalid", async () => {
    const filter = page.getByRole("textbox", { name: "Filter" });
    await filter.fill("lr < 1 and width = 16");
    await expect(rows(page)).toHaveCount(4);
    await filter.fill("lr < ");
    // It may become valid until the field loses focus.
    await filter.blur();
    await expect(page.locator("#runs-filter-note")).toContainText(/column/);
    await filter.fill("lr < 1 and status = done");
    await expect(page.locator("#runs-filter-note")).toContainText(/column 21.*"done" is not a status/);
    await filter.fill("duration < 1 h 30 min and pinned = false");
    await expect(rows(page)).toHaveCount(12);
    await filter.fill("");
    await expect(rows(page)).toHaveCount(12);
  });

  await test.step("filter by a click on a value", async () => {
    await rows(page).locator(".runs__cell", { hasText: /^failed$/i }).first().click();
    await page.getByRole("button", { name: /Only Status = failed/ }).click();
    await expect(rows(page)).toHaveCount(4);
    await page.getByRole("button", { name: "Show all runs" }).click();
    await expect(rows(page)).toHaveCount(12);
  });

  await test.step("group over seeds: mean and standard deviation", async () => {
    await page.locator("summary", { hasText: "Group by" }).click();
    await page.locator(".runs-groups .menu__item", { hasText: /^lr$/ }).click();
    await expect(rows(page)).toHaveCount(3);
    await expect(rows(page).first()).toContainText("±");
    await page.locator(".runs-groups .chip", { hasText: "lr" }).click();
    await expect(rows(page)).toHaveCount(12);
  });

  await test.step("copy as Markdown", async () => {
    await page.locator("summary", { hasText: "Copy" }).click();
    await page.getByRole("button", { name: "As Markdown" }).click();
    await expect(page.getByText("12 rows copied.")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\| name \|/);
  });

  await test.step("save a view and open it again", async () => {
    await page.getByRole("textbox", { name: "Filter" }).fill("status = completed");
    await expect(rows(page)).toHaveCount(8);
    await page.locator("summary", { hasText: "Views" }).click();
    await page.getByRole("button", { name: "Save this view" }).click();
    await page.getByLabel("Name", { exact: true }).fill("done ones");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("View saved.")).toBeVisible();
    await open(page, `${project.url}/tasks?view=runs`);
    await page.locator("summary", { hasText: "Views" }).click();
    await page.getByRole("button", { name: "done ones", exact: true }).click();
    await expect(rows(page)).toHaveCount(8);
  });

  await test.step("compare the selected runs", async () => {
    for (const at of [0, 1, 2]) await rows(page).nth(at).getByRole("checkbox").click();
    await page.getByRole("link", { name: "Compare" }).click();
    await expect(page.getByRole("heading", { name: "Compare 3 runs" })).toBeVisible();
  });
});

test("curves: display, zoom, smoothing, export", async ({ page, project }) => {
  const [first] = await sweep(project);
  await open(page, `${project.url}/tasks/${first}?tab=charts`);
  const card = page.locator(".chart-card", { hasText: "train/loss" });
  const canvas = card.locator("canvas");
  await expect(canvas).toBeVisible();

  await test.step("hover shows the values", async () => {
    await card.locator(".u-over").hover();
    await expect(card.locator(".plot__tip")).toContainText("Run 1");
  });

  await test.step("a drag zooms and a button resets the zoom", async () => {
    const box = (await canvas.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.5);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.5, { steps: 5 });
    await page.mouse.up();
    const all = card.getByRole("button", { name: "Reset zoom" });
    await expect(all).toBeVisible();
    await all.click();
    await expect(all).toBeHidden();
    await card.locator(".chart-card__plot").press("+");
    await expect(all).toBeVisible();
    await card.locator(".chart-card__plot").press("0");
    await expect(all).toBeHidden();
  });

  await test.step("settings are stored in the URL", async () => {
    await page.getByLabel("Smoothing").fill("60");
    await page.locator(".switch", { hasText: "Log y" }).click();
    await expect(page).toHaveURL(/smooth=60/);
    await expect(page).toHaveURL(/logy=1/);
  });

  await test.step("export as CSV", async () => {
    await card.hover();
    await card.getByLabel("Export chart").click();
    const download = page.waitForEvent("download");
    await card.getByRole("button", { name: "Data (CSV)" }).click();
    const text = readFileSync(await (await download).path(), "utf8").split("\n");
    expect(text[0]).toBe("run,Step,value,smoothed");
    expect(text).toHaveLength(52);
  });
});

test("a curve is updated during its run", async ({ page, project }) => {
  const script = `
import time, pyruns
for step in range(400):
    pyruns.track(loss=1 / (step + 1))
    time.sleep(0.05)
`;
  await (await project.write("slow.py", `import argparse\nargparse.ArgumentParser().parse_args()\n${script}`)).start("slow.py");
  const body = { mode: "yaml", yaml_text: "{}\n", name_prefix: "live", append_timestamp: false };
  await project.api("POST", "/api/generator/create", body);
  await project.api("POST", "/api/tasks/live/run");
  await open(page, `${project.url}/tasks/live?tab=charts`);
  const card = page.locator(".chart-card", { has: page.getByText("loss", { exact: true }) });
  const last = card.locator(".chart-card__figure", { hasText: "last" }).locator("b");
  await expect(last).toBeVisible();
  const before = Number(await last.textContent());
  await expect.poll(async () => Number(await last.textContent())).toBeLessThan(before);
});

test("compare: plots, importance, diff, logs", async ({ page, project }) => {
  const names = await sweep(project);
  const runs = names.slice(0, 8).join("|");
  const url = `${project.url}/compare?runs=${encodeURIComponent(runs)}`;

  await test.step("parallel coordinates are filtered by a selection", async () => {
    await open(page, `${url}&tab=plots`);
    await expect(page.locator(".parallel__line")).toHaveCount(8);
    const axis = page.locator(".parallel__axis").first();
    const box = (await axis.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.6);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height, { steps: 4 });
    await page.mouse.up();
    await expect(page.getByText("4 of 8 runs")).toBeVisible();
    await expect(page.locator(".parallel__line--off")).toHaveCount(4);
  });

  await test.step("the most important parameter comes first", async () => {
    await expect(page.locator(".importance tbody th").first()).toHaveText("lr");
    await expect(page.locator(".heat td").first()).toBeAttached();
    await expect(page.locator(".scatter__dot")).toHaveCount(8);
  });

  await test.step("curves are grouped by their mean", async () => {
    await open(page, `${url}&tab=curves`);
    await expect(page.locator(".legend__run")).toHaveCount(8);
    await page.getByLabel("Group by").selectOption({ label: "lr" });
    await expect(page.locator(".legend__run")).toHaveCount(2);
    await expect(page.locator(".legend__run", { hasText: "lr = 0.1 (4)" })).toBeVisible();
  });

  await test.step("diff of two runs", async () => {
    await open(page, `${url}&tab=diff`);
    // The runs are in the order of their end.
    await page.getByLabel("Left run").selectOption({ label: names[0] });
    await page.getByLabel("Right run").selectOption({ label: names[1] });
    const header = page.getByRole("rowheader", { name: "seed", exact: true });
    await expect(page.locator(".diff tr").filter({ has: header })).toContainText(/01|10/);
  });

  await test.step("logs side by side", async () => {
    await open(page, `${url}&tab=logs`);
    await expect(page.getByText(/^lr [\d.]+ done$/)).toHaveCount(2);
  });
});

test("the grid of a batch", async ({ page, project }) => {
  await sweep(project);
  await open(page, `${project.url}/tasks?view=grid`);
  await expect(page.locator(".matrix__cell")).toHaveCount(6);
  await expect(page.locator(".matrix__count").first()).toHaveText("×2");
  await expect(page.getByRole("button", { name: "Run again: 4 failed" })).toBeVisible();
  await page.getByLabel("seed").selectOption({ label: "seed = 0" });
  await expect(page.locator(".matrix__count")).toHaveCount(0);
  await page.locator(".matrix__cell").first().click();
  await expect(page).toHaveURL(/\/tasks\/sweep_/);
});

test("a batch is extended, and its dialog stays open during live updates", async ({ page, project }) => {
  const names = await sweep(project);
  await open(page, `${project.url}/tasks?view=grid`);
  await expect(page.locator(".matrix__cell")).toHaveCount(6);
  await page.getByRole("button", { name: "Extend" }).click();
  const dialog = page.getByRole("dialog", { name: "Extend" });
  await dialog.getByLabel("Parameter").selectOption("lr");
  await dialog.getByLabel("New values").fill("0.1 | 0.7");
  await expect(dialog).toContainText("1 new value: 4 tasks more, 16 in total.");
  const drawn = page.waitForResponse((response) => response.url().includes("/sfn/list_runs"));
  await project.api("PATCH", `/api/tasks/${encodeURIComponent(names[0])}/notes`, { notes: "meanwhile" });
  await drawn;
  await expect(dialog.getByLabel("New values")).toHaveValue("0.1 | 0.7");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator(".matrix__cell")).toHaveCount(8);
  const tasks = await project.api("GET", "/api/tasks?limit=50");
  expect(tasks.total).toBe(16);
  expect(tasks.items.filter((task: any) => task.config.lr === 0.7)).toHaveLength(4);
});
