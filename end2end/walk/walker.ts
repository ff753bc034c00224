// One walk: a page, assertions after each step, and failures.

import type { Browser, BrowserContext, CDPSession, Page } from "@playwright/test";
import { until } from "../support/pyr";
import { install } from "./in_page";
import { choose, perform, say, type Step } from "./step";
import type { Random } from "./random";
import { World } from "./world";

/** Console errors while the server is down. */
const OF_A_LOST_CONNECTION = /WebSocket connection|ERR_|Failed to fetch|NetworkError|Load failed|AbortError|network error/i;
/** Rejected inputs of the walker, and logs of renamed or deleted tasks; the browser logs each of them. */
const REFUSED = /the server responded with a status of 4\d\d|Unexpected response code: 4\d\d/;
/** Maximum time of a skeleton without pending requests. */
const SKELETON_MS = 2_000;
/** Deadline of any operation on a busy machine. */
const DEADLINE_MS = 30_000;
/** Allowed layout shift per step: on a phone a new row moves those below it. */
const MAX_SHIFT = 0.25;

/** The CSS class of the page of a URL. */
const PAGES: [RegExp, string][] = [
  [/^\/?$/, "home"],
  [/^\/generator$/, "generator"],
  [/^\/tasks$/, "manager"],
  [/^\/tasks\/.+$/, "task-page"],
  [/^\/compare$/, "compare"],
  [/^\/monitor$/, "monitor"],
  [/^\/launcher$/, "launcher"],
];

/** A failure; failures of one kind count as the same while a walk is shortened. */
export class Failure extends Error {
  constructor(
    readonly kind: string,
    message: string,
  ) {
    super(message);
  }
}

/** Number of listeners and nodes of a document after garbage collection. */
export interface Held {
  listeners: number;
  nodes: number;
}

export class Walker {
  readonly done: Step[] = [];
  private readonly errors: string[] = [];
  private readonly waiting = new Set<unknown>();
  private wasDown = false;
  private cdp!: CDPSession;

  private constructor(
    readonly world: World,
    readonly page: Page,
    private readonly context: BrowserContext,
  ) {}

