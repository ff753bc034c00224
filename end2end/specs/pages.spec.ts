// Every page, opened directly and by clicking, in both languages, on a phone, without an error.

import { expect, open, test } from "../support/test";

const PAGES = ["/", "/generator", "/tasks", "/tasks/first", "/monitor", "/monitor?task=first", "/launcher"];

test.beforeEach(async ({ project }) => {
  await project.example("digits").start("train.py");
  const body = { mode: "form", yaml_text: "epochs: 1\nhidden: 4\n", name_prefix: "first", append_timestamp: false };
  await project.api("POST", "/api/generator/create", body);
});

for (const path of PAGES) {
  test(`${path} loads directly`, async ({ page, project }) => {
    await open(page, project.url + path);
    await expect(page.locator("main")).not.toBeEmpty();
    await expect(page.getByText("Loading failed")).toHaveCount(0);
  });
}

test("a page whose module loads late is hydrated without changes", async ({ page, project }) => {
  // Long enough for a live connection to open, but too short for its consequences.
  const late = (url: RegExp, afterMs: number) =>
    page.route(url, async (route) => {
      await new Promise((wake) => setTimeout(wake, afterMs));
      await route.continue().catch(() => undefined);
    });
  await late(/\/pkg\/(?!pyruns).*\.wasm/, 1_200);
  await late(/\/sfn\/overview/, 4_000);
  for (const path of PAGES.slice(1)) {
    await open(page, project.url + path);
    await expect(page.getByRole("link", { name: "Tasks" }).first()).toBeVisible();
  }
});

test("every page is reached by clicking", async ({ page, project }) => {
  await open(page, project.url);
  const nav = page.getByRole("navigation", { name: "Main" });
  for (const name of ["Generator", "Tasks", "Monitor", "Home"]) {
    await nav.getByRole("link", { name }).click();
    await expect(nav.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
  }
});

test("the selected language is used, also after a reload", async ({ page, project }) => {
  await open(page, project.url);
  await page.getByLabel("Language").selectOption("zh-CN");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.getByRole("link", { name: "生成器" }).first()).toBeVisible();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
});

test("nothing is wider than a phone", async ({ page, project }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of PAGES) {
    await open(page, project.url + path);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider, path).toBeLessThanOrEqual(0);
  }
});

test("notes that are edited right before leaving the page are saved", async ({ page, project }) => {
  await open(page, `${project.url}/tasks`);
  await page.getByRole("link", { name: "first", exact: true }).click();
  await page.getByRole("tab", { name: "Notes & env" }).click();
  await page.getByLabel("Notes", { exact: true }).pressSequentially("typed in haste");
  await page.goBack();
  await expect(page.locator(".task-row")).toHaveCount(1);
  await expect.poll(async () => (await project.task("first")).notes).toBe("typed in haste");
  // Links still work: nothing has panicked.
  await page.getByRole("link", { name: "first", exact: true }).click();
  await expect(page.getByRole("tab", { name: "Notes & env" })).toBeVisible();
});

test("notes are saved and a conflicting change is reported", async ({ page, project }) => {
  await open(page, `${project.url}/tasks/first`);
  await page.getByRole("tab", { name: "Notes & env" }).click();
  await page.getByLabel("Notes", { exact: true }).fill("learnt something");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  expect((await project.task("first")).notes).toBe("learnt something");
});

test("a task is moved to the trash after a confirmation", async ({ page, project }) => {
  await open(page, `${project.url}/tasks`);
  await page.getByRole("checkbox", { name: "Select first" }).check();
  await page.getByRole("button", { name: "Delete" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No tasks yet")).toBeVisible();
});

test("every page shows that the disk is nearly full", async ({ page, project }) => {
  await project.api("PATCH", "/api/settings", { min_free_disk_mb: 1_000_000_000 });
  for (const path of PAGES) {
    await open(page, project.url + path);
    await expect(page.getByText("Low disk space"), path).toBeVisible();
  }
});
