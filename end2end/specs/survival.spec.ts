// Recovery from failures.

import { existsSync, readFileSync } from "node:fs";
import { expect, isAlive, open, test, until } from "../support/test";

test.describe("with a lost connection", () => {
  // A list as a value needs the second element, or its own second element is taken for that.
  test.use({ allowErrors: [[/WebSocket connection/, /Failed to fetch/, /ERR_/], { scope: "test" }] });

  test("the server is killed during a run and the page shows the correct state afterwards", async ({ page, project }) => {
    await project.start("shell");
    await project.shellTask("long", "for i in $(seq 1 60); do echo line $i; sleep 0.05; done\n");
    await open(page, `${project.url}/monitor?task=long`);
    await project.api("POST", "/api/tasks/long/run");
    await expect(page.getByText("line 3", { exact: true })).toBeVisible();
    await project.kill();
    await project.start("shell");
    const task = await project.untilDone("long");
    expect(task.status).toBe("completed");
    await expect(page.getByText("line 60", { exact: true })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(/Task long finished/)).toBeVisible();
    const lines = readFileSync(task.log, "utf8").split("\n").filter((line) => line.startsWith("line "));
    expect(lines).toHaveLength(60);
    // No line is duplicated after the reconnection.
    await expect(page.getByText("line 59", { exact: true })).toHaveCount(1);
  });
});

test("cancelling ends the whole tree of processes", async ({ page, project }) => {
  await project.start("shell");
  const script = "sleep 300 & echo $! > child.pid\nsetsid sh -c 'echo $$ > escaped.pid; exec sleep 300' &\nwait\n";
  await project.shellTask("tree", script);
  await open(page, `${project.url}/tasks/tree`);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const read = (name: string) => Number(readFileSync(project.path(name), "utf8"));
  await until("the pids", () => ["child.pid", "escaped.pid"].every((name) => existsSync(project.path(name)) && read(name) > 0));
  const pids = [read("child.pid"), read("escaped.pid")];
  expect(pids.every(isAlive)).toBe(true);
  await page.getByRole("button", { name: "Cancel run" }).click();
  await expect(page.getByText("Cancelled").first()).toBeVisible();
  await until("no process to be left", () => !pids.some(isAlive));
});

test("a task with a Unicode name works on every page", async ({ page, project }) => {
  const name = "训练 🚀 é%20&?".replace("?", "");
  await project.start("shell");
  await project.shellTask(name, "echo hallo\n");
  await open(page, `${project.url}/tasks`);
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("tab", { name: "Log" }).click();
  await expect(page.getByText("hallo", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await page.goto(`${project.url}/monitor?task=${encodeURIComponent(name)}`);
  await expect(page.getByText("hallo", { exact: true })).toBeVisible();
});

test("two tasks of one name in two workspaces do not mix", async ({ page, project }) => {
  await (await project.write("train.py", "print('from the script')\n")).start("train.py");
  const body = { mode: "form", yaml_text: "", name_prefix: "same", append_timestamp: false };
  await project.api("POST", "/api/generator/create", body);
  await project.api("POST", "/api/tasks/same/run");
  await project.untilDone("same");
  await project.api("POST", "/api/workspace/shell");
  await project.shellTask("same", "echo from the shell\n");
  await project.api("POST", "/api/tasks/same/run");
  await project.untilDone("same");
  await open(page, `${project.url}/monitor?task=same&ws=train`);
  await expect(page.getByText("from the script", { exact: true })).toBeVisible();
  await expect(page.getByText("from the shell", { exact: true })).toHaveCount(0);
  await page.goto(`${project.url}/monitor?task=same&ws=_shell_`);
  await expect(page.getByText("from the shell", { exact: true })).toBeVisible();
  await expect(page.getByText("from the script", { exact: true })).toHaveCount(0);
});
