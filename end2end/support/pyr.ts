// The real binary in a temporary folder.

import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const REPO = resolve(import.meta.dirname, "../..");
const BINARY = process.env.PYR ?? join(REPO, "target/release/pyr");

/** Polls until a condition holds; fails after the deadline with its description. */
export async function until(what: string, is: () => boolean | Promise<boolean>, deadlineMs = 30_000) {
  const end = Date.now() + deadlineMs;
  while (!(await is())) {
    if (Date.now() > end) throw new Error(`waited ${deadlineMs} ms for ${what}`);
    await new Promise((wake) => setTimeout(wake, 25));
  }
}

/** A project folder with servers started on it. */
export class Project {
  readonly dir = mkdtempSync(join(tmpdir(), "pyruns-e2e-"));
  url = "";
  private server?: ChildProcess;
  private port = 0;

  /** Copies a bundled example into the project. */
  example(name: string) {
    const keep = (path: string) => !path.includes("_pyruns_") && !path.includes("__pycache__");
    cpSync(join(REPO, "examples", name), this.dir, { recursive: true, filter: keep });
    return this;
  }

  write(name: string, text: string) {
    writeFileSync(join(this.dir, name), text);
    return this;
  }

  path(...parts: string[]) {
    return join(this.dir, ...parts);
  }

  /** Starts `pyr ui …`; a restart uses the same port, as a browser tab expects. */
  async start(...target: string[]) {
    const child = spawn(BINARY, ["ui", ...target, "-p", String(this.port), "--no-browser"], {
      cwd: this.dir,
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.server = child;
    let output = "";
    child.stdout?.on("data", (text) => (output += text));
    await until("the server's address", () => {
      if (child.exitCode !== null) throw new Error(`pyr ended with ${child.exitCode}: ${output}`);
      return /http:\/\/\S+/.test(output);
    });
    this.url = /http:\/\/[^\s/]+/.exec(output)![0];
    this.port = Number(new URL(this.url).port);
    return this;
  }

  /** Kills the server without cleanup. */
  async kill() {
    const server = this.server;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = new Promise((done) => server.once("exit", done));
    server.kill("SIGKILL");
    await gone;
  }

  async api(method: string, path: string, body?: unknown): Promise<any> {
    const response = await fetch(this.url + path, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  task(name: string, ws?: string) {
    const query = ws ? `?workspace=${encodeURIComponent(ws)}` : "";
    return this.api("GET", `/api/tasks/${encodeURIComponent(name)}${query}`);
  }

  async shellTask(name: string, script: string) {
    const body = { mode: "shell", shell_text: script, name_prefix: name, append_timestamp: false };
    return (await this.api("POST", "/api/generator/create", body)).items[0];
  }

  async untilDone(name: string, ws?: string) {
    let task: any;
    await until(`${name} to end`, async () => {
      task = await this.task(name, ws);
      return !["queued", "running"].includes(task.status);
    });
    return task;
  }

  /** Ends the server and all remaining processes of this project's runs. */
  async dispose() {
    await this.kill();
    for (const pid of processesOf(this.dir)) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // Already ended.
      }
    }
    // A run may still write at its end.
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Processes whose environment or command names a folder. */
export function processesOf(dir: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const seen = readFileSync(`/proc/${pid}/environ`, "utf8") + readFileSync(`/proc/${pid}/cmdline`, "utf8");
        return seen.includes(`PYRUNS_TASK_DIR=${dir}`) || seen.includes(`supervise\0${dir}`);
      } catch {
        return false;
      }
    });
}

/** Whether a process exists and is not a zombie. */
export function isAlive(pid: number) {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  try {
    return !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
