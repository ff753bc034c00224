import { mkdirSync } from "node:fs";
import { open, test } from "../support/test";
const SHOTS = "/tmp/w-gen-shots/";
const SCRIPT = `
import argparse
parser = argparse.ArgumentParser()
optim = parser.add_argument_group("optimizer")
optim.add_argument("--lr", type=float, default=0.1, help="step size")
optim.add_argument("--optimizer", choices=["sgd", "adam"], default="sgd", help="which one")
optim.add_argument("--momentum", type=float, default=0.0)
optim.add_argument("--betas", type=float, nargs=2, default=[0.9, 0.999])
parser.add_argument("--hidden", type=int, default=16, help="width of the hidden layer")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--amp", action="store_true", help="mixed precision")
parser.add_argument("--debug", type=bool, default=False)
parser.add_argument("--data", default="data/train")
args = parser.parse_args()
`;
test("states", async ({ page, project }) => {
  mkdirSync(SHOTS, { recursive: true });
  await project.example("nested_yaml");
  await project.write("main.py", SCRIPT).start("main.py");
  const body = { mode: "form", yaml_text: "lr: 0.5\noptimizer: sgd\nmomentum: 0.0\nbetas: [0.9, 0.999]\nhidden: 16\nseed: 0\namp: false\ndebug: false\ndata: data/train\n", name_prefix: "old", append_timestamp: false };
  await project.api("POST", "/api/generator/create", body);
  const variants = [["light", 1440], ["dark", 1440], ["light", 390], ["dark", 390]] as const;
  const shot = async (name: string) => {
    for (const [colorScheme, width] of variants) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(200);
      await page.screenshot({ path: `${SHOTS}${name}-${colorScheme}-${width}.png`, fullPage: width === 390 });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  await open(page, project.url + "/generator");
  await page.waitForLoadState("networkidle");
  await shot("a-start");
  await page.getByLabel("lr", { exact: true }).fill("0.5 | ~");
  await page.getByLabel("lr", { exact: true }).fill("~log(1e-5, 1e-1) × 20");
  await page.getByLabel("hidden", { exact: true }).fill("16 | 64 | 256");
  await page.getByLabel("seed", { exact: true }).fill("1:5");
  await page.getByLabel("Only where").fill("lr < 0.01 or hidden == 64");
  await page.getByLabel("Name", { exact: true }).fill("lr{lr}-h{hidden}-s{seed}");
  await page.getByText("How they run").click();
  await page.locator(".row", { hasText: "seed" }).hover();
  await page.getByRole("button", { name: "Pin seed" }).click();
  await page.getByText("differences to the template").click();
  await shot("b-batch");
  await page.getByRole("button", { name: /Show all/ }).click();
  await page.locator(".all-rows").scrollIntoViewIfNeeded();
  await shot("c-rows");
  await page.getByLabel("hidden", { exact: true }).fill("(16 | 64");
  await page.getByRole("button", { name: "Close" }).first().click().catch(() => {});
  await shot("d-error");
  await page.getByLabel("hidden", { exact: true }).fill("16");
  await page.getByLabel("Only where").fill("");
  await page.getByLabel("lr", { exact: true }).fill("0.5 | 0.25");
  await page.getByLabel("seed", { exact: true }).fill("0");
  await shot("e-duplicate");
  await page.getByRole("button", { name: "Reset all" }).click();
  await page.getByRole("radio", { name: "YAML" }).click();
  await page.waitForTimeout(800);
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\nhidden: [1\n");
  await shot("f-yaml-error");
  await page.getByRole("radio", { name: "Form" }).click();
  await shot("g-unread");
  await project.api("POST", "/api/launcher/open", { script_path: project.path("train.py"), config_path: project.path("configs/base.yaml") });
  await open(page, project.url + "/generator?mode=tree&ws=train");
  await page.waitForLoadState("networkidle");
  await page.locator(".row input[type=text]").first().fill("1 | 2");
  await shot("h-tree");
  await open(page, project.url + "/launcher");
  await page.waitForLoadState("networkidle");
  await shot("i-launcher");
  await project.api("POST", "/api/workspace/shell");
  await open(page, project.url + "/generator?ws=_shell_");
  await page.waitForTimeout(1000);
  await shot("j-shell");
});
