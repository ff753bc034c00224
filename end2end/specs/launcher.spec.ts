// Opening a script: from the list, by path, from recent workspaces, and the shell.

import { expect, open, test } from "../support/test";

test("every way to open a workspace has its own URL", async ({ page, project }) => {
  await project.example("nested_yaml").start("train.py", "configs/base.yaml");
  await project.write("eval.py", "import argparse\np = argparse.ArgumentParser()\np.add_argument('--split', default='test')\np.parse_args()\n");
  await project.write("notes.txt", "no script\n");
  await open(page, `${project.url}/launcher`);
  const choice = (name: string) => page.getByRole("link", { name: new RegExp(`^${name}`) });
  await expect(choice("eval.py")).toContainText("argparse");
  await expect(choice("train.py").last()).toContainText("pyruns.load");

  await page.getByLabel("Filter scripts").fill("ev");
  await expect(page.locator(".choice:visible", { hasText: "eval.py" })).toHaveCount(1);
  await expect(page.locator(".choice:visible", { hasText: "Opened before" })).toHaveCount(0);
  await page.getByLabel("Filter scripts").fill("");

  // A script that needs a YAML file, and which.
  await page.locator(".choice", { hasText: "Opened before" }).click();
  await expect(page).toHaveURL(/script=.*train\.py/);
  const config = page.getByLabel("Defaults from", { exact: true });
  const values = await config.locator("option").evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  await config.selectOption(values.at(-1)!);
  await expect(page).toHaveURL(/config=/);
  await page.reload();
  await expect(config).toHaveValue(values.at(-1)!);

  // The path is completed, validated while typing, and stored in the URL.
  const path = page.getByLabel("Path of a script");
  await path.fill("ev");
  await expect(page.locator("datalist option[value='eval.py']")).toHaveCount(1);
  await path.fill("nowhere.py");
  await expect(page.getByText("There is nothing at this path.")).toBeVisible();
  await path.fill("notes.txt");
  await expect(page.locator(".by-path .field__note--bad")).not.toHaveText("");
  await path.fill("eval.py");
  await expect(page.getByText("Press Enter to open it")).toBeVisible();
  await expect(page).toHaveURL(/path=eval\.py/);
  await path.press("Enter");
  await expect(page).not.toHaveURL(/launcher/);
  await open(page, `${project.url}/generator`);
  await expect(page.getByLabel("split", { exact: true })).toHaveValue("test");

  // Recent workspaces and the shell are one click away.
  await open(page, `${project.url}/launcher#shell`);
  await page.getByRole("button", { name: "Open the shell workspace" }).click();
  await expect(page).not.toHaveURL(/launcher/);
  expect((await project.api("GET", "/api/workspace")).workspace_kind).toBe("shell");
  await open(page, `${project.url}/launcher`);
  const recent = page.locator("section", { has: page.getByRole("heading", { name: "Recent workspaces" }) });
  await expect(recent.locator(".choice")).toHaveCount(3);
  await recent.locator(".choice", { hasText: "eval.py" }).press("Enter");
  await expect(page).not.toHaveURL(/launcher/);
  expect((await project.api("GET", "/api/workspace")).script_name).toBe("eval");
});
