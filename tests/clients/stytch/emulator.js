/**
 * The local Stytch, started as a developer would start it, for one test file.
 */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import stytch from "stytch";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const VENV_PYTHON = `${ROOT}/.venv/bin/python`;
const PYTHON = process.env.PYTHON ?? (existsSync(VENV_PYTHON) ? VENV_PYTHON : "python3");
const SECRET = "secret-test-local";

export const PROJECT_ID = "project-test-00000000-0000-4000-8000-000000000000";
export const LANDING = "http://localhost:3000/authenticate";

/** One running emulator. */
export class Emulator {
  static async start() {
    const options = ["--project-id", PROJECT_ID, "--secret", SECRET, "--redirect-url", LANDING];
    const emulator = [PYTHON, "-m", "local.stytch", ...options];
    const child = spawn(PYTHON, ["-m", "local.kit.deathwatch", "--", ...emulator], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [url] = await once(createInterface(child.stdout), "line");
    return new Emulator(child, url);
  }

  /**
   * @param {import("node:child_process").ChildProcess} child
   * @param {string} url
   */
  constructor(child, url) {
    this.child = child;
    this.url = url;
  }

  async stop() {
    this.child.kill();
    await once(this.child, "exit");
  }

  /** Stytch's client with good credentials, or with another secret. */
  client(secret = SECRET) {
    return new stytch.Client({ project_id: PROJECT_ID, secret, env: this.url });
  }

  /**
   * One of the emulator's own controls.
   *
   * @param {string} path
   * @param {object} body
   */
  async admin(path, body = {}) {
    const answer = await fetch(`${this.url}/_admin${path}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    return answer.json();
  }

  /** The link in the newest mail. */
  async mailedLink() {
    const answer = await fetch(`${this.url}/_dev/outbox.json`);
    const [mail] = await answer.json();
    return new URL(mail.link);
  }

  async mailedToken() {
    return (await this.mailedLink()).searchParams.get("token") ?? "";
  }
}
