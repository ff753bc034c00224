// Every page in every visually different state, on live data, for tests that check all of them.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { batch } from "./sweep";
import { open } from "./test";
import { type Project, until } from "./pyr";

const SCRIPT = `
import argparse
import time

import pyruns

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1, help="Learning rate")
parser.add_argument("--end", choices=["well", "nan", "badly", "never"], default="well")
parser.add_argument("--verbose", action="store_true")
args = parser.parse_args()
for step in range(20):
    loss = float("nan") if args.end == "nan" and step > 10 else (1 - args.lr) ** step
    pyruns.track(**{"train/loss": loss, "val/acc": 1 - loss})
    if step % 10 == 0:
        pyruns.image("samples", [[[step, 100, 7]] * 8] * 6, step=step)
print("\\033[31mWARNING\\033[0m: lr", args.lr, "\\033[32mgood\\033[0m", flush=True)
if args.end == "badly":
    raise SystemExit("diverged")
if args.end == "never":
    time.sleep(600)
pyruns.record(final=1 - loss, note="a result")
`;

/** One page in one state. */
export interface Visit {
  name: string;
  path: string;
  /** It is not a page of the application and is not hydrated. */
  plain?: boolean;
  /** Brings the open page into the state. */
  act?: (page: Page) => Promise<unknown>;
}

/** Creates runs that are completed, with NaN, failed, cancelled and running; returns their names. */
export async function live(project: Project): Promise<string[]> {
  await (await project.write("train.py", SCRIPT)).start("train.py");
  const prefix = `a-name-that-says-everything-about-what-was-tried-${"and-more-".repeat(4)}x`;
  const names = await batch(project, "lr: 0.1 | 0.5\nend: well | nan | badly | never\n", prefix, 8);
  const counts = async () => (await project.api("GET", "/api/dashboard")).summary;
  await until("all runs to be as far as they go", async () => {
    const now = await counts();
    return now.completed === 4 && now.failed === 2 && now.running === 2;
  });
  await project.api("POST", `/api/tasks/${encodeURIComponent(names[7])}/cancel`);
  await until("a cancelled run", async () => (await counts()).running === 1);
  await project.api("PATCH", `/api/tasks/${encodeURIComponent(names[0])}/notes`, { notes: "# Title\nsome text" }).catch(() => undefined);
  return names;
}

/** Opens every visible menu and fold. */
const unfold = (page: Page) =>
  page.evaluate(() => document.querySelectorAll("main details, .sidebar details").forEach((it) => ((it as HTMLDetailsElement).open = true)));

/** Opens the first folds of a page that has hundreds. */
const unfoldAll = (page: Page, most: number) =>
  page.evaluate((most) => {
    for (const it of [...document.querySelectorAll("details")].slice(0, most)) it.open = true;
  }, most);

/** All pages in all states. */
export function visits(names: string[]): Visit[] {
  const runs = encodeURIComponent(names.slice(0, 4).join("|"));
  const task = (name: string) => `/tasks/${encodeURIComponent(name)}`;
  const [well, nan] = names;
  const bad = names.find((name) => /badly/.test(name)) ?? names[2];
  const going = encodeURIComponent(names[3]);
  return [
    { name: "home", path: "/", act: unfold },
    { name: "generator form", path: "/generator", act: unfold },
    { name: "generator tree", path: "/generator?mode=tree", act: unfold },
    {
      name: "generator yaml",
      path: "/generator?mode=yaml",
      act: async (page) => {
        await page.locator(".cm-content").click();
        await page.keyboard.press("Control+End");
        await page.keyboard.type("\nlr: 0.1 | 0.2 | 0.3\nbroken: - 1");
        await unfold(page);
      },
    },
    { name: "tasks table", path: "/tasks", act: unfold },
    { name: "tasks chosen", path: "/tasks", act: (page) => page.locator("tbody input[type=checkbox]").first().check() },
    {
      name: "delete dialog",
      path: "/tasks",
      act: async (page) => {
        await page.locator("tbody input[type=checkbox]").first().check();
        await page.locator(".bulk-bar .button--danger").click();
        await page.locator("dialog[open]").waitFor();
      },
    },
    { name: "tasks cards", path: "/tasks?view=cards" },
    { name: "runs", path: "/tasks?view=runs", act: unfold },
    { name: "runs grouped", path: "/tasks?view=runs&group=params.end&charts=on" },
    { name: "runs, a wrong filter", path: "/tasks?view=runs&filter=loz%20%3C%203" },
    { name: "grid", path: "/tasks?view=grid" },
    { name: "task", path: task(well) },
    { name: "failed task", path: task(bad), act: unfold },
    { name: "task charts", path: `${task(nan)}?tab=charts`, act: unfold },
    { name: "task log", path: `${task(well)}?tab=log`, act: unfold },
    { name: "task notes", path: `${task(well)}?tab=notes` },
    { name: "rename dialog", path: task(well), act: async (page) => {
        await page.locator("main .menu__button:has(+ .menu__list .menu__item--danger)").click();
        await page.locator("main .menu__list button.menu__item:enabled:not(.menu__item--danger)").last().click();
        await page.locator("dialog[open]").waitFor();
      } },
    ...["table", "curves", "plots", "diff", "logs", "images"].map((tab) => ({
      name: `compare ${tab}`,
      path: `/compare?runs=${runs}&tab=${tab}`,
      act: unfold,
    })),
    {
      name: "monitor",
      path: `/monitor?task=${going}`,
      act: async (page) => {
        await page.locator(".log__text").first().waitFor();
        await page.locator(".log-bar .find-bar__field").fill("lr");
        await unfold(page);
      },
    },
    { name: "monitor search", path: "/monitor?show=found", act: async (page) => {
        await page.locator(".found__field .find-bar__field").fill("lr");
        await page.locator(".found__line").first().waitFor();
      } },
    { name: "launcher", path: "/launcher", act: unfold },
    { name: "launcher, a script", path: "/launcher?path=missing.py" },
    { name: "no such page", path: "/nowhere" },
    { name: "no such task", path: "/tasks/nothing" },
    { name: "API", path: "/api/docs", plain: true, act: (page) => unfoldAll(page, 12) },
  ];
}

/** Opens a page in its state. */
export async function visit(page: Page, url: string, { path, plain, act }: Visit) {
  if (plain) await page.goto(url + path);
  else await open(page, url + path);
  await page.waitForLoadState("networkidle");
  await act?.(page);
}

/** The page that requires the token, then Home without a workspace. */
export async function bare(project: Project): Promise<Visit[]> {
  await project.start("--require-token");
  const token = readFileSync(project.path("_pyruns_/.token"), "utf8").trim();
  return [
    { name: "no token", path: "/", plain: true },
    { name: "home without a workspace", path: `/?token=${token}` },
  ];
}
