// Code inside the page: finds controls and records layout shifts.

import type { Page } from "@playwright/test";

/** A control, described so that it can be found again in another walk. */
export interface Control {
  tag: string;
  /** Its name, with `#` for each number, because counts change. */
  name: string;
  /** Its index among equal controls. */
  nth: number;
  /** The target of a link. */
  href?: string;
  /** The kind of interaction. */
  use: "click" | "type" | "select";
  /** Controls of one kind: so that a long list does not dominate the choice. */
  group: string;
}

/** A part of the page that moved without user input. */
export interface Shift {
  value: number;
  what: string;
}

declare global {
  interface Window {
    walk: {
      controls(): Control[];
      place(control: Control): { x: number; y: number } | "gone" | "covered";
      shifts(): Shift[];
      widest(): string;
    };
  }
}

/** Installs `window.walk` in every document of the page. */
export async function install(page: Page) {
  await page.addInitScript(() => {
    const shifts: Shift[] = [];
    const describe = (node: Node | null | undefined) => {
      const element = node instanceof Element ? node : node?.parentElement;
      return element ? `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}` : "?";
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as any[]) {
        if (entry.hadRecentInput) continue;
        const moved = entry.sources.map((source: any) => {
          const { previousRect: from, currentRect: to } = source;
          return `${describe(source.node)} ${Math.round(from.x)},${Math.round(from.y)} ${Math.round(from.width)}x${Math.round(from.height)} -> ${Math.round(to.x)},${Math.round(to.y)} ${Math.round(to.width)}x${Math.round(to.height)}`;
        });
        shifts.push({ value: entry.value, what: moved.join("; ") });
      }
    }).observe({ type: "layout-shift", buffered: true });

    const isShown = (element: Element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true } as any);
    };
    const nameOf = (element: Element) => {
      const label = element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
      const text = label || element.getAttribute("placeholder") || element.getAttribute("name") || element.id || "";
      return text.replace(/\s+/g, " ").replace(/\d+/g, "#").slice(0, 48);
    };
    const useOf = (element: Element): Control["use"] => {
      if (element instanceof HTMLSelectElement) return "select";
      if (element instanceof HTMLTextAreaElement || element.getAttribute("contenteditable") === "true") return "type";
      const clicked = ["checkbox", "radio", "button", "submit", "range", "color", "file"];
      return element instanceof HTMLInputElement && !clicked.includes(element.type) ? "type" : "click";
    };
    const SELECTOR =
      "a[href], button, summary, input, select, textarea, [role=tab], [role=menuitem], [role=button], [contenteditable=true], [tabindex='0']";
    const all = () => {
      const modal = document.querySelector("dialog:modal");
      const found: { element: Element; control: Control }[] = [];
      const seen = new Map<string, number>();
      for (const element of (modal ?? document).querySelectorAll(SELECTOR)) {
        if ((element as any).disabled || element.closest("[inert]") || !isShown(element)) continue;
        if (element instanceof HTMLInputElement && element.type === "file") continue;
        if (element instanceof HTMLAnchorElement && (element.origin !== location.origin || element.target || element.hasAttribute("download"))) continue;
        const tag = element.tagName.toLowerCase();
        const name = nameOf(element);
        const nth = seen.get(tag + name) ?? 0;
        seen.set(tag + name, nth + 1);
        const group = `${tag}.${(element.getAttribute("class") ?? "").split(" ")[0]}.${element.closest("[class]")?.parentElement?.closest("[class]")?.getAttribute("class")?.split(" ")[0] ?? ""}`;
        const href = element instanceof HTMLAnchorElement ? element.getAttribute("href")! : undefined;
        found.push({ element, control: { tag, name, nth, href, use: useOf(element), group } });
      }
      return found;
    };
    window.walk = {
      controls: () => all().map(({ control }) => control),
      place(wanted) {
        const found = all().find(({ control }) => control.tag === wanted.tag && control.name === wanted.name && control.nth === wanted.nth);
        if (!found) return "gone";
        const { element } = found;
        element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
        const box = element.getBoundingClientRect();
        const x = box.x + Math.min(box.width / 2, 200);
        const y = box.y + Math.min(box.height / 2, 200);
        const top = document.elementFromPoint(x, y);
        if (!top || !(element.contains(top) || top.contains(element) || top.closest("label")?.contains(element))) return "covered";
        return { x, y };
      },
      shifts: () => shifts.splice(0),
      // Elements beyond the right edge of the page.
      widest: () => {
        const right = (it: Element) => Math.round(it.getBoundingClientRect().right + scrollX);
        const all = [...document.querySelectorAll("body *")].filter((it) => right(it) > innerWidth);
        return all.slice(0, 8).map((it) => `${it.tagName.toLowerCase()}.${it.getAttribute("class")} to ${right(it)}`).join("; ");
      },
    };
  });
}
