// The Monitor: a log as a terminal shows it, from one line to a gigabyte.

import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { type Page } from "@playwright/test";
import { expect, open, test, until } from "../support/test";
import { type Project } from "../support/pyr";

const lines = (page: Page) => page.locator(".log__text");
const line = (page: Page, text: string) => page.locator(".log__text").filter({ hasText: new RegExp(`^${text}$`) });

/** A shell task that has run once, and whose log is then replaced. */
async function withLog(project: Project, name: string, write: (path: string) => void) {
  await project.shellTask(name, "true\n");
  await project.api("POST", `/api/tasks/${name}/run`);
  const task = await project.untilDone(name);
  write(task.log);
}

function writeNumbered(path: string, count: number, text = (n: number) => `line ${n}`) {
  const file = openSync(path, "w");
  for (let from = 1; from <= count; from += 50_000) {
    const to = Math.min(from + 49_999, count);
    writeSync(file, Array.from({ length: to - from + 1 }, (_, at) => text(from + at)).join("\n") + "\n");
  }
  closeSync(file);
}

test("colours and bars look as in a terminal", async ({ page, project }) => {
  await project.start("shell");
  const bar = "import sys,time\nfor i in range(1,51):\n    sys.stdout.write('\\r%3d%%|%s|' % (i*2, '#'*(i//5))); sys.stdout.flush(); time.sleep(0.01)\nprint()";
  const script = `printf '\\033[1;31mred and bold\\033[0m plain\\n'\npython3 -c "${bar.replaceAll('"', '\\"')}"\nprintf 'outer 1\\ninner 1\\n\\033[2Aouter 2\\ninner 2\\n'\necho end\n`;
  await project.shellTask("bars", script);
  await open(page, `${project.url}/monitor?task=bars`);
  await project.api("POST", "/api/tasks/bars/run");
  await expect(page.getByText("end", { exact: true })).toBeVisible();
  await expect(page.locator(".fg-1.ansi-bold")).toHaveText("red and bold");
  await expect(lines(page).filter({ hasText: "|" })).toHaveText(["100%|##########|"]);
  await expect(lines(page).filter({ hasText: /outer|inner/ })).toHaveText(["outer 2", "inner 2"]);
});

test("following pauses above the end and resumes there", async ({ page, project }) => {
  await project.start("shell");
  const script = "for i in $(seq 1 300); do echo first $i; done\nuntil [ -e go ]; do sleep 0.02; done\nfor i in $(seq 1 100); do echo second $i; done\n";
  await project.shellTask("long", script);
  await open(page, `${project.url}/monitor?task=long`);
  await project.api("POST", "/api/tasks/long/run");
  await expect(line(page, "first 300")).toBeVisible();
  await page.locator(".log").hover();
  await page.mouse.wheel(0, -900);
  await expect(page.getByRole("switch", { name: "Follow" })).not.toBeChecked();
  project.write("go", "");
  const pill = page.getByRole("button", { name: /new lines/ });
  await expect(pill).toBeVisible();
  await expect(line(page, "second 100")).toHaveCount(0);
  await pill.click();
  await expect(line(page, "second 100")).toBeVisible();
  await expect(page.getByRole("switch", { name: "Follow" })).toBeChecked();
  await page.keyboard.press("g");
  await expect(line(page, "first 1")).toBeVisible();
  await page.keyboard.press("G");
  await expect(line(page, "second 100")).toBeVisible();
});

