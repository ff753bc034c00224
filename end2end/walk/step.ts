// The steps of a walk.

import type { Page } from "@playwright/test";
import type { Control } from "./in_page";
import type { Random } from "./random";
import type { World } from "./world";

export type Step =
  | { do: "click"; at: Control }
  | { do: "type"; at: Control; text: string; enter: boolean }
  | { do: "select"; at: Control; option: number }
  | { do: "back" | "forward" | "reload" | "stop" | "start" }
  | { do: "width"; px: number };

const TEXTS = ["", "a", "loss", "lr", "0.1 | 0.2", "1:3", "status = failed", "][(", "训练", "x".repeat(60), "-1", "nan"];
const WIDTHS = [390, 800, 1440];

/** Chooses the next step from the available controls. `mayReload`: whether the document may be reloaded. */
export async function choose(page: Page, world: World, random: Random, mayReload: boolean): Promise<Step> {
  if (!world.isUp && random.chance(0.3)) return { do: "start" };
  if (world.isUp && random.chance(0.012)) return { do: "stop" };
  if (random.chance(0.05)) return { do: "back" };
  if (random.chance(0.02)) return { do: "forward" };
  if (random.chance(0.02)) return { do: "width", px: random.pick(WIDTHS) };
  if (mayReload && world.isUp && random.chance(0.02)) return { do: "reload" };
  const controls = (await page.evaluate(() => window.walk.controls())).filter((at) => may(at, world, mayReload));
  const groups = [...new Set(controls.map((at) => at.group))];
  if (groups.length === 0) return { do: "back" };
  const nav = controls.filter((at) => at.group.includes("nav__link"));
  const group = random.pick(groups);
  const at = nav.length > 0 && random.chance(0.1) ? random.pick(nav) : random.pick(controls.filter((it) => it.group === group));
  switch (at.use) {
    case "type":
      return { do: "type", at, text: random.pick(TEXTS), enter: random.chance(0.3) };
    case "select":
      return { do: "select", at, option: random.below(12) };
    case "click":
      return { do: "click", at };
  }
}

function may(at: Control, world: World, mayReload: boolean) {
  // A separate document without a link back into the application.
  if (at.href?.startsWith("/api/")) return false;
  // Changing the language loads the page again.
  const loads = at.tag === "select" && /^(Language|语言)/.test(at.name);
  return !loads || (mayReload && world.isUp);
}

/** Executes a step; returns whether it was possible. */
export async function perform(page: Page, world: World, step: Step): Promise<boolean> {
  switch (step.do) {
    case "back":
      return await page.evaluate(() => {
        const can = (window as any).navigation.canGoBack;
        if (can) history.back();
        return can;
      });
    case "forward":
      return await page.evaluate(() => {
        const can = (window as any).navigation.canGoForward;
        if (can) history.forward();
        return can;
      });
    case "reload":
      if (!world.isUp) return false;
      await page.reload();
      return true;
    case "stop":
      if (!world.isUp) return false;
      await world.stop();
      return true;
    case "start":
      if (world.isUp) return false;
      await world.start();
      return true;
    case "width":
      await page.setViewportSize({ width: step.px, height: step.px === 390 ? 844 : 900 });
      return true;
    case "select":
      return await page.evaluate(
        ({ at, option }) => {
          const place = window.walk.place(at);
          if (typeof place === "string") return false;
          const select = document.elementFromPoint(place.x, place.y)?.closest("select");
          if (!select || select.options.length === 0) return false;
          select.selectedIndex = option % select.options.length;
          select.dispatchEvent(new Event("input", { bubbles: true }));
          select.dispatchEvent(new Event("change", { bubbles: true }));
          return true;
        },
        { at: step.at, option: step.option },
      );
    case "click":
    case "type": {
      const place = await page.evaluate((at) => window.walk.place(at), step.at);
      if (typeof place === "string") return false;
      await page.mouse.click(place.x, place.y);
      if (step.do === "type") {
        await page.keyboard.press("ControlOrMeta+a");
        await page.keyboard.press("Delete");
        await page.keyboard.insertText(step.text);
        if (step.enter) await page.keyboard.press("Enter");
      }
      return true;
    }
  }
}

/** A step as one line. */
export function say(step: Step) {
  if (!("at" in step)) return step.do === "width" ? `width ${step.px}` : step.do;
  const more = step.do === "type" ? ` ${JSON.stringify(step.text)}${step.enter ? " Enter" : ""}` : step.do === "select" ? ` option ${step.option}` : "";
  return `${step.do} ${step.at.tag} ${JSON.stringify(step.at.name)}${step.at.nth ? ` (${step.at.nth + 1})` : ""}${step.at.href ? ` -> ${step.at.href}` : ""}${more}`;
}
