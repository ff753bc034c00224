// Screenshots of a page into shots/: light and dark, wide and narrow.

import { mkdirSync } from "node:fs";
import type { Page } from "@playwright/test";

const SHOTS = new URL("../shots/", import.meta.url).pathname;
const WIDTHS = [1440, 390];
const SCHEMES = ["light", "dark"] as const;

/** `name-light-1440.png` and its variants, of the page in its current state; open menus stay open. */
export async function screenshots(page: Page, name: string, widths = WIDTHS) {
  mkdirSync(SHOTS, { recursive: true });
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      // Curves, logs and the editor come with their own requests.
      await page.waitForLoadState("networkidle");
      await page.screenshot({ path: `${SHOTS}${name}-${colorScheme}-${width}.png`, fullPage: width < 500, animations: "disabled" });
    }
  }
  await page.setViewportSize({ width: WIDTHS[0], height: 900 });
}