test("a search finds text in the whole log, and a link opens a line", async ({ page, project }) => {
  await project.start("shell");
  await withLog(project, "found", (path) =>
    writeNumbered(path, 60_000, (n) => (n % 10_000 === 0 ? `ValueError: step ${n}` : `line ${n}`)));
  await open(page, `${project.url}/monitor?task=found#L1234-L1250`);
  await expect(line(page, "line 1234")).toBeVisible();
  await expect(page.locator(".log__row--marked")).toHaveCount(17);
  await expect(page.locator(".minimap__mark--trouble")).toHaveCount(6);
  await page.keyboard.press("/");
  await page.keyboard.type("valueerror");
  await expect(page.locator(".find-bar__count")).toHaveText("0 / 6");
  await page.keyboard.press("Enter");
  await expect(page.locator(".find-bar__count")).toHaveText("1 / 6");
  await expect(line(page, "ValueError: step 10000")).toBeVisible();
  await expect(page.locator(".log__row--hit mark")).toHaveText("ValueError");
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await expect(line(page, "ValueError: step 20000")).toBeVisible();
  await page.keyboard.press("N");
  await expect(line(page, "ValueError: step 10000")).toBeVisible();
  await page.getByRole("button", { name: "Regular expression" }).click();
  await page.getByRole("searchbox", { name: "Find in the log" }).fill("step [1-4]0000$");
  await expect(page.locator(".find-bar__count")).toHaveText(/ \/ 4$/);
  await page.locator(".log__number").filter({ hasText: /^10001$/ }).click();
  expect(new URL(page.url()).hash).toBe("#L10001");
  // Enter directly after typing: the step waits for the matches.
  await page.getByRole("searchbox", { name: "Find in the log" }).fill("step 3");
  await page.getByRole("searchbox", { name: "Find in the log" }).press("Enter");
  await expect(page.locator(".find-bar__count")).toHaveText("1 / 1");
});

test.describe("when the server stops", () => {
  test.use({ allowErrors: [[/WebSocket connection/, /Failed to fetch/, /ERR_/], { scope: "test" }] });

  test("no line is lost or duplicated across a restart", async ({ page, project }) => {
    await project.start("shell");
    await project.shellTask("steady", "for i in $(seq 1 150); do echo line $i; sleep 0.02; done\n");
    await open(page, `${project.url}/monitor?task=steady`);
    await project.api("POST", "/api/tasks/steady/run");
    await expect(line(page, "line 10")).toBeVisible();
    await project.kill();
    await project.start("shell");
    await project.untilDone("steady");
    await expect(page.getByText(/Task steady finished/)).toBeVisible({ timeout: 30_000 });
    const seen = new Map<string, number>();
    await page.getByRole("log").focus();
    await page.keyboard.press("g");
    await expect(line(page, "line 1")).toBeVisible();
    await until("the last line", async () => {
      // All rows in one query, because rows leave the viewport meanwhile. Scrolling takes some frames,
      // and the rows in between are collected as well.
      const rows = await page.locator(".log__row").evaluateAll((rows) =>
        rows.map((row) => [".log__number", ".log__text"].map((part) => row.querySelector(part)?.textContent ?? "")),
      );
      for (const [number, text] of rows) if (text.startsWith("line ")) seen.set(text, Number(number));
      await page.keyboard.press("PageDown");
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      return seen.has("line 150");
    });
    expect(seen.size).toBe(150);
    for (let n = 2; n <= 150; n++) expect(seen.get(`line ${n}`)! - seen.get("line 1")!).toBe(n - 1);
  });
});

test("a log of five million lines opens at its end and at any line", async ({ page, project }) => {
  test.setTimeout(120_000);
  await project.start("shell");
  const count = 5_000_000;
  // 200 bytes a line make a gigabyte.
  const filler = "x".repeat(190);
  await withLog(project, "huge", (path) => {
    const file = openSync(path, "w");
    for (let from = 0; from < count; from += 20_000) {
      let block = "";
      for (let n = from + 1; n <= from + 20_000; n++) block += `${String(n).padStart(8, "0")} ${filler}\n`;
      writeSync(file, block);
    }
    closeSync(file);
  });
  await open(page, `${project.url}/monitor?task=huge`);
  const at = (n: number) => page.locator(".log__text").filter({ hasText: new RegExp(`^${String(n).padStart(8, "0")} `) });
  await expect(at(count)).toBeVisible();
  await expect(page.locator(".log__number").filter({ hasText: String(count) })).toBeVisible();
  await page.keyboard.press("g");
  await expect(at(1)).toBeVisible();
  // The scroll bar covers the whole log.
  const middle = await page.locator(".log").evaluate((log) => {
    log.scrollTop = (log.scrollHeight - log.clientHeight) / 2;
    return new Promise<number>((done) => setTimeout(() => done(Number(log.querySelectorAll(".log__number")[20]?.textContent)), 700));
  });
  expect(Math.abs(middle - count / 2)).toBeLessThan(20_000);
  const before = Number(await page.locator(".log__number").first().textContent());
  await page.locator(".log").hover();
  await page.mouse.wheel(0, 360);
  await until("a few lines further", async () => {
    const moved = Number(await page.locator(".log__number").first().textContent()) - before;
    return moved > 5 && moved < 60;
  });
  await page.keyboard.press("G");
  await expect(at(count)).toBeVisible();
  expect(await page.locator(".log__row").count()).toBeLessThan(120);
});

