// Every page of a finished grid, light and dark, wide and narrow, into shots/.

import { mkdirSync } from "node:fs";
import { batch } from "../support/sweep";
import { open, test } from "../support/test";

const SHOTS = new URL("../shots/", import.meta.url).pathname;
const WIDTHS = [1440, 390];
const SCHEMES = ["light", "dark"] as const;

test("every page", async ({ page, project }) => {
  mkdirSync(SHOTS, { recursive: true });
  await project.example("digits").start("train.py");
  const names = await batch(project, "lr: 0.3 | 0.1 | 0.01\nhidden: 16 | 32\nepochs: 8\n", "digits");
  for (const name of names.slice(0, 4)) await project.untilDone(name);
  const [first] = names;
  const pages = {
    home: "/",
    generator: "/generator",
    tasks: "/tasks",
    task: `/tasks/${first}`,
    charts: `/tasks/${first}?tab=charts`,
    monitor: `/monitor?task=${first}`,
    launcher: "/launcher",
  };
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      for (const [name, path] of Object.entries(pages)) {
        await open(page, project.url + path);
        // Curves, logs and the editor come with their own requests.
        await page.waitForLoadState("networkidle");
        await page.screenshot({ path: `${SHOTS}${name}-${colorScheme}-${width}.png` });
      }
    }
  }
});
