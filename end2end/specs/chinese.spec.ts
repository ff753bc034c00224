// With Chinese selected, only names and data are in English.

import type { Page } from "@playwright/test";
import { until } from "../support/pyr";
import { expect, open, test } from "../support/test";
import { live, visit, visits } from "../support/visits";

test.use({
  locale: "zh-CN",
  allowErrors: [[/the server responded with a status of (400|404|500)/], { scope: "test" }],
});

/** Data of the test project: names of tasks, parameters, metrics, files, and its texts. */
const DATA =
  /a-name-that-says\S*|\S*pyruns-e2e-\S*|\S+\.(py|yaml|json|trash)\b|\btask_|\b(params|records|metrics)\.\S+|\b(train|val|sys)\/\w+|# Title|some text|\b(train|sys|loss|val|acc|lr|end|verbose|well|nan|badly|never|final|note|samples|learning rate|a result|diverged|nothing|loz|task)\b/gi;
/** Names, keys, types, variables, and words of the query language, which are the same in Chinese. */
const NAMES =
  /pyruns\.\w+\([^)]*\)|\b(Pyruns|Python|YAML|CSV|JSON|Markdown|LaTeX|Parquet|TensorBoard|Shell|Git|NaN|GPU|GPUs|CPU|SHA|API|PNG|SVG|ANSI|IQR|log|Spearman|English|Ctrl|Shift|Enter|Esc|Tab|Home|End|MiB|GiB|KiB|and|or|not|in|is|has|missing|name|status|running|completed|failed|cancelled|metrics|max|min|mean|std|last|count|optimizer|momentum|sgd|SIG\w+|env_from|CUDA_\w+|WANDB_\w+|PYRUNS_\w+|float|str|bool|argparse|OpenAPI|true|false|pyr|env|step|url)\b/gi;
/** Scripts of the tasks in these tests, as previews show them. */
const SCRIPTS = /^(sleep \d+|kill -SEGV \$\$|exit \d+)$/;
/** Names of columns in filters; shown as a tooltip of the Chinese name. */
const COLUMNS =
  /^(run|created|started|finished|duration|progress|reason|exit_code|cpu_time|peak_memory|failure|gpus|batch|tags|notes|pinned|kind|source)$/;
/** Sentences of the engine, on disk or in responses, which are always in English. */
const ENGINE = /^There is nothing at this path\.$/;

/** Visible texts of a page with English words in them. */
async function english(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const skipped = "code, pre, kbd, script, style, svg, option, [lang=en], .cm-editor, .log__lines, .log__text, .found__line, .minimap, .method, a[href^='#type-']";
    const found: string[] = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const parent = node.parentElement!;
      if (!parent.closest(skipped) && parent.checkVisibility()) found.push(node.textContent!.trim());
    }
    for (const it of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
      if (it.closest(skipped)) continue;
      for (const name of ["aria-label", "title", "placeholder"]) found.push(it.getAttribute(name) ?? "");
    }
    return [...new Set(found)];
  });
  const isData = (text: string) => [ENGINE, COLUMNS, SCRIPTS].some((known) => known.test(text));
  return texts.filter((text) => !isData(text) && /[A-Za-z]{3,}/.test(text.replace(DATA, " ").replace(NAMES, " ")));
}

test("every page", async ({ page, project }) => {
  test.setTimeout(240_000);
  page.setDefaultTimeout(30_000);
  const found: Record<string, string[]> = {};
  for (const one of visits(await live(project))) {
    // A page that cannot be brought into its state does not prevent the others from being checked.
    const left = await visit(page, project.url, one).then(
      () => english(page),
      (error) => [String(error).slice(0, 300)],
    );
    if (left.length > 0) found[one.name] = left;
  }
  expect(found).toEqual({});
});

test("why runs ended, and why tasks wait", async ({ page, project }) => {
  test.setTimeout(120_000);
  await project.start("shell");
  // Names in Chinese: what is left in English is a text of ours.
  const make = async (name: string, script: string, options?: object) => {
    await project.shellTask(name, script);
    if (options) await project.api("PATCH", `/api/tasks/${encodeURIComponent(name)}/options`, { options });
    await project.api("POST", `/api/tasks/${encodeURIComponent(name)}/run`);
  };
  await make("退出", "exit 3");
  await make("信号", "kill -SEGV $$");
  await make("重试", "exit 4", { retry: { count: 1 } });
  await make("时限", "sleep 60", { timeout_s: 0.2 });
  await make("变量", "true", { env_from: ["PYRUNS_NOT_SET"] });
  for (const name of ["退出", "信号", "重试", "时限", "变量"]) await project.untilDone(name);
  await make("取消", "sleep 600");
  await until("the run to begin", async () => (await project.task("取消")).status === "running");
  await project.api("POST", `/api/tasks/${encodeURIComponent("取消")}/cancel`);
  await project.untilDone("取消");
  await make("暂停", "true", { held: true });
  await make("之后", "true", { after: ["退出"] });
  await make("槽位", "true", { cpus: 9999 });
  await until("a reason for waiting", async () => /CPU slots/.test((await project.task("槽位")).wait_reason));

  const found: Record<string, string[]> = {};
  const names = ["退出", "信号", "重试", "时限", "变量", "取消", "暂停", "之后", "槽位"];
  for (const path of ["/", "/tasks", "/tasks?view=cards", ...names.map((name) => `/tasks/${encodeURIComponent(name)}`)]) {
    await visit(page, project.url, { name: path, path });
    const left = await english(page);
    if (left.length > 0) found[decodeURIComponent(path)] = left;
  }
  expect(found).toEqual({});
});

test("errors of the Generator", async ({ page, project }) => {
  await (await project.write("train.py", "import argparse\np = argparse.ArgumentParser()\np.add_argument('--lr', type=float, default=0.1)\np.parse_args()\n")).start("train.py");
  await open(page, `${project.url}/generator`);
  const field = page.locator(".generator__main input[type=text]:visible").last();
  const found: Record<string, string[]> = {};
  for (const wrong of ["0.1 | ", "5:1", "~log(0, 1)", "~uniform(1)", "(1 | 2", "often"]) {
    await field.fill(wrong);
    await expect(page.locator(".batch__problem").first()).toBeVisible();
    // What the user wrote, and the functions of samples, which are the same in Chinese.
    const words = (text: string) => text.replace(wrong, " ").replace(/~\w+\(/g, " ").replace(NAMES, " ");
    const left = (await english(page)).filter((text) => /[A-Za-z]{3,}/.test(words(text)));
    if (left.length > 0) found[wrong] = left;
  }
  expect(found).toEqual({});
});
