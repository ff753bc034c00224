// From a script to a checked grid of tasks, in the browser.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, open, test } from "../support/test";
import type { Project } from "../support/pyr";

const SCRIPT = `
import argparse
parser = argparse.ArgumentParser()
optim = parser.add_argument_group("optimizer")
optim.add_argument("--lr", type=float, default=0.1, help="step size")
optim.add_argument("--optimizer", choices=["sgd", "adam"], default="sgd")
optim.add_argument("--momentum", type=float, default=0.0)
parser.add_argument("--hidden", type=int, default=16)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--amp", action="store_true")
args = parser.parse_args()
print("lr", args.lr, "seed", args.seed)
`;

const batch = (page: Page) => page.getByRole("complementary", { name: "Batch" });
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });

/** The config as parsed by PyYAML, if the Python of the tests has it. */
function pyyaml(path: string) {
  const python = existsSync("../target/venv/bin/python") ? "../target/venv/bin/python" : "python3";
  const script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))";
  return JSON.parse(execFileSync(python, ["-c", script, path], { encoding: "utf8" }));
}

async function argparse(project: Project, page: Page, path = "/generator") {
  await project.write("train.py", SCRIPT).start("train.py");
  // The frame sends one more request when its live connection is open.
  const connected = page.waitForResponse((response) => response.url().endsWith("/sfn/overview"));
  await open(page, project.url + path);
  await connected;
  await expect(field(page, "lr")).toHaveValue("0.1");
}

test("a thousand tasks are defined, previewed, created and run", async ({ page, project }) => {
  await argparse(project, page);
  // Existing tasks are read once, before any input.
  await page.waitForLoadState("networkidle");
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));

  await field(page, "lr").fill("0.1 | 0.01 | 1e-3 | 1e-4");
  await field(page, "hidden").fill("(16 | 64");
  await expect(batch(page)).toContainText("this ( is never closed");
  await expect(page.locator(".row", { hasText: "hidden" })).toContainText("column 1");
  await field(page, "hidden").fill("(16 | 64)");
  await field(page, "momentum").fill("(0 | 0.9)");
  await expect(page.locator(".row", { hasText: "hidden" })).toContainText("2 zipped");
  await field(page, "seed").fill("1:125");
  await expect(page.locator(".row", { hasText: "seed" })).toContainText("125 values");
  await expect(batch(page)).toContainText("4 × 125 × 2 = 1000 tasks");
  await page.getByLabel("Condition").fill("lr < 0.1 or");
  await expect(batch(page)).toContainText("column 12");
  await page.getByLabel("Condition").fill("");
  await page.getByLabel("Name", { exact: true }).fill("lr{lr}-seed{seed}");
  await page.getByLabel("Add date and time").click();
  await expect(batch(page)).toContainText("lr0.1-seed1_1-of-1000");
  await page.getByLabel("Name", { exact: true }).fill("sweep");
  await expect(batch(page)).toContainText("sweep_1-of-1000 … sweep_1000-of-1000");

  // All rows on demand, of which only visible ones are rendered.
  await page.getByRole("button", { name: "Show all 1000" }).click();
  const rows = page.getByRole("region", { name: "All tasks of this batch" });
  await expect(rows).toContainText("sweep_1-of-1000");
  await rows.locator(".all-rows__window").evaluate((window) => window.scrollTo(0, window.scrollHeight));
  await expect(rows).toContainText("sweep_1000-of-1000");
  expect(await rows.locator("tbody tr").count()).toBeLessThan(60);
  // The browser itself requests the icon at any time.
  expect(requests.filter((url) => !url.startsWith("data:") && !url.endsWith("/favicon.svg"))).toEqual([]);

  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/tasks\?.*sweep_of-1000/);
  const tasks = project.path("_pyruns_/train/tasks");
  const names = readdirSync(tasks).filter((name) => name.startsWith("sweep_"));
  expect(names).toHaveLength(1000);
  for (const [position, expected] of [
    [1, { lr: 0.1, hidden: 16, momentum: 0, seed: 1 }],
    [2, { lr: 0.1, hidden: 64, momentum: 0.9, seed: 1 }],
    [251, { lr: 0.01, hidden: 16, momentum: 0, seed: 1 }],
    [750, { lr: 0.001, hidden: 64, momentum: 0.9, seed: 125 }],
    [1000, { lr: 0.0001, hidden: 64, momentum: 0.9, seed: 125 }],
  ] as const) {
    const config = pyyaml(`${tasks}/sweep_${position}-of-1000/config.yaml`);
    expect(config, `task ${position}`).toEqual({ optimizer: "sgd", amp: false, ...expected });
  }
  const four = [1, 2, 500, 1000].map((position) => `sweep_${position}-of-1000`);
  await project.api("POST", "/api/tasks/batch/run", { task_names: four });
  for (const name of four) {
    const task = await project.untilDone(name);
    expect(task.status).toBe("completed");
    expect(readFileSync(task.log, "utf8")).toContain(`lr ${task.config.lr} seed ${task.config.seed}`);
  }
});

