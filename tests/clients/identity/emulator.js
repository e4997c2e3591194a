/**
 * The local Identity, started as a developer would start it, for one test file.
 */

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const VENV_PYTHON = `${ROOT}/.venv/bin/python`;
const PYTHON = process.env.PYTHON ?? (existsSync(VENV_PYTHON) ? VENV_PYTHON : "python3");
const SECRET = "the secret of the Identity under test";

/**
 * @typedef {object} Mail
 * @property {string} to
 * @property {string} subject
 * @property {string} link
 */

/** One running Identity; `url` ends in `/.netlify/identity`. */
export class Emulator {
  /** @param {string[]} options of `python -m local.identity` */
  static async start(...options) {
    const identity = ["-m", "local.identity", "--port", "0", "--secret", SECRET, ...options];
    const child = spawn(PYTHON, ["-m", "local.kit.deathwatch", "--", PYTHON, ...identity], {
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

  /** @returns {Promise<Mail[]>} newest first */
  async mails() {
    const answer = await fetch(new URL("/_dev/outbox.json", this.url));
    return answer.json();
  }

  /** The token that the newest mail's link carries. */
  async mailedToken() {
    const [mail] = await this.mails();
    return mail.link.split("=")[1];
  }

  /** What Netlify hands to a function as `identity.token`. */
  operatorToken() {
    return signed({ exp: secondsFromNow(120), sub: "0" });
  }

  /**
   * A call with the operator's token.
   *
   * @param {string} method
   * @param {string} path
   * @param {object} body
   */
  async asOperator(method, path, body) {
    const answer = await fetch(this.url + path, {
      method,
      headers: { Authorization: `Bearer ${this.operatorToken()}` },
      body: JSON.stringify(body),
    });
    return answer.json();
  }
}

/** @param {object} claims of a JWT as Identity itself would sign it */
export function signed(claims) {
  const head = encoded({ alg: "HS256", typ: "JWT" });
  const signature = createHmac("sha256", SECRET).update(`${head}.${encoded(claims)}`);
  return `${head}.${encoded(claims)}.${signature.digest("base64url")}`;
}

/** @param {number} seconds */
export function secondsFromNow(seconds) {
  return Math.floor(Date.now() / 1000) + seconds;
}

/** @param {object} part */
function encoded(part) {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