  /** A new world, and a browser at its Home page. */
  static async begin(browser: Browser, seed: number) {
    const world = new World(seed);
    await world.begin();
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: false });
    const page = await context.newPage();
    const walker = new Walker(world, page, context);
    walker.listen();
    await install(page);
    walker.cdp = await context.newCDPSession(page);
    await walker.cdp.send("Performance.enable");
    await page.goto(world.project.url);
    await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
    return walker;
  }

  async end() {
    await this.context.close();
    await this.world.end();
  }

  /** Chooses a step, executes it, and checks the page. */
  async go(random: Random, mayReload: boolean) {
    await this.take(await choose(this.page, this.world, random, mayReload));
  }

  /** Executes a step and checks the page. */
  async take(step: Step) {
    if (process.env.WALK_TRACE) console.log(`${new Date().toISOString().slice(17, 23)} ${new URL(this.page.url()).pathname} ${say(step)}`);
    if (step.do === "stop") this.wasDown = true;
    this.done.push(step);
    const before = this.page.url();
    if (await perform(this.page, this.world, step)) {
      if (step.do === "start") await this.reconnect();
      await this.look(step, before);
    } else {
      this.done.pop();
    }
  }

  /** Measures the document, always on the same page. */
  async held(): Promise<Held> {
    await this.page.evaluate(() => (document.querySelector<HTMLElement>(".nav__link[href^='/launcher']") ?? document.body).click());
    await this.rendered();
    await this.page.waitForTimeout(500);
    await this.cdp.send("HeapProfiler.collectGarbage");
    const { metrics } = await this.cdp.send("Performance.getMetrics");
    const metric = (name: string) => metrics.find((it) => it.name === name)!.value;
    return { listeners: metric("JSEventListeners"), nodes: metric("Nodes") };
  }

  private listen() {
    const { page } = this;
    page.on("pageerror", (error) => this.errors.push(`pageerror: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() !== "error") return;
      const text = `${message.text()} (${message.location().url})`;
      const isExcused = REFUSED.test(text) || (this.wasDown && OF_A_LOST_CONNECTION.test(text));
      if (!isExcused) this.errors.push(`console: ${text}`);
    });
    page.on("dialog", (dialog) => void dialog.accept().catch(() => undefined));
    page.on("request", (request) => this.waiting.add(request));
    for (const end of ["requestfinished", "requestfailed"] as const) {
      page.on(end as "requestfinished", (request) => this.waiting.delete(request));
    }
  }

  /** The server is back: the page must reconnect by itself. */
  private async reconnect() {
    await this.wait("offline", "the page to find the server again", () => document.querySelector(".offline") === null);
    await this.page.waitForTimeout(300);
    this.wasDown = false;
  }

  private async look(step: Step, before: string) {
    await this.page.waitForTimeout(60);
    if (this.world.isUp) {
      await this.rendered();
      await this.noSkeleton();
      if (step.do === "click" && step.at.href?.startsWith("/")) await this.followed(step.at.href, before);
    }
    await this.steady(step, before);
    const [error] = this.errors;
    if (error) {
      const panic = this.errors.find((it) => it.includes("panicked"));
      throw new Failure(panic ? "panic" : "console", panic ?? this.errors.join("\n"));
    }
  }

  /** The page matches the URL, and is not empty. */
  private async rendered() {
    const path = decodeURI(new URL(this.page.url()).pathname);
    const [, name] = PAGES.find(([pattern]) => pattern.test(path)) ?? [];
    if (!name) throw new Failure("dead link", `${path} is no address of the application`);
    const is = (name: string) => {
      const pages = [...document.querySelectorAll("main .page")];
      return document.documentElement.hasAttribute("data-hydrated") && pages.length === 1 && pages[0].classList.contains(name);
    };
    // The URL may change again meanwhile, by a redirect.
    const deadline = Date.now() + DEADLINE_MS;
    while (!(await this.page.evaluate(is, name).catch(() => false))) {
      if (this.errors.some((it) => it.includes("panicked") || it.includes("unreachable"))) return;
      if (decodeURI(new URL(this.page.url()).pathname) !== path) return await this.rendered();
      if (Date.now() > deadline) throw new Failure("dead link", `${path} does not show its page`);
      await this.page.waitForTimeout(30);
    }
  }

  /** A skeleton without pending requests would stay for ever. */
  private async noSkeleton() {
    const deadline = Date.now() + DEADLINE_MS;
    let idleSince = Date.now();
    for (;;) {
      const seen = await this.page
        .evaluate(() => [...document.querySelectorAll(".skeleton")].some((it) => it.checkVisibility() && it.getBoundingClientRect().height > 0))
        .catch(() => true);
      if (!seen) return;
      if (this.waiting.size > 0) idleSince = Date.now();
      if (this.errors.some((it) => it.includes("panicked"))) return;
      if (Date.now() - idleSince > SKELETON_MS || Date.now() > deadline) {
        throw new Failure("skeleton", `a skeleton stays at ${this.page.url()}`);
      }
      await this.page.waitForTimeout(50);
    }
  }

  /** A link within the application was clicked: the URL changes, unless it was already the same. */
  private async followed(href: string, before: string) {
    const target = new URL(href, before);
    const from = new URL(before);
    if (target.pathname === from.pathname) return;
    await this.wait("dead link", `${href} to be opened`, (path) => location.pathname !== path, from.pathname);
  }

  private async steady(step: Step, before: string) {
    const seen = await this.page
      .evaluate(() => ({
        wider: document.documentElement.scrollWidth - window.innerWidth,
        widest: window.walk.widest(),
        shifts: window.walk.shifts(),
        at: location.pathname + location.search,
        width: window.innerWidth,
      }))
      // A document that is being replaced does not respond.
      .catch(() => undefined);
    if (!seen) return;
    if (seen.wider > 0) throw new Failure("overflow", `${seen.at} is ${seen.wider} px wider than its ${seen.width} px: ${seen.widest}`);
    const moved = seen.shifts.reduce((sum, shift) => sum + shift.value, 0);
    // Changes after a new URL or width are expected, also later than the browser counts as a
    // consequence of the click.
    const address = (of: string) => new URL(of, before).pathname + new URL(of, before).search;
    const isExpected = step.do === "width" || address(before) !== address(seen.at);
    if (moved > MAX_SHIFT && !isExpected) {
      const lines = seen.shifts.map((shift) => `${shift.value.toFixed(3)} ${shift.what}`);
      throw new Failure("shift", `${seen.at} moved by ${moved.toFixed(3)} at ${seen.width} px:\n${lines.join("\n")}`);
    }
  }

  private async wait<T>(kind: string, what: string, is: (given: T) => boolean, given?: T) {
    try {
      await until(what, () => this.page.evaluate(is as any, given).catch(() => false) as Promise<boolean>, DEADLINE_MS);
    } catch (error) {
      throw new Failure(kind, String(error));
    }
  }
}
