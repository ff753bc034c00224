// The Monitor: progress bars, links, the menu, the task list, several logs, and search over all logs.

import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Page } from "@playwright/test";
import { expect, open, test } from "../support/test";

const CAPTURES = resolve(import.meta.dirname, "../../crates/common/tests/captures");
const lines = (page: Page) => page.locator(".log__text");
const line = (page: Page, text: string) => page.locator(".log__text").filter({ hasText: new RegExp(`^${text}$`) });

async function choose(page: Page, name: string) {
  await page.locator(".log-bar .menu__button").click();
  await page.getByRole("button", { name, exact: true }).click();
}

test("output of tqdm, rich, pip and keras is displayed as in a terminal", async ({ page, project }) => {
  await page.setViewportSize({ width: 1800, height: 1400 });
  await project.start("shell");
  for (const name of ["tqdm", "tqdm_nested", "rich", "pip", "keras"]) {
    await project.shellTask(name, `cat ${join(CAPTURES, `${name}.log`)}\n`);
    await open(page, `${project.url}/monitor?task=${name}`);
    await project.api("POST", `/api/tasks/${name}/run`);
    await expect(page.getByText(/Task \w+ finished/)).toBeVisible();
    const wanted = readFileSync(join(CAPTURES, `${name}.txt`), "utf8").trimEnd().split("\n");
    const shown = (await lines(page).allTextContents()).map((text) => text.trimEnd());
    expect(shown.filter((text) => !text.startsWith("[PYRUNS]")).slice(0, wanted.length), name).toEqual(wanted);
  }
});

test("a link to lines contains their run, also if there are newer runs", async ({ page, project }) => {
  await project.start("shell");
  await project.shellTask("twice", "echo this is run $PYRUNS_RUN_INDEX\n");
  for (let run = 0; run < 2; run++) {
    await project.api("POST", "/api/tasks/twice/run");
    await project.untilDone("twice");
  }
  await project.shellTask("other", "true\n");
  await open(page, `${project.url}/monitor?task=twice`);
  await expect(line(page, "this is run 2")).toBeVisible();
  await page.getByRole("combobox", { name: "Run" }).selectOption("run1.log");
  await expect(line(page, "this is run 1")).toBeVisible();
  await page.locator(".log__number").nth(1).click();
  await page.locator(".log__number").nth(2).click({ modifiers: ["Shift"] });
  const link = page.url();
  expect(new URL(link).search + new URL(link).hash).toBe("?task=twice&run=1#L2-L3");
  await page.goto("about:blank");
  await open(page, link);
  await expect(line(page, "this is run 1")).toBeVisible();
  await expect(page.locator(".log__row--marked")).toHaveCount(2);
  // The rest of the URL may be edited.
  await page.evaluate(() => (location.hash = "#L1"));
  await expect(page.locator(".log__row--marked")).toHaveCount(1);
  await page.locator(".watch-item", { hasText: "other" }).click();
  await expect(page).toHaveURL(/task=other$/);
});

test("up to four logs are displayed side by side, and can be closed", async ({ page, project }) => {
  await project.start("shell");
  const names = ["one", "two", "three", "four", "five"];
  for (const name of names) {
    await project.shellTask(name, `echo I am ${name}\n`);
    await project.api("POST", `/api/tasks/${name}/run`);
    await project.untilDone(name);
  }
  await open(page, `${project.url}/monitor?task=one`);
  for (const name of ["two", "three", "four"]) {
    const row = page.locator(".watch-row", { hasText: name });
    await row.hover();
    await row.getByRole("button", { name: "Show side by side" }).click();
  }
  for (const name of names.slice(0, 4)) await expect(page.getByRole("log", { name: `Log of ${name}` })).toContainText(`I am ${name}`);
  await page.locator(".watch-row", { hasText: "five" }).hover();
  await expect(page.locator(".watch-row", { hasText: "five" }).getByRole("button", { name: "Show beside" })).toBeHidden();
  await page.getByRole("button", { name: "Close this log" }).first().click();
  await expect(page.getByRole("log")).toHaveCount(3);
  await page.reload();
  await expect(page.getByRole("log", { name: "Log of three" })).toContainText("I am three");
});

test("the menu goes to a line, copies, downloads and changes the text size", async ({ page, context, project }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await project.start("shell");
  await project.shellTask("menu", "seq 1 3000\nprintf '\\033[32mgreen\\033[0m\\n'\n");
  await project.api("POST", "/api/tasks/menu/run");
  await project.untilDone("menu");
  await open(page, `${project.url}/monitor?task=menu`);
  await expect(line(page, "green")).toBeVisible();
  page.once("dialog", (dialog) => dialog.accept("1001"));
  await choose(page, "Go to a line…");
  await expect(line(page, "1000")).toBeVisible();
  await choose(page, "Go to the top");
  await expect(line(page, "1")).toBeVisible();
  await choose(page, "Go to the end");
  await expect(line(page, "green")).toBeVisible();
  await page.locator(".log__number").filter({ hasText: /^3002$/ }).click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await choose(page, "Copy as text");
  await expect.poll(clipboard).toBe("green");
  await choose(page, "Copy with colours");
  await expect.poll(clipboard).toBe("\u001b[32mgreen\u001b[0m");
  const height = () => page.locator(".log__row").first().evaluate((row) => row.getBoundingClientRect().height);
  const before = await height();
  await choose(page, "Larger text");
  await expect.poll(height).toBeGreaterThan(before);
  const downloaded = async (name: string) => {
    await page.locator(".log-bar .menu__button").click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name, exact: true }).click()]);
    expect(download.suggestedFilename()).toBe("menu-run1.log");
    return readFileSync(await download.path(), "utf8");
  };
  expect(await downloaded("Download")).toContain("\u001b[32mgreen\u001b[0m");
  expect(await downloaded("Download without colours")).toContain("\ngreen\n");
});

