// The Monitor with logs that have something to show, light and dark, wide and narrow, into shots/.

import { mkdirSync } from "node:fs";
import { expect, open, test } from "../support/test";

const SHOTS = new URL("../shots/", import.meta.url).pathname;

const TALKS = `printf '\\033[1mtraining\\033[0m on \\033[32mcuda:0\\033[0m, seed \\033[36m42\\033[0m\\n'
for epoch in 1 2 3 4 5 6 7 8; do
  for step in 20 40 60 80 100; do printf '\\r\\033[34mepoch %d\\033[0m %3d%% |%-20s| loss 0.%d' $epoch $step $(printf '#%.0s' $(seq 1 $((step / 5)))) $((99 - epoch * 9)); done; echo
done
for i in 1 2 3 4 5 6; do echo 'WARNING: the data loader is slow'; done
printf '\\033[31mTraceback (most recent call last):\\033[0m\\n  File "train.py", line 12, in <module>\\n    main()\\nValueError: shapes (3, 4) and (5,) do not fit\\n'
for i in $(seq 1 40); do echo "evaluating batch $i of 40, accuracy 0.9$i, and a long line that tells of many things, one after another, until it does not fit any more"; done
printf 'continue? '
read answer
`;

test("logs", async ({ page, project }) => {
  mkdirSync(SHOTS, { recursive: true });
  await project.start("shell");
  await project.api("PATCH", "/api/settings", { manager_max_workers: 6 });
  for (const name of ["talks", "sweep_1-of-3", "sweep_2-of-3", "sweep_3-of-3"]) {
    await project.shellTask(name, name === "talks" ? TALKS : `for i in $(seq 1 900); do echo "$i of ${name}"; sleep 0.1; done\n`);
    await project.api("POST", `/api/tasks/${encodeURIComponent(name)}/run`);
  }
  const shots: [string, string, boolean][] = [
    ["logs", "/monitor?task=talks", true],
    ["logs-beside", "/monitor?task=talks&beside=sweep_1-of-3%7Csweep_2-of-3", false],
    ["logs-running", "/monitor?show=running", false],
    ["logs-found", "/monitor?show=found", false],
  ];
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const [name, path, search] of shots) {
        await open(page, project.url + path);
        if (name === "logs-found") {
          await page.getByRole("searchbox", { name: "Search all logs" }).fill("of 40|of sweep_1-of-3");
          await page.getByRole("button", { name: "Regular expression" }).click();
        }
        await expect(page.locator(".log__text, .found__line").first()).toBeVisible();
        if (search) {
          await page.getByRole("searchbox", { name: "Find in the log" }).fill("batch");
          await page.locator(".log-bar .menu__button").click();
          await page.getByRole("button", { name: /Show the time|Show times|Hide times/ }).click();
          await page.keyboard.press("Escape");
        }
        await page.waitForTimeout(600);
        await page.screenshot({ path: `${SHOTS}${name}-${colorScheme}-${width}.png` });
      }
    }
  }
});