test("samples, a condition, run options and a name pattern apply to the tasks", async ({ page, project }) => {
  await argparse(project, page);
  await field(page, "lr").fill("~log(1e-5, 1e-1) × 5");
  await expect(page.locator(".row", { hasText: "lr" }).first()).toContainText("5 sampled");
  await field(page, "seed").fill("1:3");
  await page.getByLabel("Condition").fill("seed != 2");
  await expect(batch(page)).toContainText("10 tasks");
  await expect(batch(page)).toContainText("of 15");
  const drawn = await batch(page).locator("tbody tr").first().locator("td").nth(3).innerText();
  await page.getByText("Run options").click();
  await page.getByLabel("Priority").fill("5");
  await page.getByLabel("Time limit").fill("2 weeks");
  await expect(batch(page)).toContainText("30m, 2h");
  await page.getByLabel("Time limit").fill("2h");
  await page.getByLabel("Environment").fill("MODE=fast");
  await page.getByLabel("Notes").fill("from the test");
  await page.getByLabel("Name", { exact: true }).fill("t{#}");
  await page.getByLabel("Add date and time").click();
  await page.getByRole("button", { name: "Create", exact: false }).nth(1).click();
  await page.waitForURL(/\/tasks\?/);
  const task = await project.task("t01");
  expect(task.notes).toBe("from the test");
  expect(task.env).toEqual({ MODE: "fast" });
  expect(task.options).toMatchObject({ priority: 5, timeout_s: 7200 });
  const configs = await Promise.all([...Array(10).keys()].map((at) => project.task(`t${String(at + 1).padStart(2, "0")}`)));
  expect(new Set(configs.map((one) => one.config.lr)).size).toBe(5);
  expect(configs.every((one) => one.config.seed !== 2)).toBe(true);
  expect(configs.some((one) => Number(one.config.lr) === Number(drawn))).toBe(true);
});

test("input is not lost between modes and on a reload", async ({ page, project }) => {
  await project.example("nested_yaml").start("train.py", "configs/base.yaml");
  await open(page, `${project.url}/generator?mode=yaml`);
  const editor = page.locator(".cm-content");
  await expect(editor).toBeVisible();
  const original = (await editor.innerText()).trim();
  await editor.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# a comment of mine\n");
  await page.getByRole("radio", { name: "Tree" }).click();
  await expect(page.locator(".tree__branch").first()).toBeVisible();
  const first = page.locator(".row input[type=text]").first();
  const id = await first.getAttribute("id");
  const before = await first.inputValue();
  await first.fill(`${before} | 7`);
  await expect(page.locator(".row", { has: page.locator(`[id="${id}"]`) })).toContainText("2 values");
  await page.getByRole("radio", { name: "YAML" }).click();
  await expect(editor).toContainText("# a comment of mine");
  await expect(editor).toContainText("| 7");
  await page.getByRole("radio", { name: "Form" }).click();
  await expect(page.locator(`[id="${id}"]`)).toHaveValue(`${before} | 7`);
  await page.getByLabel("Name", { exact: true }).fill("batch");
  await page.reload();
  await expect(page.locator(`[id="${id}"]`)).toHaveValue(`${before} | 7`);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("batch");
  await page.getByRole("radio", { name: "YAML" }).click();
  await expect(editor).toContainText("# a comment of mine");
  // An invalid text is never discarded.
  await editor.click();
  await page.keyboard.press("Control+End");
  // No brackets: the editor closes them.
  await page.keyboard.type("\nbroken: - 1\n");
  await expect(page.locator(".cm-lintRange-error, .cm-lint-marker-error").first()).toBeVisible();
  await page.getByRole("radio", { name: "Form" }).click();
  await expect(page.getByText("The YAML text cannot be parsed")).toBeVisible();
  await page.getByRole("link", { name: "Back to YAML" }).click();
  await expect(editor).toContainText("broken: - 1");
  await page.getByRole("button", { name: "Reset all" }).click();
  await expect(editor).not.toContainText("broken");
  expect((await editor.innerText()).trim()).toBe(original);
});