test("keys toggle follow and wrap, and a selection contains only text", async ({ page, project }) => {
  await project.start("shell");
  await project.shellTask("keys", `echo ${"long ".repeat(120)}\necho first\necho second\n`);
  await project.api("POST", "/api/tasks/keys/run");
  await project.untilDone("keys");
  await open(page, `${project.url}/monitor?task=keys`);
  const long = lines(page).filter({ hasText: /^long long/ });
  const height = () => long.evaluate((row) => row.getBoundingClientRect().height);
  const wrapped = await height();
  await page.keyboard.press("w");
  await expect.poll(height).toBeLessThan(wrapped);
  await expect(page.getByRole("switch", { name: "Wrap" })).not.toBeChecked();
  await page.keyboard.press("f");
  await expect(page.getByRole("switch", { name: "Follow" })).not.toBeChecked();
  await page.keyboard.press("f");
  await expect(page.getByRole("switch", { name: "Follow" })).toBeChecked();
  const box = async (text: string) => (await line(page, text).boundingBox())!;
  const [from, to] = [await box("first"), await box("second")];
  await page.mouse.move(from.x + 1, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width - 1, to.y + to.height / 2, { steps: 4 });
  await page.mouse.up();
  expect(await page.evaluate(() => getSelection()!.toString())).toBe("first\nsecond");
});

test("the list can be filtered, and batches collapsed", async ({ page, project }) => {
  await project.start("shell");
  for (let n = 1; n <= 6; n++) await project.shellTask(`sweep_${n}-of-6`, "true\n");
  await project.shellTask("fails", "exit 3\n");
  await project.api("POST", "/api/tasks/fails/run");
  await project.untilDone("fails");
  await open(page, `${project.url}/monitor?task=fails`);
  const items = page.locator(".watch-item");
  await expect(items).toHaveCount(1);
  const batch = page.getByRole("button", { name: /^sweep 6 tasks/ });
  await expect(batch).toHaveAttribute("aria-expanded", "false");
  await batch.click();
  await expect(items).toHaveCount(7);
  await page.getByRole("combobox", { name: "Status" }).selectOption("failed");
  await expect(items).toHaveText([/fails/]);
  await page.getByRole("combobox", { name: "Status" }).selectOption("");
  await page.getByRole("searchbox", { name: "Find a task" }).fill("sweep_3");
  await expect(items).toHaveText([/sweep_3-of-6/]);
});

test("a line of fifty megabytes and invalid bytes are displayed", async ({ page, project }) => {
  await project.start("shell");
  await project.shellTask("odd", "true\n");
  await project.api("POST", "/api/tasks/odd/run");
  const { log } = await project.untilDone("odd");
  writeFileSync(log, Buffer.concat([Buffer.from("before\n"), Buffer.alloc(50 << 20, "x"), Buffer.from("\ncaf\xe9\nafter\n", "latin1")]));
  await open(page, `${project.url}/monitor?task=odd`);
  await expect(line(page, "after")).toBeVisible();
  await expect(line(page, "caf\ufffd")).toBeVisible();
  await page.keyboard.press("g");
  await expect(line(page, "before")).toBeVisible();
});

test("the keys of a terminal interrupt a run", async ({ page, project }) => {
  await project.start("shell");
  await project.shellTask("waits", "trap 'exit 5' INT\necho ready\nwhile true; do sleep 0.05; done\n");
  await open(page, `${project.url}/monitor?task=waits`);
  await project.api("POST", "/api/tasks/waits/run");
  await expect(line(page, "ready")).toBeVisible();
  await page.getByRole("textbox", { name: "Type into the terminal" }).press("Control+c");
  expect((await project.untilDone("waits")).exit_codes).toEqual([5]);
});

test("all logs are searched, and a match links to its line", async ({ page, project }) => {
  await project.start("shell");
  for (const name of ["alpha", "beta"]) {
    await project.shellTask(name, `seq 1 40\necho needle of ${name} $PYRUNS_RUN_INDEX\nseq 1 40\n`);
    await project.api("POST", `/api/tasks/${name}/run`);
    await project.untilDone(name);
  }
  await project.api("POST", "/api/tasks/beta/run");
  await project.untilDone("beta");
  await open(page, `${project.url}/monitor?task=alpha`);
  await page.getByRole("button", { name: "Search all logs" }).click();
  const field = page.getByRole("searchbox", { name: "Search all logs" });
  await expect(field).toBeFocused();
  await field.fill("NEEDLE");
  const found = page.locator(".found__line");
  await expect(found).toHaveCount(2);
  await expect(page.getByText("2 lines in 2 logs")).toBeVisible();
  await expect(found.locator("mark")).toHaveText(["needle", "needle"]);
  await page.getByRole("checkbox", { name: "All runs" }).check();
  await expect(found).toHaveCount(3);
  await page.getByRole("searchbox", { name: "Find a task" }).fill("beta");
  await expect(found).toHaveCount(2);
  await page.getByRole("button", { name: "Regular expression" }).click();
  await field.fill("needle of \\w+ 1");
  await expect(found).toHaveCount(1);
  await found.click();
  await expect(page.locator(".log__row--marked .log__text")).toHaveText("needle of beta 1");
  expect(new URL(page.url()).searchParams.get("run")).toBe("1");
});
