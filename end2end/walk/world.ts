// A busy project: three workspaces with runs that start, fail, are cancelled and are created again.

import { Project } from "../support/pyr";
import { Random } from "./random";

const TRAIN = `
import argparse
import math
import time
import pyruns

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--width", type=int, default=8)
parser.add_argument("--steps", type=int, default=40)
parser.add_argument("--optimizer", choices=["sgd", "adam"], default="sgd")
args = parser.parse_args()
pyruns.summary({"val/loss": "min"})
for step in range(args.steps):
    loss = math.exp(-args.lr * step / 10) + 0.1 / args.width
    pyruns.track({"val/loss": loss, "val/acc": 1 - loss / 2})
    pyruns.progress(step + 1, args.steps)
    print(f"step {step} loss {loss:.4f}", flush=True)
    time.sleep(0.1)
if args.lr > 5:
    raise SystemExit("diverged")
pyruns.record(final=loss)
`;

const TUNE = `
import time
import pyruns

config = pyruns.load()
for step in range(20):
    pyruns.track(reward=step * config.gain)
    time.sleep(0.1)
raise ValueError("no reward") if config.gain < 0 else pyruns.record(reward=config.gain)
`.replace("raise ValueError(\"no reward\") if config.gain < 0 else ", "if config.gain < 0:\n    raise ValueError(\"no reward\")\n");

const SHELL = [
  "for i in $(seq 1 50); do echo line $i; sleep 0.1; done\n",
  "echo about to fail; exit 3\n",
  "echo quick\n",
  "printf '\\033[31mred\\033[0m\\n'; for i in $(seq 1 300); do echo $i some longer text of a log; done; sleep 2\n",
];

/** Interval of background events. */
const BEAT_MS = 700;

export class World {
  readonly project = new Project();
  isUp = false;
  private beat?: NodeJS.Timeout;
  private busy = false;
  private made = 0;
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed ^ 0x5eed);
  }

  /** Writes the scripts, opens each, and fills all three workspaces. */
  async begin() {
    this.project.write("train.py", TRAIN).write("tune.py", TUNE).write("tune.yaml", "gain: 1.0\n");
    await this.start();
    const { project } = this;
    await project.api("POST", "/api/workspace/shell");
    for (let at = 0; at < 8; at++) await this.create();
    await project.api("POST", "/api/launcher/open", { script_path: project.path("tune.py"), config_path: project.path("tune.yaml") });
    for (let at = 0; at < 3; at++) await this.create();
    await project.api("POST", "/api/launcher/open", { script_path: project.path("train.py") });
    await this.batch("lr: 0.1 | 0.3 | 1.0 | 9.0\nwidth: 4 | 8 | 16\n", "sweep");
    for (let at = 0; at < 4; at++) await this.create();
    this.beat = setInterval(() => void this.live(), BEAT_MS);
  }

  async start() {
    await this.project.start("train.py");
    this.isUp = true;
  }

  async stop() {
    this.isUp = false;
    await this.project.kill();
  }

  async end() {
    clearInterval(this.beat);
    await this.project.dispose();
  }

  /** One background event. A request that is rejected because of the walker has no effect. */
  private async live() {
    if (this.busy || !this.isUp) return;
    this.busy = true;
    try {
      const names = await this.names();
      const act = this.random.next();
      if (names.length < 40 && act < 0.4) await this.create();
      else if (names.length > 0 && act < 0.7) await this.run([this.random.pick(names)]);
      else if (names.length > 0 && act < 0.85) await this.project.api("POST", `/api/tasks/${encodeURIComponent(this.random.pick(names))}/cancel`);
      else if (names.length > 30) await this.project.api("POST", "/api/tasks/batch/delete", { task_names: [this.random.pick(names)] });
    } catch {
      // Rejected, or the server was stopped meanwhile.
    } finally {
      this.busy = false;
    }
  }

  private async names(): Promise<string[]> {
    const page = await this.project.api("GET", "/api/tasks?limit=60&compact=true");
    return page.items.map((task: any) => task.name);
  }

  private async create() {
    const kind = (await this.project.api("GET", "/api/workspace")).workspace_kind;
    const prefix = `w${this.made++}`;
    if (kind === "shell") {
      const body = { mode: "shell", shell_text: this.random.pick(SHELL), name_prefix: prefix, append_timestamp: false };
      const created = await this.project.api("POST", "/api/generator/create", body);
      await this.run(created.items.map((task: any) => task.name));
    } else {
      const lr = this.random.pick(["0.1", "0.5", "9.0"]);
      const script = (await this.project.api("GET", "/api/workspace")).name;
      await this.batch(script.startsWith("tune") ? `gain: ${lr}\n` : `lr: ${lr}\n`, prefix);
    }
  }

  private async batch(grid: string, prefix: string) {
    const body = { mode: "form", yaml_text: grid, name_prefix: prefix, append_timestamp: false };
    const created = await this.project.api("POST", "/api/generator/create", body);
    await this.run(created.items.map((task: any) => task.name));
  }

  private async run(names: string[]) {
    await this.project.api("POST", "/api/tasks/batch/run", { task_names: names, max_workers: 3 });
  }
}