test("search, pin, differences and duplicates", async ({ page, project }) => {
  await project.write("train.py", SCRIPT).start("train.py");
  const body = { mode: "form", yaml_text: "lr: 0.5\noptimizer: sgd\nmomentum: 0.0\nhidden: 16\nseed: 0\namp: false\n", name_prefix: "old", append_timestamp: false };
  await project.api("POST", "/api/generator/create", body);
  await open(page, `${project.url}/generator`);
  await field(page, "lr").fill("0.5 | 0.6");
  await expect(batch(page)).toContainText("1 of 2 tasks already exists with the same parameters: old");
  await expect(batch(page)).toContainText("1 difference from the template");
  await page.getByText("1 difference from the template").click();
  await expect(batch(page).locator(".differences")).toContainText("0.1 → 0.5 | 0.6");
  await page.locator(".row", { hasText: "seed" }).hover();
  await page.getByRole("button", { name: "Pin seed" }).click();
  await expect(page.locator("fieldset").first()).toContainText("Pinned");
  await expect.poll(async () => (await project.api("GET", "/api/workspace")).settings.pinned_params).toEqual(["seed"]);
  await page.getByPlaceholder("Find a parameter").fill("step");
  await expect(page).toHaveURL(/q=step/);
  await expect(page.locator(".row:visible")).toHaveCount(1);
  await page.reload();
  await expect(page.locator(".row:visible")).toHaveCount(1);
  await page.getByRole("button", { name: /Reset lr/ }).click();
  await expect(field(page, "lr")).toHaveValue("0.1");
});

const create = (project: Project, name: string, yaml_text: string) =>
  project.api("POST", "/api/generator/create", { mode: "form", yaml_text, name_prefix: name, append_timestamp: false });

test("duplicates are found among all tasks, in all rows, without a request", async ({ page, project }) => {
  // Thousands of tasks are defined, and a hundred thousand rows are scanned.
  test.slow();
  await project.write("train.py", SCRIPT).start("train.py");
  const rest = "optimizer: sgd\nmomentum: 0.0\nhidden: 16\namp: false\n";
  await create(project, "oldest", `lr: 0.5\nseed: 1999\n${rest}`);
  await create(project, "many", `lr: 0.9\nseed: 1:2500\n${rest}`);
  await open(page, `${project.url}/generator`);
  await page.waitForLoadState("networkidle");
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  const line = batch(page).locator(".batch__duplicates");
  await field(page, "lr").fill("0.5");
  await field(page, "seed").fill("1:100000");
  await expect(line).toHaveText("1 of 100000 tasks already exists with the same parameters: oldest", { timeout: 30_000 });
  // The scan of one batch does not apply to the next.
  await field(page, "seed").fill("1:100000 | 7");
  await field(page, "seed").fill("1:3");
  await expect(batch(page)).toContainText("3 tasks");
  await expect(line).toHaveCount(0);
  await field(page, "lr").fill("0.9 | 0.5 | 0.5");
  await field(page, "seed").fill("1001:2000");
  await expect(line).toHaveText([
    "1002 of 3000 tasks already exist with the same parameters: many_1001-of-2500, many_1002-of-2500, many_1003-of-2500",
    "1000 of 3000 tasks have the same parameters as another task of this batch",
  ]);
  await expect(batch(page).locator(".rows tbody tr").first()).toContainText("exists");
  expect(requests.filter((url) => !url.startsWith("data:") && !url.endsWith("/favicon.svg"))).toEqual([]);
  // Tasks that are created while the page is open are found, too.
  await field(page, "lr").fill("0.7");
  await field(page, "seed").fill("5");
  await expect(line).toHaveCount(0);
  await create(project, "late", `lr: 0.7\nseed: 5\n${rest}`);
  await expect(line).toHaveText("This task already exists with the same parameters: late");
});

