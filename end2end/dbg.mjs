import { chromium } from "@playwright/test";
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
await page.goto("http://127.0.0.1:8123/tasks");
await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
await page.waitForTimeout(800);
console.log(await page.evaluate(() => [document.documentElement.scrollWidth, [...document.querySelectorAll("*")].filter(e=>e.getBoundingClientRect().right>391).map(e=>e.tagName+"."+e.className+" "+Math.round(e.getBoundingClientRect().right)).slice(0,30), [...document.styleSheets].map(s=>s.href+s.cssRules.length)]));
await browser.close();
