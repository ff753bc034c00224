// The list of tasks: its order, failures of tasks, and its state without a workspace.

import type { Page } from "@playwright/test";

import { expect, open, test } from "../support/test";

/** The visible names, in order. */
const names = (page: Page) => page.locator(".task-row .task-name").allTextContents();
const row = (page: Page, name: string) =>
  page.locator(".task-row").filter({ has: page.getByRole("link", { name, exact: true }) });
const pill = (page: Page) => page.getByRole("button", { name: /changed · update order/ });
/** Runs until its file `NAME.go` exists. */
const waits = (name: string, after = "") => `while [ ! -e ${name}.go ]; do sleep 0.05; done; ${after}`;

test("running tasks come first, then the queue in its order, then ended tasks, newest first", async ({ page, project }) => {
  await project.start("shell");
  for (const name of ["t1", "t2", "t10", "t9"]) await project.shellTask(name, waits(name));
  await project.shellTask("done", "true");
  await project.api("POST", "/api/tasks/done/run");
  await project.untilDone("done");
  await project.api("POST", "/api/tasks/batch/run", { task_names: ["t1", "t9", "t10"], max_workers: 1 });
  await open(page, `${project.url}/tasks`);
  await expect(row(page, "t1")).toContainText("Running");
  await expect.poll(() => names(page)).toEqual(["t1", "t9", "t10", "done", "t2"]);
  await page.getByTitle("Sort by Task").click();
  await expect.poll(() => names(page)).toEqual(["done", "t1", "t2", "t9", "t10"]);
});

test("the order does not change under the pointer and is updated when it leaves", async ({ page, project }) => {
  await project.start("shell");
  for (const name of ["a", "b"]) await project.shellTask(name, waits(name, "exit 1"));
  await project.shellTask("c", waits("c"));
  await project.api("POST", "/api/tasks/batch/run", { task_names: ["a", "b", "c"], max_workers: 2 });
  await open(page, `${project.url}/tasks`);
  await expect.poll(async () => (await names(page)).slice(2)).toEqual(["c"]);
  await expect(row(page, "b")).toContainText("Running");
  const before = await names(page);

  await row(page, "b").hover();
  project.write("b.go", "");
  // It is updated in place, and so is the one that starts next.
  await expect(row(page, "b")).toContainText("Failed");
  await expect(row(page, "c")).toContainText("Running");
  await expect(pill(page)).toBeVisible();
  expect(await names(page)).toEqual(before);

  await pill(page).click();
  await expect(pill(page)).toHaveCount(0);
  await expect.poll(async () => (await names(page)).at(-1)).toBe("b");

  const held = await names(page);
  const [first, second] = held as [string, string];
  await row(page, first).hover();
  project.write(`${first}.go`, "");
  await expect(row(page, first)).not.toContainText("Running");
  await expect(pill(page)).toBeVisible();
  expect(await names(page)).toEqual(held);
  await page.mouse.move(5, 5);
  await expect(pill(page)).toHaveCount(0);
  await expect.poll(async () => (await names(page))[0]).toBe(second);
});

test("the order does not change while the list has the keyboard focus", async ({ page, project }) => {
  await project.start("shell");
  for (const name of ["a", "b"]) await project.shellTask(name, waits(name));
  await project.api("POST", "/api/tasks/batch/run", { task_names: ["a", "b"], max_workers: 2 });
  await open(page, `${project.url}/tasks`);
  await expect(page.locator(".task-row").filter({ hasText: "Running" })).toHaveCount(2);
  await page.mouse.move(5, 5);
  const before = await names(page);
  await page.keyboard.press("j");
  project.write(`${before[0]}.go`, "");
  await expect(row(page, before[0]!)).toContainText("Completed");
  await expect(pill(page)).toBeVisible();
  expect(await names(page)).toEqual(before);
  // Focus moves to the search field, outside the list.
  await page.keyboard.press("/");
  await expect(pill(page)).toHaveCount(0);
  await expect.poll(() => names(page)).toEqual([...before].reverse());
});

