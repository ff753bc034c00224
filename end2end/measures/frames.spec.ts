// How smoothly the Monitor scrolls and follows: prints frames per second and the page's memory.

import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import type { CDPSession, Page } from "@playwright/test";
import { frames } from "../support/frames";
import { expect, open, test } from "../support/test";

/** Memory of the page: JavaScript objects, and the total of its process, including WebAssembly and graphics. */
async function memoryMb(page: Page, session: CDPSession) {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((metric: { name: string }) => metric.name === name)!.value;
  const browser = await page.context().browser()!.newBrowserCDPSession();
  const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
  const own = (pid: number) => Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
  const renderers = processInfo.filter((it: { type: string }) => it.type === "renderer").map((it: { id: number }) => own(it.id));
  return { jsHeapMb: Math.round(of("JSHeapUsedSize") / 1e6), processMb: Math.round(Math.max(...renderers)), nodes: of("Nodes") };
}

test("frames", async ({ page, project }) => {
  test.setTimeout(180_000);
  await project.start("shell");
  await project.shellTask("huge", "true\n");
  await project.api("POST", "/api/tasks/huge/run");
  const { log } = await project.untilDone("huge");
  const file = openSync(log, "w");
  for (let from = 0; from < 5_000_000; from += 50_000) {
    let block = "";
    for (let n = from; n < from + 50_000; n++) block += `step ${n}: loss 0.${n % 977} accuracy 0.${n % 991}\n`;
    writeSync(file, block);
  }
  closeSync(file);
  await open(page, `${project.url}/monitor?task=huge`);
  await expect(page.locator(".log__text").first()).toBeVisible();
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await page.locator(".log").hover();
  const scrolled = await frames(page, async () => {
    for (let step = 0; step < 120; step++) {
      await page.mouse.wheel(0, step % 40 === 39 ? -200_000 : -400);
    }
  });
  console.log("scroll through 5 million lines:", scrolled, await memoryMb(page, session));

  const script = "import time\nn = 0\nstart = time.time()\nwhile n < 120_000:\n    print(''.join(f'line {n + i} of many\\n' for i in range(100)), end='', flush=True)\n    n += 100\n    time.sleep(max(0, start + n / 10_000 - time.time()))\n";
  project.write("fast.py", script);
  await project.shellTask("fast", "python3 fast.py\n");
  await open(page, `${project.url}/monitor?task=fast`);
  await project.api("POST", "/api/tasks/fast/run");
  await expect(page.getByText("line 5000 of many", { exact: true })).toBeAttached({ timeout: 5_000 }).catch(() => {});
  const followed = await frames(page, () => page.waitForTimeout(8_000));
  console.log("follow 10,000 lines/s:", followed, await memoryMb(page, session));
  await expect(page.getByText("line 119999 of many", { exact: true })).toBeVisible({ timeout: 20_000 });
});
