/**
 * Calls to Latchkey's functions. The access token of Netlify Identity goes along as a bearer token;
 * the browser itself adds the cookies of a Stytch session.
 *
 * @typedef {{body?: object, idempotencyKey?: string}} CallOptions
 * @typedef {{data: any, next: string | null, headers: Headers}} Answer `next` is the query string
 *   of the next page
 */

import { Problem } from "../problem.js";
import { fetchResponse, readJson } from "./http.js";
import { accessToken, renewedToken } from "./identity-session.js";

const FUNCTIONS_URL = "/.netlify/functions";

/** Dispatches "ended" when the server answers 401: the session is over. */
export const sessionEvents = new EventTarget();

/**
 * Throws a `Problem` for an error status. After a 401, an Identity token is renewed once.
 * @param {string} method
 * @param {string} path below /.netlify/functions
 * @param {CallOptions} [options]
 * @returns {Promise<Answer>}
 */
export async function callFunction(method, path, options = {}) {
  const token = await accessToken();
  let response = await send(method, path, options, token);
  if (response.status === 401 && token) {
    const renewed = await renewedToken(token);
    if (renewed) response = await send(method, path, options, renewed);
  }
  const data = await readJson(response);
  if (response.status === 401) sessionEvents.dispatchEvent(new Event("ended"));
  if (!response.ok) throw new Problem(response.status, data ?? {});
  return { data, next: nextPage(response.headers.get("Link")), headers: response.headers };
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
  return fetchResponse(FUNCTIONS_URL + path, {
    method,
    headers,
    body: body && JSON.stringify(body),
  });
}

/**
 * The query string of the rel="next" target (RFC 8288).
 * @param {string | null} header
 */
function nextPage(header) {
  const target = header?.match(/<([^>]*)>\s*;[^,]*\brel="?next"?/)?.[1];
  return target ? new URL(target, location.href).search : null;
}
