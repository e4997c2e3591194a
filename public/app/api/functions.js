/**
 * Calls to Latchkey's functions, with whichever credential this browser holds.
 *
 * @typedef {{body?: object, idempotencyKey?: string}} CallOptions
 * @typedef {{data: any, next: string | null}} Answer `next` is the query of the next page
 */

import { accessToken, renewedToken } from "./identity-session.js";
import { Problem, fetchAnswer, readJson } from "../problem.js";

const FUNCTIONS_URL = "/.netlify/functions";

/** Dispatches "ended" when the server no longer knows the session. */
export const sessionWatch = new EventTarget();

/**
 * @param {string} method
 * @param {string} path below /.netlify/functions
 * @param {CallOptions} [options]
 * @returns {Promise<Answer>}
 */
export async function call(method, path, options = {}) {
  const token = await accessToken();
  let response = await send(method, path, options, token);
  if (response.status === 401 && token) {
    const renewed = await renewedToken(token);
    if (renewed) response = await send(method, path, options, renewed);
  }
  const data = await readJson(response);
  if (response.status === 401) sessionWatch.dispatchEvent(new Event("ended"));
  if (!response.ok) throw new Problem(response.status, data ?? {});
  return { data, next: nextPage(response.headers.get("Link")) };
}

/**
 * @param {string} method
 * @param {string} path
 * @param {CallOptions} options
 * @param {string | null} token
 */
function send(method, path, { body, idempotencyKey }, token) {
  const headers = new Headers({ Accept: "application/json" });
  if (token) headers.set("Authorization", `Bearer ${token}`);
  if (body) headers.set("Content-Type", "application/json");
  if (idempotencyKey) headers.set("Idempotency-Key", idempotencyKey);
  return fetchAnswer(FUNCTIONS_URL + path, { method, headers, body: body && JSON.stringify(body) });
}

/**
 * The query string of the rel="next" target (RFC 8288).
 * @param {string | null} header
 */
function nextPage(header) {
  const target = header?.match(/<([^>]*)>\s*;[^,]*\brel="?next"?/)?.[1];
  return target ? new URL(target, location.href).search : null;
}
