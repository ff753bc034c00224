// A page of another origin has no access to the server of the user who opens it.

import { createServer, type Server } from "node:http";
import { existsSync } from "node:fs";
import { type AddressInfo } from "node:net";
import { expect, open, test } from "../support/test";

test.use({ allowErrors: [/./] });

const CHANGE = "/api/workspace/shell";

/** A page of another origin that knows the URL of the server. */
async function foreignPage(body: string): Promise<{ url: string; end: () => void }> {
  const server: Server = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<!DOCTYPE html><meta charset="utf-8"><body>${body}</body>`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, end: () => server.closeAllConnections() };
}

test("a form of a foreign page is refused", async ({ page, project }) => {
  await project.start();
  const form = `<form method="post" enctype="text/plain" action="${project.url}${CHANGE}"><input name='{"a' value='":1}'></form>`;
  const foreign = await foreignPage(`${form}<script>document.forms[0].submit()</script>`);
  const response = page.waitForResponse((response) => response.url().endsWith(CHANGE));
  await page.goto(foreign.url);
  expect((await response).status()).toBe(403);
  expect(existsSync(project.path("_pyruns_"))).toBe(false);
  foreign.end();
});

test("fetch, frames and WebSockets of a foreign page are refused", async ({ page, project }) => {
  await project.start("shell");
  await project.shellTask("secret-task", "echo hidden");
  const foreign = await foreignPage("");
  await page.goto(foreign.url);
  const seen = await page.evaluate(async (victim) => {
    const attempt = async (name: string, work: () => Promise<unknown>) => {
      try {
        return `${name}: ${await work()}`;
      } catch (error) {
        return `${name}: refused`;
      }
    };
    const load = (tag: "img" | "script" | "iframe", attribute: string, path: string) =>
      new Promise((done, fail) => {
        const element = document.createElement(tag);
        element.setAttribute(attribute, victim + path);
        element.addEventListener("load", () => done(tag === "iframe" ? "loaded" : "shown"));
        element.addEventListener("error", () => fail(new Error("refused")));
        document.body.append(element);
        setTimeout(() => fail(new Error("nothing")), 3000);
      });
    return Promise.all([
      attempt("fetch", async () => (await fetch(`${victim}/api/tasks`)).text()),
      attempt("fetch with cookies", async () => (await fetch(`${victim}/api/tasks`, { credentials: "include" })).text()),
      attempt("blind post", async () => (await fetch(`${victim}/api/tasks/secret-task/run`, { method: "POST", mode: "no-cors" })).type),
      attempt("json post", async () =>
        (await fetch(`${victim}/api/tasks/secret-task/run`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" })).text()),
      attempt("image", () => load("img", "src", "/favicon.svg")),
      attempt("script", () => load("script", "src", "/api/tasks")),
      attempt("socket", () => new Promise((done, fail) => {
        const socket = new WebSocket(`${victim.replace("http", "ws")}/api/events`);
        socket.onmessage = () => done("message");
        socket.onerror = () => fail(new Error("refused"));
      })),
      attempt("frame", async () => {
        await load("iframe", "src", "/tasks").catch(() => undefined);
        const frame = document.querySelector("iframe")!;
        try {
          return frame.contentDocument === null ? "closed to us" : frame.contentDocument.body.innerText || "empty";
        } catch {
          return "closed to us";
        }
      }),
    ]);
  }, project.url);
  expect(seen.join("\n")).not.toContain("secret-task");
  for (const name of ["fetch", "fetch with cookies", "json post", "image", "script", "socket"]) {
    expect(seen).toContain(`${name}: refused`);
  }
  // The page does not see the response of an opaque request; the server must not have executed it.
  expect((await project.task("secret-task")).status).toBe("pending");
  for (const frame of page.frames().slice(1)) expect(await frame.content()).not.toContain("secret-task");
  foreign.end();
});

test("names, notes and logs are never markup", async ({ page, project }) => {
  await project.start("shell");
  const markup = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
  await project.shellTask("marked", `echo '${markup.replaceAll("'", "'\\''")}'`);
  await project.api("PATCH", "/api/tasks/marked/notes", { notes: markup });
  await project.api("POST", "/api/tasks/marked/run");
  await project.untilDone("marked");
  for (const path of ["/tasks", "/tasks/marked", "/monitor?task=marked", "/tasks?query=%3Cscript%3Edocument.title%3D'owned'%3C%2Fscript%3E"]) {
    await open(page, project.url + path);
    expect(await page.title(), path).not.toBe("owned");
    expect(await page.locator("img[src=x]").count(), path).toBe(0);
  }
});

test("the API page loads no external resources", async ({ page, project }) => {
  await project.start();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${project.url}/api/docs`);
  await page.getByText("/api/generator/create", { exact: true }).click();
  await expect(page.locator("details[open]").getByText("CreateRequest", { exact: true })).toBeVisible();
  expect(asked.every((url) => url.startsWith(project.url))).toBe(true);
});

test("the URL with the token grants access", async ({ page, project }) => {
  await project.start("--require-token");
  const refused = await page.goto(`${project.url}/tasks`);
  expect(refused!.status()).toBe(401);
  await expect(page.getByText("This page needs a token")).toBeVisible();
  const token = (await import("node:fs")).readFileSync(project.path("_pyruns_/.token"), "utf8").trim();
  await page.goto(`${project.url}/tasks?token=${token}`);
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
  expect(page.url()).toBe(`${project.url}/tasks`);
  const cookie = (await page.context().cookies())[0];
  expect([cookie.httpOnly, cookie.sameSite]).toEqual([true, "Strict"]);
  expect(await page.evaluate(() => document.cookie)).not.toContain(token);
  await page.reload();
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
});
