// With Chinese selected, only names and data are in English.

import type { Page } from "@playwright/test";
import { expect, test } from "../support/test";
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
  /pyruns\.\w+\([^)]*\)|\b(Pyruns|Python|YAML|CSV|JSON|Markdown|LaTeX|Parquet|TensorBoard|Shell|Git|NaN|GPU|GPUs|CPU|SHA|API|PNG|SVG|ANSI|IQR|log|Spearman|English|Ctrl|Shift|Enter|Esc|Tab|Home|End|MiB|GiB|KiB|and|or|not|in|is|has|missing|name|status|running|completed|failed|cancelled|metrics|max|min|mean|std|last|count|optimizer|momentum|sgd|CUDA_\w+|WANDB_\w+|PYRUNS_\w+|float|str|bool|argparse|OpenAPI|true|false|pyr|env|step|url)\b/gi;
/** Names of columns in filters; shown as a tooltip of the Chinese name. */
const COLUMNS =
  /^(run|created|started|finished|duration|progress|reason|exit_code|cpu_time|peak_memory|failure|gpus|batch|tags|notes|pinned|kind|source)$/;
/** Sentences of the engine, on disk or in responses, which are always in English. */
const ENGINE = /^(exit code \d+|Invalid YAML: .*|There is nothing at this path\.)$/;

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
  return texts.filter((text) => !ENGINE.test(text) && !COLUMNS.test(text) && /[A-Za-z]{3,}/.test(text.replace(DATA, " ").replace(NAMES, " ")));
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