test("keyboard shortcuts create exactly the input in every mode", async ({ page, project }) => {
  await project.write("train.py", SCRIPT).start("train.py");
  const config = (name: string) => readFileSync(project.path("_pyruns_/train/tasks", name, "config.yaml"), "utf8");
  for (const [mode, keys] of [["form", "Control+Enter"], ["tree", "Meta+Enter"], ["yaml", "Control+Enter"]] as const) {
    await open(page, `${project.url}/generator?mode=${mode}`);
    await page.getByLabel("Name", { exact: true }).fill(`by-${mode}`);
    await page.getByLabel("Add date and time").click();
    if (mode === "yaml") {
      await page.locator(".cm-content").click();
      await page.keyboard.press("Control+End");
      await page.keyboard.type("# the last line");
    } else {
      await field(page, "seed").fill("41");
      await field(page, "seed").press("ArrowRight");
    }
    const sent = page.waitForRequest(/create_batch/);
    await page.keyboard.press(keys);
    // The key adds no line.
    if (mode === "yaml") expect((await sent).postData()).toMatch(/# the last line"/);
    await page.waitForURL(/\/tasks/);
    await expect.poll(() => existsSync(project.path("_pyruns_/train/tasks", `by-${mode}`))).toBe(true);
  }
  expect(config("by-form")).toContain("seed: 41");
  expect(config("by-tree")).toContain("seed: 41");
  expect(config("by-yaml")).toContain("seed: 0");
  expect((await project.task("by-form")).status).toBe("pending");
});

test("keyboard shortcuts create and run a shell script", async ({ page, project }) => {
  await project.start("shell");
  await open(page, `${project.url}/generator`);
  // An empty script is not an error yet.
  await expect(page.locator(".batch__hint")).toBeVisible();
  await expect(page.locator(".batch__problem")).toHaveCount(0);
  await page.locator(".cm-content").click();
  await page.keyboard.type("echo from the shell");
  await page.reload();
  await expect(page.locator(".cm-content")).toContainText("echo from the shell");
  await page.getByLabel("Name", { exact: true }).fill("sh");
  await page.getByLabel("Add date and time").click();
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Control+Shift+Enter");
  await page.waitForURL(/\/tasks/);
  const task = await project.untilDone("sh");
  expect(task.config_text.trimEnd()).toBe("echo from the shell");
  expect(readFileSync(task.log, "utf8")).toContain("from the shell");
});

test("edits can be undone after a mode change, and run options are preserved", async ({ page, project }) => {
  await project.example("nested_yaml").start("train.py", "configs/base.yaml");
  await open(page, `${project.url}/generator?mode=yaml`);
  const editor = page.locator(".cm-content");
  await editor.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# mine");
  await page.getByRole("radio", { name: "Tree" }).click();
  await expect(page.locator(".tree__branch").first()).toBeVisible();
  await expect(editor).toBeHidden();
  await page.getByRole("radio", { name: "YAML" }).click();
  await expect(editor).toContainText("# mine");
  await editor.click();
  await page.keyboard.press("Control+z");
  await expect(editor).not.toContainText("# mine");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("broken: - 1");
  await expect(page.locator(".cm-lintRange-error")).toHaveText("- 1");
  await page.keyboard.press("Control+z");
  await expect(page.locator(".cm-lintRange-error")).toHaveCount(0);

  await page.getByText("Run options").click();
  await expect(page).toHaveURL(/run=1/);
  await page.getByLabel("Priority").fill("7");
  await page.getByLabel("Environment").fill("A=1\nB=2");
  await page.getByLabel("Notes").fill("two\nlines");
  await page.reload();
  await expect(page.getByLabel("Priority")).toHaveValue("7");
  await expect(page.getByLabel("Environment")).toHaveValue("A=1\nB=2");
  await expect(page.getByLabel("Notes")).toHaveValue("two\nlines");
  await page.getByText("Run options").press("Enter");
  await expect(page.getByLabel("Priority")).toBeHidden();
  await expect(page).not.toHaveURL(/run=/);
});

test("any task can be the template, for any number of tasks", async ({ page, project }) => {
  await project.write("train.py", SCRIPT).start("train.py");
  await create(project, "oldest", "lr: 0.5\n");
  await create(project, "many", "lr: 0.9\nseed: 1:150\n");
  await open(page, `${project.url}/generator`);
  await expect(page.getByLabel("Template").locator("option")).toHaveCount(101);
  await page.getByLabel("Find a task").fill("oldes");
  await expect(page.locator("#generator-tasks option")).toHaveAttribute("value", "oldest");
  await page.getByLabel("Find a task").fill("oldest");
  await expect(page).toHaveURL(/template=/);
  await expect(field(page, "lr")).toHaveValue("0.5");

  // Also from the page of the task.
  await open(page, `${project.url}/tasks/many_150-of-150`);
  await page.locator("summary[aria-label='More']").click();
  await page.getByRole("link", { name: "New batch from this" }).click();
  await expect(field(page, "lr")).toHaveValue("0.9");
});
