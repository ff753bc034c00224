// Every test has its own project, and fails on any error that the page reports.

import { test as base, type Page } from "@playwright/test";
import { Project } from "./pyr";

export { expect } from "@playwright/test";
export { isAlive, processesOf, until } from "./pyr";

interface Fixtures {
  project: Project;
  /** Patterns of console errors that a test causes intentionally: `[[/…/], { scope: "test" }]`. */
  allowErrors: RegExp[];
}

export const test = base.extend<Fixtures>({
  project: async ({}, use) => {
    const project = new Project();
    await use(project);
    await project.dispose();
  },
  allowErrors: [[], { option: true }],
  // Depends on the project, so that the page is checked before its server is stopped.
  page: async ({ page, project: _, allowErrors }, use) => {
    const errors = collectErrors(page);
    await use(page);
    const unexpected = errors.filter((text) => !allowErrors.some((allowed) => allowed.test(text)));
    if (unexpected.length > 0) throw new Error(`the page reported:\n${unexpected.join("\n")}`);
  },
});

function collectErrors(page: Page) {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(`pageerror: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`console: ${message.text()} (${message.location().url})`);
  });
  return errors;
}

/** Opens a page and waits until it is hydrated. */
export async function open(page: Page, url: string) {
  await page.goto(url);
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
}
