// Home, and the way from it to every other page, while tasks run.

import { expect, open, test } from "../support/test";

const SCRIPT = `
import time
import pyruns

for step in range(10_000):
    pyruns.track(loss=1 / (step + 1))
    time.sleep(0.05)
`;

test("a task opens from Home after the first live update", async ({ page, project }) => {
  await (await project.write("train.py", SCRIPT)).start("train.py");
  const body = { mode: "form", yaml_text: "", name_prefix: "run", append_timestamp: false };
  await project.api("POST", "/api/generator/create", body);
  await project.api("POST", "/api/tasks/run/run");
  for (let round = 0; round < 3; round++) {
    await open(page, project.url);
    // Long enough for events to come.
    await page.waitForTimeout(1_000);
    await page.getByRole("link", { name: "run", exact: true }).first().click();
    await expect(page.getByRole("heading", { name: "run", exact: true })).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await page.getByRole("tab", { name: "Log" }).click();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Tasks" }).click();
    await expect(page.getByRole("heading", { name: "Tasks" })).toBeVisible();
  }
});
