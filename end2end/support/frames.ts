// Frame rate of a page.

import type { Page } from "@playwright/test";

/** Number of frames during `act`. */
export async function frames(page: Page, act: () => Promise<void>) {
  await page.evaluate(() => {
    const count = { frames: 0, begun: performance.now(), longest: 0, last: performance.now() };
    (window as any).counted = count;
    const tick = (now: number) => {
      count.frames += 1;
      count.longest = Math.max(count.longest, now - count.last);
      count.last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act();
  return page.evaluate(() => {
    const { frames, begun, longest } = (window as any).counted;
    return { perSecond: Math.round((frames * 1000) / (performance.now() - begun)), longestMs: Math.round(longest) };
  });
}
