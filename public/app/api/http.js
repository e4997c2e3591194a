/** What every request to the server needs; failures are thrown as a `Problem`. */

import { Problem } from "../problem.js";

const NO_ANSWER = "The server could not be reached. Check your connection and try again.";

/**
 * `fetch`, but throws a `Problem` with status 0 when there is no answer.
 * @param {string} url
 * @param {RequestInit} init
 */
export async function fetchResponse(url, init) {
  try {
    return await fetch(url, { credentials: "same-origin", cache: "no-store", ...init });
  } catch {
    throw new Problem(0, { detail: NO_ANSWER });
  }
}

/**
 * The JSON body of a response, or null when the body is empty.
 * @param {Response} response
 * @returns {Promise<any>}
 */
export async function readJson(response) {
  const text = await response.text();
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    throw new Problem(response.ok ? 502 : response.status, {
      title: "The server's answer could not be read.",
    });
  }
}
