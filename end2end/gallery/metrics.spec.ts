// The pages of metrics on a real sweep, light and dark, wide and narrow, into shots/.

import { batch } from "../support/sweep";
import { expect, open, test } from "../support/test";
import { screenshots } from "../support/screenshots";

test("metrics", async ({ page, project }) => {
  await project.example("digits").start("train.py");
  const names = await batch(project, "lr: 0.3 | 0.1 | 0.01\nhidden: 16 | 32\nseed: 0 | 1\nepochs: 6\n", "digits", 2);
  for (const name of names) await project.untilDone(name);
  const runs = encodeURIComponent(names.slice(0, 8).join("|"));
  for (const [name, path] of Object.entries({
    "runs-table": "/tasks?view=runs",
    "compare-curves": `/compare?runs=${runs}&tab=curves`,
    "compare-plots": `/compare?runs=${runs}&tab=plots`,
    "compare-diff": `/compare?runs=${runs}&tab=diff`,
    "compare-logs": `/compare?runs=${runs}&tab=logs`,
    "compare-images": `/compare?runs=${runs}&tab=images`,
    grid: "/tasks?view=grid",
  })) {
    await open(page, project.url + path);
    await screenshots(page, name);
  }
  await open(page, `${project.url}/tasks?view=grid`);
  await page.getByRole("button", { name: /Extend/ }).first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await screenshots(page, "grid-extend");
});
