// The main story: from a script to a finished grid with logs and curves, in the browser.

import { readFileSync } from "node:fs";
import { expect, open, test } from "../support/test";

const SCRIPT = `
import argparse, time
import pyruns

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1, help="step size")
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--optimizer", choices=["sgd", "adam"], default="sgd")
parser.add_argument("--augment", action="store_true")
args = parser.parse_args()
loss = 1.0
for epoch in range(args.epochs):
    loss *= 1 - args.lr
    pyruns.track(loss=loss, acc=1 - loss)
    print(f"epoch {epoch} \\033[32mloss {loss:.4f}\\033[0m", flush=True)
    time.sleep(0.05)
pyruns.record(loss=loss)
`;

test("a grid is defined, created, run, and monitored live", async ({ page, project }) => {
  await (await project.write("train.py", SCRIPT)).start("train.py");
  await open(page, project.url);
  await expect(page.getByRole("heading", { name: "train.py" })).toBeVisible();
  await page.getByRole("link", { name: "New batch" }).first().click();

  // The count is updated while typing, without a request.
  const lr = page.getByLabel("lr", { exact: true });
  await expect(lr).toHaveValue("0.1");
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await lr.fill("0.1 | 0.2");
  await page.getByLabel("epochs", { exact: true }).fill("19:20");
  const batch = page.getByRole("complementary", { name: "Batch" });
  await expect(batch).toContainText("4 tasks");
  await lr.fill("1:10:0");
  await expect(batch).not.toContainText("4 tasks");
  await expect(page.getByText(/step/i).first()).toBeVisible();
  await lr.fill("0.1 | 0.2");
  await expect(batch).toContainText("4 tasks");
  expect(requests.filter((url) => !url.startsWith("data:"))).toEqual([]);

  await page.getByLabel("Name", { exact: true }).fill("sweep");
  await page.getByLabel("Add date and time").click();
  await page.getByRole("button", { name: "Create and run" }).click();
  await page.waitForURL(/\/tasks/);
  await expect(page.getByRole("link", { name: "sweep_1-of-4" })).toBeVisible();
  const config = readFileSync(project.path("_pyruns_/train/tasks/sweep_1-of-4/config.yaml"), "utf8");
  expect(config).toContain("lr: 0.1");
  expect(config).toContain("epochs: 19");

  // The log and the curves of one of them, live.
  await page.getByRole("link", { name: "sweep_1-of-4" }).click();
  await page.getByRole("tab", { name: "Log" }).click();
  await expect(page.getByText(/epoch 18/)).toBeVisible();
  await expect(page.getByText(/Task sweep_1-of-4 finished/)).toBeVisible();
  await page.getByRole("tab", { name: "Charts" }).click();
  await expect(page.locator("canvas").first()).toBeVisible();
  // 1 - 0.9 ** 19, the last point.
  await expect(page.getByText("0.8649").first()).toBeVisible();

  for (const name of ["sweep_1-of-4", "sweep_2-of-4", "sweep_3-of-4", "sweep_4-of-4"]) {
    const task = await project.untilDone(name);
    expect(task.status).toBe("completed");
  }
  await page.goto(`${project.url}/tasks`);
  await expect(page.getByText("Completed")).not.toHaveCount(0);
  await expect(page.locator("tbody").getByText("Completed")).toHaveCount(4);
});

test("statuses change on the page without a reload", async ({ page, project }) => {
  await project.start("shell");
  await project.shellTask("quick", "sleep 0.3; echo done\n");
  await open(page, `${project.url}/tasks`);
  const row = page.locator("tbody tr", { hasText: "quick" });
  await expect(row).toContainText("Pending");
  await project.api("POST", "/api/tasks/quick/run");
  await expect(row).toContainText("Completed");
  await project.shellTask("later", "true\n");
  await expect(page.locator("tbody tr", { hasText: "later" })).toBeVisible();
});

test("a load() script with nested values becomes a form", async ({ page, project }) => {
  await (await project.example("nested_yaml")).start("train.py", "configs/base.yaml");
  await open(page, `${project.url}/generator`);
  const template = await project.api("GET", "/api/workspace");
  expect(template.workspace_ready).toBe(true);
  await expect(page.getByRole("complementary", { name: "Batch" })).toContainText("1 task");
  await expect(page.locator(".row").first()).toBeVisible();
});

test("a shell task is written in the editor", async ({ page, project }) => {
  await project.start("shell");
  await open(page, `${project.url}/generator`);
  const editor = page.locator(".cm-content");
  await expect(editor).toBeVisible();
  await editor.click();
  await page.keyboard.type("echo from the editor\n");
  await page.getByLabel("Name", { exact: true }).fill("typed");
  await page.getByLabel("Add date and time").click();
  await page.keyboard.press("Control+Shift+Enter");
  await page.waitForURL(/\/tasks/);
  const task = await project.untilDone("typed");
  expect(task.status).toBe("completed");
  expect(readFileSync(task.log, "utf8")).toContain("from the editor");
});
