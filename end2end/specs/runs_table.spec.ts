// A wide and long runs table: only visible cells are rendered.

import { writeFinished } from "../support/finished";
import { expect, open, test } from "../support/test";

// A filter with an unknown column is requested intentionally.
test.use({ allowErrors: [[/\/sfn\/list_run/], { scope: "test" }] });

test("far columns and far rows", async ({ page, project }) => {
  await project.write("train.py", "import argparse\nargparse.ArgumentParser().parse_args()\n").start("train.py");
  await project.kill();
  writeFinished(project, 500);
  await project.start("train.py");
  await open(page, `${project.url}/tasks?view=runs`);
  const rows = page.locator(".runs__row:not(.runs__row--head)");
  await expect(rows.first()).toBeVisible();
  const box = page.locator(".runs");

  await test.step("a value in a far column belongs to its row and its header", async () => {
    // The last ones are times.
    const place = (await page.locator(".runs__head").count()) - 4;
    const last = page.locator(".runs__head").nth(place);
    const cell = rows.first().locator(`[aria-colindex="${place + 2}"]`);
    await expect(cell).toHaveCount(0);
    await box.evaluate((it) => it.scrollTo({ left: it.scrollWidth }));
    await expect(cell).toBeVisible();
    const [head, value] = [(await last.boundingBox())!, (await cell.boundingBox())!];
    expect(Math.round(value.x)).toBe(Math.round(head.x));
    // The pinned name is the task of the value.
    const name = await rows.first().locator(".task-name").textContent();
    const column = /^Sort by (\S+);/.exec((await last.locator(".runs__sort").getAttribute("title"))!)![1];
    const response = await project.api("POST", "/api/runs", { columns: [column], only: [{ task: name }] });
    const text = await cell.textContent();
    expect(Number(text)).toBeCloseTo(response.rows[0].cells[0], 3);
    await cell.click();
    await expect(page.getByRole("button", { name: new RegExp(`^Only ${(await last.locator(".runs__label").textContent())!} = `) })).toBeVisible();
    await page.keyboard.press("Escape");
    await box.evaluate((it) => it.scrollTo({ left: 0 }));
    await expect(cell).toHaveCount(0);
  });

  await test.step("rows are not recreated during updates", async () => {
    await box.evaluate((it) => it.scrollTo({ top: 300 * 32 }));
    const far = page.locator('.runs__row[aria-rowindex="310"]');
    await expect(far.locator(".task-name")).toBeVisible();
    const name = (await far.locator(".task-name").textContent())!;
    const read = page.waitForResponse((response) => response.url().includes("/sfn/list_runs"));
    await project.api("PATCH", `/api/tasks/${name}/notes`, { notes: "a note" });
    await read;
    await expect(far.locator(".task-name")).toHaveText(name);
    await expect(far.locator(".runs__cell")).not.toHaveCount(1);
  });

  await test.step("the menu of a header opens", async () => {
    await box.evaluate((it) => it.scrollTo({ top: 0 }));
    const head = page.locator(".runs__head").nth(2);
    await expect(head.locator(".menu__item")).toHaveCount(0);
    await head.locator("summary").click();
    await head.getByRole("button", { name: "Hide" }).click();
    await expect(page).toHaveURL(/cols=/);
  });
});

test("an incomplete filter shows no error", async ({ page, project }) => {
  await project.write("train.py", "import argparse\nargparse.ArgumentParser().parse_args()\n").start("train.py");
  await project.kill();
  writeFinished(project, 3);
  await project.start("train.py");
  await open(page, `${project.url}/tasks?view=runs`);
  const field = page.getByLabel("Filter", { exact: true });
  const note = page.locator("#runs-filter-note");
  // An incomplete end is reported only when the field loses focus.
  await field.pressSequentially("lr <");
  await expect(note).toBeEmpty();
  await field.blur();
  await expect(note).toHaveText("column 5: a value after < is expected, but the query ends here");
  // An error that more input cannot fix is reported immediately.
  await field.fill("lr < and optimizer");
  await expect(note).toHaveText('column 6: a value after < is expected, but "and" was found');
  await expect(field).toBeFocused();
  await field.fill("optimizr = sgd");
  await expect(note).toContainText('no run has a column "optimizr"; is "optimizer" meant?');
  await field.fill("optimizer = sgd");
  await expect(note).toBeEmpty();
});
