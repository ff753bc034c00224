// Touch input.

import type { CDPSession, Locator, Page } from "@playwright/test";

/** Touch points on an element, relative to its size. */
export class Touch {
  private constructor(
    private readonly cdp: CDPSession,
    private readonly over: Locator,
  ) {}

  static async on(page: Page, over: Locator) {
    await over.scrollIntoViewIfNeeded();
    return new Touch(await page.context().newCDPSession(page), over);
  }

  private async send(type: "touchStart" | "touchMove" | "touchEnd", places: number[][]) {
    const box = (await this.over.boundingBox())!;
    const touchPoints = places.map(([x, y], id) => ({ x: box.x + x * box.width, y: box.y + y * box.height, id }));
    await this.cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
  }

  async drag(from: number[][], to: number[][]) {
    await this.send("touchStart", from);
    for (let part = 1; part <= 10; part++) {
      const way = (a: number, b: number) => a + ((b - a) * part) / 10;
      await this.send("touchMove", from.map(([x, y], i) => [way(x, to[i][0]), way(y, to[i][1])]));
    }
    await this.send("touchEnd", []);
  }

  async tapTwice(x: number, y: number) {
    for (let tap = 0; tap < 2; tap++) {
      await this.send("touchStart", [[x, y]]);
      await this.send("touchEnd", []);
    }
  }
}
