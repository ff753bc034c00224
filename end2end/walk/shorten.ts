// Shortens a failed walk: removes steps as long as it still fails in the same way.

import type { Browser } from "@playwright/test";
import type { Step } from "./step";
import { Failure, Walker } from "./walker";

/** Executes the steps in a new world; returns the failure. */
export async function replay(browser: Browser, seed: number, steps: Step[]): Promise<Failure | undefined> {
  const walker = await Walker.begin(browser, seed);
  try {
    for (const step of steps) await walker.take(step);
    if (!walker.world.isUp) await walker.take({ do: "start" });
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  } finally {
    await walker.end();
  }
}

/** The shortest walk found within the time: ranges of steps are removed, larger ranges first. */
export async function shorten(browser: Browser, seed: number, steps: Step[], kind: string, forMs: number): Promise<Step[]> {
  const end = Date.now() + forMs;
  const fails = async (some: Step[]) => (await replay(browser, seed, some))?.kind === kind;
  let shortest = steps;
  // Most failures have their cause in the last few steps.
  for (let last = 4; last < shortest.length && Date.now() < end; last *= 3) {
    if (await fails(shortest.slice(-last))) {
      shortest = shortest.slice(-last);
      break;
    }
  }
  for (let part = Math.ceil(shortest.length / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let at = 0; at < shortest.length && Date.now() < end; ) {
      const some = [...shortest.slice(0, at), ...shortest.slice(at + part)];
      if (some.length > 0 && (await fails(some))) shortest = some;
      else at += part;
    }
  }
  return shortest;
}