test("logs are displayed side by side, and all running ones in a grid", async ({ page, project }) => {
  await project.start("shell");
  await project.api("PATCH", "/api/settings", { manager_max_workers: 4 });
  for (const name of ["a", "b", "c"]) {
    await project.shellTask(name, `for i in $(seq 1 600); do echo ${name} says $i; sleep 0.05; [ -e stop ] && exit; done\n`);
    await project.api("POST", `/api/tasks/${name}/run`);
  }
  await open(page, `${project.url}/monitor?task=a`);
  await page.locator(".watch-row", { hasText: "b" }).hover();
  await page.locator(".watch-row", { hasText: "b" }).getByRole("button", { name: "Show side by side" }).click();
  await expect(page.locator(".watch-beside .log-pane")).toHaveCount(2);
  await expect(page.getByText(/^a says \d+$/).first()).toBeVisible();
  await expect(page.getByText(/^b says \d+$/).first()).toBeVisible();
  await page.getByRole("button", { name: "All running" }).click();
  await expect(page.locator(".watch-running .log-pane")).toHaveCount(3);
  await expect(page.getByText(/^c says \d+$/).first()).toBeVisible();
  project.write("stop", "");
  await expect(page.getByText("No task is running.")).toBeVisible();
});

test("a run receives input and is interrupted", async ({ page, project }) => {
  await project.start("shell");
  await project.shellTask("asks", "printf 'name? '\nread name\necho hello $name\ntrap 'echo stopped; exit 3' INT\nwhile true; do sleep 0.05; done\n");
  await open(page, `${project.url}/monitor?task=asks`);
  await project.api("POST", "/api/tasks/asks/run");
  const field = page.getByRole("textbox", { name: "Type into the terminal" });
  await field.fill("Ada");
  await field.press("Enter");
  await expect(page.getByText("hello Ada", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Ctrl-C" }).click();
  const task = await project.untilDone("asks");
  expect(task.exit_codes).toEqual([3]);
  expect(readFileSync(task.log, "utf8")).toContain("stopped");
  await expect(field).toHaveCount(0);
});

test("times, folding and wrapping are remembered", async ({ page, project }) => {
  await project.start("shell");
  await project.shellTask("same", "echo start\nfor i in 1 2 3 4 5; do echo again; done\nsleep 0.6\necho done\n");
  await open(page, `${project.url}/monitor?task=same`);
  await project.api("POST", "/api/tasks/same/run");
  await project.untilDone("same");
  await expect(line(page, "again")).toHaveCount(5);
  const choose = async (name: string) => {
    await page.locator(".log-bar .menu__button").click();
    await page.getByRole("button", { name, exact: true }).click();
  };
  await choose("Fold repeated lines");
  await expect(line(page, "again")).toHaveCount(1);
  await expect(page.getByText("4 more like it")).toBeVisible();
  await choose("Show the time of each line");
  await expect(page.locator(".log__time").first()).toHaveText(/^\d\d:\d\d:\d\d\.\d{3}$/);
  await page.reload();
  await expect(page.getByText("4 more like it")).toBeVisible();
  await expect(page.locator(".log__time").first()).toHaveText(/^\d\d:\d\d:\d\d\.\d{3}$/);
  await choose("Show times since the start");
  await expect(page.locator(".log__row", { hasText: "done" }).locator(".log__time")).toHaveText(/^\+(0\.[3-9]|[1-9])/);
});