test("a failed task shows its failure everywhere, with a link to the line of its log", async ({ page, project }) => {
  const script = [
    "import pyruns",
    "config = pyruns.load()",
    "for n in range(300): print('step', n)",
    "raise ValueError(f'lr {config.lr} is too large')",
  ];
  project.write("train.py", script.join("\n")).write("defaults.yaml", "lr: 0.1\n");
  await project.start("train.py", "defaults.yaml");
  await project.api("POST", "/api/generator/create", {
    mode: "form", yaml_text: "lr: 7.5\n", name_prefix: "bad", append_timestamp: false,
  });
  await project.api("POST", "/api/tasks/bad/run");
  const task = await project.untilDone("bad");
  const text = "ValueError: lr 7.5 is too large";
  expect(task.failure_summary).toMatchObject({ kind: "exception", text, run: 1 });

  await open(page, `${project.url}/tasks?view=cards`);
  await expect(page.locator(".task-card").getByRole("link", { name: text })).toBeVisible();
  await open(page, `${project.url}/tasks?view=runs`);
  await expect(page.getByRole("columnheader", { name: "Failure" })).toBeVisible();
  await expect(page.getByRole("cell", { name: text })).toBeVisible();
  await open(page, `${project.url}/tasks/bad`);
  await expect(page.locator(".task-failure")).toContainText(text);
  await open(page, `${project.url}/tasks`);
  await row(page, "bad").getByRole("link", { name: text }).click();
  await expect(page).toHaveURL(new RegExp(`/monitor\\?task=bad&run=1#L${task.failure_summary.line}$`));
  // The line is visible, and marked as the target of the link.
  const line = page.locator(".log__row--marked");
  await expect(line).toContainText(text);
  await expect(line).toBeInViewport();
});

test("a batch above the limit cannot be created and shows an error", async ({ page, project }) => {
  await project.example("digits").start("train.py");
  await project.api("PATCH", "/api/settings", { max_batch_tasks: 3 });
  await open(page, `${project.url}/generator`);
  const create = page.getByRole("button", { name: /^Create/ });
  await expect(create.last()).toBeEnabled();
  await page.getByLabel("epochs", { exact: true }).fill("1:4");
  await expect(page.getByText("At most 3 tasks can be created at once")).toBeVisible();
  for (const button of await create.all()) await expect(button).toBeDisabled();
  await page.keyboard.press("Control+Enter");
  await page.getByLabel("epochs", { exact: true }).fill("1:3");
  for (const button of await create.all()) await expect(button).toBeEnabled();
  expect((await project.api("GET", "/api/tasks")).total).toBe(0);
});

test("without a workspace every page shows that and offers to open one", async ({ page, project }) => {
  await project.start();
  await open(page, project.url);
  const answers: number[] = [];
  page.on("response", (response) => answers.push(response.status()));
  const main = page.getByRole("main");
  const offer = main.getByRole("link", { name: "Open a script" });
  await expect(offer).toBeVisible();
  const nav = page.getByRole("navigation", { name: "Main" });
  for (const name of ["Tasks", "Monitor", "Generator"]) {
    await nav.getByRole("link", { name }).click();
    await expect(main.getByRole("heading", { name: "No workspace is open" })).toBeVisible();
    await expect(offer).toBeVisible();
  }
  for (const path of ["/tasks", "/tasks?view=runs", "/tasks?view=grid", "/monitor", "/generator", "/compare"]) {
    await open(page, project.url + path);
    await expect(main.getByRole("heading", { name: "No workspace is open" })).toBeVisible();
    await expect(page.getByText("Loading failed")).toHaveCount(0);
  }
  expect(answers.filter((status) => status >= 400)).toEqual([]);
  await offer.click();
  await expect(page).toHaveURL(/\/launcher/);
});
