// Writes many finished tasks without running them.

import { mkdirSync, writeFileSync } from "node:fs";
import type { Project } from "./pyr";

const KEYS = 20;

/** Finished tasks with 20 parameters, 5 records and 20 metrics. */
export function writeFinished(project: Project, rows: number) {
  for (let at = 0; at < rows; at++) {
    const name = `run-${String(at).padStart(5, "0")}`;
    const folder = project.path("_pyruns_/train/tasks", name);
    mkdirSync(`${folder}/run_logs`, { recursive: true });
    let config = `lr: ${10 ** -(at % 5)}\noptimizer: ${["sgd", "adam", "lion"][at % 3]}\n`;
    for (let key = 0; key < 18; key++) config += `p${key}: ${Math.random().toFixed(4)}\n`;
    writeFileSync(`${folder}/config.yaml`, config);
    const metrics: Record<string, unknown> = {};
    for (let key = 0; key < KEYS; key++) {
      const [low, high] = [Math.random(), Math.random()].sort();
      metrics[`m${key}`] = { count: 1000, last: high, min: low, max: high, mean: (low + high) / 2 };
    }
    const records = Object.fromEntries(Array.from({ length: 5 }, (_, key) => [`r${key}`, Math.random()]));
    const stamp = `2026-10-${String((at % 28) + 1).padStart(2, "0")}_${String(at % 24).padStart(2, "0")}-00-${String(at % 60).padStart(2, "0")}`;
    const info = {
      name, status: at % 20 ? "completed" : "failed", created_at: stamp, task_kind: "python", config_file: "config.yaml",
      start_times: [stamp], finish_times: [stamp], pids: [at], records: [records], tracks: [{}], metrics: [metrics],
      durations_s: [Math.random() * 1000], exit_codes: [0], run_index: 1, notes: "", env: {}, script: "train.py",
    };
    writeFileSync(`${folder}/task_info.json`, JSON.stringify(info));
  }
}
