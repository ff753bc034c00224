// Variables of a task whose names look like secrets.

import { readFileSync } from "node:fs";

import { expect, open, test } from "../support/test";

test("secret values are masked until revealed, and unchanged when other variables change", async ({ page, project }) => {
  await project.start("shell");
  await project.shellTask("t", "echo $API_TOKEN > token.txt; echo $HOME > home.txt");
  await project.api("PATCH", "/api/tasks/t/env", { env: { API_TOKEN: "s3cret-value", MODE: "fast" } });
  await open(page, `${project.url}/tasks`);
  await page.getByRole("link", { name: "t", exact: true }).click();
  await page.getByRole("tab", { name: "Notes & env" }).click();

  const values = page.locator(".env-rows input");
  const shown = () => values.evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  await expect.poll(async () => (await shown()).includes("fast")).toBe(true);
  expect((await shown()).join(" ")).not.toContain("s3cret-value");
  expect(await page.content()).not.toContain("s3cret-value");

  // Another one is changed, and one is passed from the server's environment.
  const mode = (await shown()).indexOf("fast");
  await values.nth(mode).fill("slow");
  await page.getByLabel("Passed from the server").fill("HOME");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect.poll(async () => (await project.api("GET", "/api/tasks/t?reveal=true")).env).toEqual({ API_TOKEN: "s3cret-value", MODE: "slow" });
  expect((await project.api("GET", "/api/tasks/t")).options.env_from).toEqual(["HOME"]);

  await page.getByRole("button", { name: "Show values" }).click();
  await expect.poll(async () => (await shown()).includes("s3cret-value")).toBe(true);
  await expect(page.getByRole("button", { name: "Show values" })).toHaveCount(0);

  await project.api("POST", "/api/tasks/t/run");
  await project.untilDone("t");
  expect(readFileSync(project.path("token.txt"), "utf8")).toBe("s3cret-value\n");
  expect(readFileSync(project.path("home.txt"), "utf8")).toBe(`${process.env.HOME}\n`);
});
