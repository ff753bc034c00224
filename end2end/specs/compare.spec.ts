// Images of runs side by side, by step.

import type { Page } from "@playwright/test";
import { runs } from "../support/sweep";
import { expect, open, test } from "../support/test";

/** An image at every tenth step: red grows with the step, green depends on the run. */
const SCRIPT = `
import argparse
import pyruns

parser = argparse.ArgumentParser()
parser.add_argument("--green", type=int, default=0)
args = parser.parse_args()
for step in range(0, 50, 10):
    pixel = [step * 5, args.green, 7]
    pyruns.image("samples", [[pixel] * 8] * 6, step=step)
    if args.green < 200:
        pyruns.image("masks", [[[step, 0, 255]] * 4] * 4, step=step)
`;

/** Colour and size of every picture, as the browser decoded it. */
const seen = (page: Page) =>
  page.locator(".images img").evaluateAll((all) =>
    all.map((it) => {
      const image = it as HTMLImageElement;
      if (!image.complete || !image.naturalWidth) return "none yet";
      const canvas = document.createElement("canvas");
      const pen = canvas.getContext("2d")!;
      pen.drawImage(image, 0, 0);
      const [red, green, blue] = pen.getImageData(1, 1, 1, 1).data;
      return `${image.naturalWidth}x${image.naturalHeight} ${red},${green},${blue}`;
    }),
  );

test("images side by side, by step", async ({ page, project }) => {
  const names = await runs(project, SCRIPT, "green: 50 | 200\n");
  await open(page, `${project.url}/compare?runs=${encodeURIComponent(names.join("|"))}&tab=images`);
  const pictures = page.locator(".images__one");
  await expect(pictures).toHaveCount(1);
  // The first key by name is "masks", which one run lacks.
  await expect.poll(() => seen(page)).toEqual(["4x4 40,0,255"]);

  await page.getByLabel("Image", { exact: true }).selectOption({ label: "samples" });
  await expect(pictures).toHaveCount(2);
  await expect(pictures.nth(0)).toContainText(names[0]);
  await expect(pictures.nth(1)).toContainText(names[1]);
  await expect.poll(() => seen(page)).toEqual(["8x6 200,50,7", "8x6 200,200,7"]);
  const [left, right] = [await pictures.nth(0).boundingBox(), await pictures.nth(1).boundingBox()];
  expect(left!.y).toBe(right!.y);
  expect(left!.x + left!.width).toBeLessThanOrEqual(right!.x);

  const slider = page.getByLabel("Step");
  await expect(slider).toHaveValue("4");
  for (const [at, red] of [["0", 0], ["1", 50], ["3", 150]] as const) {
    await slider.fill(at);
    await expect.poll(() => seen(page)).toEqual([`8x6 ${red},50,7`, `8x6 ${red},200,7`]);
    await expect(page.locator(".slider__value")).toHaveText(`${Number(at) * 10}`);
  }
  await slider.press("ArrowLeft");
  await expect.poll(() => seen(page)).toEqual(["8x6 100,50,7", "8x6 100,200,7"]);
});
