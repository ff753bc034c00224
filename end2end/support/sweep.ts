// A finished grid of runs.

import type { Project } from "./pyr";

const SCRIPT = `
import argparse
import pyruns

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--width", type=int, default=8)
parser.add_argument("--seed", type=int, default=0)
args = parser.parse_args()
if args.lr > 5:
    raise SystemExit("diverged")
for step in range(50):
    loss = (1 - args.lr / 2) ** step + args.seed / 100
    pyruns.track(**{"train/loss": loss, "val/acc": 1 - loss / (1 + args.width / 8)})
pyruns.record(final=1 - loss)
print("lr", args.lr, "done", flush=True)
`;

/** Twelve runs over three parameters; the last learning rate fails. */
export const sweep = (project: Project) =>
  runs(project, SCRIPT, "lr: 0.1 | 0.5 | 9.0\nwidth: 8 | 16\nseed: 0 | 1\n");

/** Runs a script once for each point of a grid, to the end; returns the names of the tasks. */
export async function runs(project: Project, script: string, grid: string): Promise<string[]> {
  await (await project.write("train.py", script)).start("train.py");
  const names = await batch(project, grid, "sweep", 4);
  for (const name of names) await project.untilDone(name);
  return names;
}

/** Creates the tasks of a grid and starts them with a number of workers; returns their names. */
export async function batch(project: Project, grid: string, prefix: string, workers?: number): Promise<string[]> {
  const body = { mode: "form", yaml_text: grid, name_prefix: prefix, append_timestamp: false };
  const created = await project.api("POST", "/api/generator/create", body);
  const names: string[] = created.items.map((task: any) => task.name);
  await project.api("POST", "/api/tasks/batch/run", { task_names: names, max_workers: workers });
  return names;
}
