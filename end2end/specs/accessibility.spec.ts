// Every page passes all rules of axe-core, in both themes.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/test";
import { type Visit, bare, live, visit, visits } from "../support/visits";

const AXE = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const THEMES = ["light", "dark"] as const;

declare const axe: { run: (context: Document, options: object) => Promise<{ violations: any[] }> };

// An invalid filter, a missing page and a page that needs a token are visited intentionally.
test.use({ allowErrors: [[/the server responded with a status of (400|401|404|500)/], { scope: "test" }] });

// The page's policy forbids the style that disables transitions.
test.use({ bypassCSP: true });

test.beforeEach(async ({ page }) => {
  test.setTimeout(240_000);
  page.setDefaultTimeout(30_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
});

/** Violations that axe-core finds in a page: rule, element, reason. */
async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.evaluate(AXE);
  }
  return page.evaluate(async () => {
    // Colours change over one or two frames, also in a hidden page.
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    await frame();
    await frame();
    await Promise.all(document.getAnimations().map((it) => it.finished.catch(() => undefined)));
    // A page without colours has those of the browser, of which axe-core knows only the text colour.
    const isStyled = document.styleSheets.length > 0;
    const rules = { "color-contrast": { enabled: isStyled } };
    const { violations } = await axe.run(document, { resultTypes: ["violations"], rules });
    return violations.flatMap(({ id, nodes }: any) =>
      nodes.slice(0, 4).map((node: any) => `${id}: ${node.html.slice(0, 200)} – ${node.any[0]?.message ?? node.failureSummary}`),
    );
  });
}

/** Visits pages one after the other; returns their violations, by page and theme. */
async function check(page: Page, url: string, all: Visit[]) {
  const found: Record<string, string[]> = {};
  for (const one of all) {
    await test.step(one.name, async () => {
      // A page that cannot be brought into its state does not prevent the others from being checked.
      try {
        await visit(page, url, one);
      } catch (error) {
        found[one.name] = [String(error).slice(0, 300)];
        return;
      }
      // During a transition between themes colours have no stable contrast.
      if (!one.plain) await page.addStyleTag({ content: "*, *::before, *::after { transition: none !important }" });
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        const wrong = await violations(page);
        if (wrong.length > 0) found[`${one.name}, ${colorScheme}`] = wrong;
      }
    });
  }
  return found;
}

test("every page with runs of every kind", async ({ page, project }) => {
  const names = await live(project);
  expect(await check(page, project.url, visits(names))).toEqual({});
  await page.setViewportSize({ width: 390, height: 844 });
  const small = ["home", "generator form", "tasks table", "runs", "task", "monitor"];
  const sample = visits(names).filter(({ name }) => small.includes(name));
  expect(await check(page, project.url, sample)).toEqual({});
  await project.api("POST", "/api/workspace/shell");
  const shell = { name: "generator shell", path: "/generator" };
  expect(await check(page, project.url, [shell])).toEqual({});
});

test("pages without a token and without a workspace", async ({ page, project }) => {
  const all = await bare(project);
  expect(await check(page, project.url, all)).toEqual({});
});
