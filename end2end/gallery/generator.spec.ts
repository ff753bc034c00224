// Every state of the launcher and of the generator, light and dark, wide and narrow, into shots/.

import { expect, open, test } from "../support/test";
import { screenshots } from "../support/screenshots";

const batch = (page: any) => page.getByRole("complementary", { name: "Batch" });
const field = (page: any, name: string) => page.getByLabel(name, { exact: true });

/** The part of the page that is below the form on a phone. */
async function panel(page: any, name: string, part = "#batch") {
  await page.setViewportSize({ width: 390, height: 900 });
  await page.locator(part).evaluate((element: Element) => element.scrollIntoView());
  await screenshots(page, name, [390]);
}

test("a form", async ({ page, project }) => {
  await project.example("digits").start("train.py");
  const body = { mode: "form", yaml_text: "lr: 0.3\nhidden: 32\nepochs: 8\n", name_prefix: "digits", append_timestamp: false };
  await project.api("POST", "/api/generator/create", body);
  await open(page, `${project.url}/generator`);
  await screenshots(page, "generator-form");
  await field(page, "lr").fill("0.3 | 0.1");
  await field(page, "hidden").fill("(16 | 32");
  await expect(batch(page)).toContainText("never closed");
  await screenshots(page, "generator-error");
  await field(page, "lr").fill("0.3 | 0.1 | 0.1");
  await field(page, "hidden").fill("(16 | 32)");
  await field(page, "epochs").fill("8");
  await field(page, "seed").fill("1:3");
  await page.getByText("Run options").click();
  await expect(batch(page)).toContainText("tasks");
  await screenshots(page, "generator-grid");
  await page.getByText(/differences from the template/).click();
  await panel(page, "generator-panel");
  await field(page, "seed").fill("1:50");
  await page.getByRole("button", { name: /Show all/ }).click();
  await screenshots(page, "generator-rows");
  await page.locator(".all-rows__window").evaluate((window) => window.scrollTo(0, 4000));
  await panel(page, "generator-all-rows", ".all-rows");
  await page.getByRole("button", { name: "Reset all" }).click();
  await field(page, "lr").fill("~log(1e-4, 1e-1) × 8");
  await page.getByLabel("Condition").fill("lr < 0.05");
  await screenshots(page, "generator-samples");
});

test("duplicates, many tasks and the progress of creating", async ({ page, project }) => {
  await project.example("digits").start("train.py");
  await open(page, `${project.url}/generator`);
  await field(page, "seed").fill("1:200");
  await page.getByLabel("Name", { exact: true }).fill("digits");
  await page.getByLabel("Add date and time").click();
  await page.getByRole("button", { name: "Create", exact: false }).nth(1).click();
  await page.waitForURL(/\/tasks/);
  await open(page, `${project.url}/generator`);
  await field(page, "seed").fill("190:210");
  await page.getByRole("button", { name: /Show all/ }).click();
  await expect(batch(page)).toContainText("already exist");
  await screenshots(page, "generator-duplicates");
  await panel(page, "generator-duplicates-rows", ".all-rows");
  // The response is delayed, so that there is time for a screenshot.
  await page.route("**/sfn/create_batch*", async (route) => {
    const response = await route.fetch();
    await new Promise((done) => setTimeout(done, 8_000));
    await route.fulfill({ response: response });
  });
  await field(page, "seed").fill("1:3000");
  await page.getByRole("button", { name: "Create", exact: false }).nth(1).click();
  await expect(batch(page).getByRole("progressbar")).toBeVisible();
  await panel(page, "generator-progress");
  await page.waitForURL(/\/tasks/, { timeout: 60_000 });
});

test("YAML and Tree", async ({ page, project }) => {
  await project.example("nested_yaml").start("train.py", "configs/base.yaml");
  await open(page, `${project.url}/generator?mode=tree`);
  await expect(page.locator(".tree__branch").first()).toBeVisible();
  await screenshots(page, "generator-tree");
  await page.getByRole("radio", { name: "YAML" }).click();
  const editor = page.locator(".cm-content");
  await expect(editor).toBeVisible();
  await screenshots(page, "generator-yaml");
  await editor.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\nbroken: - 1\n");
  await expect(page.locator(".cm-lintRange-error, .cm-lint-marker-error").first()).toBeVisible();
  await screenshots(page, "generator-yaml-error");
  await page.getByRole("radio", { name: "Form" }).click();
  await expect(page.getByText("The YAML text cannot be parsed")).toBeVisible();
  await screenshots(page, "generator-unreadable");
});

test("shell", async ({ page, project }) => {
  await project.start("shell");
  await open(page, `${project.url}/generator`);
  const editor = page.locator(".cm-content");
  await editor.click();
  await page.keyboard.type('for lr in 0.1 0.01; do\n  python train.py --lr "$lr"  # one after the other\ndone\n');
  await screenshots(page, "generator-shell");
});

test("the launcher", async ({ page, project }) => {
  await project.example("digits").start("train.py");
  await project.write("eval.py", "import argparse\np = argparse.ArgumentParser()\np.add_argument('--split')\n");
  await project.write("serve.py", "import click\n@click.command()\ndef main(): pass\n");
  await open(page, `${project.url}/launcher?path=missing.py`);
  await expect(page.locator("#launcher-path")).toHaveValue("missing.py");
  await page.getByRole("button", { name: /eval\.py/ }).or(page.getByRole("link", { name: /eval\.py/ })).first().click();
  await page.waitForURL(/script=/);
  await screenshots(page, "launcher");
});
