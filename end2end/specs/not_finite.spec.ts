// A metric that became NaN: the chart marks the position, the table shows it in red, and filters match it.

import type { Page } from "@playwright/test";
import { Drawing, cardOf } from "../support/chart";
import type { Project } from "../support/pyr";
import { runs } from "../support/sweep";
import { expect, open, test } from "../support/test";

/** With a learning rate above 1 the loss is NaN from step 21 on; one value of `spike` is infinite. */
const SCRIPT = `
import argparse
import pyruns

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
for step in range(1, 41):
    loss = float("nan") if args.lr > 1 and step > 20 else 1 / step
    pyruns.track(step=step, loss=loss, spike=float("inf") if step == 10 else 1.0)
`;

const diverged = (project: Project) => runs(project, SCRIPT, "lr: 0.1 | 9.0\n");

/** The red of the theme. */
const red = (page: Page) =>
  page.evaluate(() => {
    const probe = document.createElement("i");
    probe.style.color = "var(--bad)";
    document.body.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  });

test("the chart marks where NaN begins", async ({ page, project }) => {
  const [, name] = await diverged(project);
  await open(page, `${project.url}/tasks/${name}?tab=charts`);
  const card = cardOf(page, "loss");
  const figure = (word: string) => card.locator(".chart-card__figure", { hasText: word }).locator("b");
  await expect(figure("last")).toHaveText("NaN");
  await expect(figure("last")).toHaveCSS("color", await red(page));
  await expect(figure("min")).toHaveText("0.05");

  const mark = card.locator(".plot__non-finite");
  await expect(mark).toHaveCount(1);
  await expect(mark).toHaveAttribute("title", /: NaN since Step 21$/);
  const over = (await card.locator(".u-over").boundingBox())!;
  const middle = async () => {
    const box = (await mark.boundingBox())!;
    return (box.x + box.width / 2 - over.x) / over.width;
  };
  expect(await middle()).toBeCloseTo((21 - 1) / (40 - 1), 1);
  // The cross is in the SVG, and so in the PNG.
  const drawing = await Drawing.of(page, card);
  expect(drawing.paths.at(-1)!.d).toMatch(/^M[\d. ]+l8 8M/);

  // After it the tooltip shows it.
  await page.mouse.move(over.x + over.width * 0.8, over.y + over.height / 2);
  const tip = card.locator(".plot__tip .plot__value--non-finite");
  await expect(tip).toHaveText("NaN since Step 21");
  await expect(tip).toHaveCSS("color", await red(page));
  await page.mouse.move(over.x + over.width * 0.2, over.y + over.height / 2);
  await expect(tip).toHaveCount(0);

  const spike = cardOf(page, "spike").locator(".plot__non-finite");
  await expect(spike).toHaveAttribute("title", /: ∞ at Step 10$/);
});

test("the table shows it in red, sorts it last and filters it", async ({ page, project }) => {
  const [fine, bad] = await diverged(project);
  await open(page, `${project.url}/tasks?view=runs`);
  const rows = page.locator(".runs__row:not(.runs__row--head)");
  await expect(rows).toHaveCount(2);
  const cell = page.locator(".runs__cell.non-finite");
  await expect(cell).toHaveCount(1);
  await expect(cell).toHaveText("NaN");
  await expect(cell).toHaveCSS("color", await red(page));

  for (const sort of ["metrics.loss.last", "-metrics.loss.last"]) {
    const page = await project.api("POST", "/api/runs", { sort: [sort], columns: ["name"] });
    expect(page.rows.map((row: any) => row.task)).toEqual([fine, bad]);
  }

  const filter = page.getByRole("textbox", { name: "Filter" });
  await filter.fill("loss is nan");
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText(bad);
  await filter.fill("loss is not nan");
  await expect(rows.first()).toContainText(fine);
  await expect(rows).toHaveCount(1);
  // A click on the value sets the same filter.
  await filter.fill("");
  await expect(rows).toHaveCount(2);
  await cell.click();
  await page.getByRole("button", { name: /^Only .* = NaN$/ }).click();
  await expect(rows).toHaveCount(1);
  await expect(filter).toHaveValue("metrics.loss.last is nan");
});
