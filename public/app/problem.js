/**
 * Refusals and failures, told in the words of RFC 9457 (problem details).
 *
 * @typedef {{field: string, detail: string}} FieldError
 * @typedef {{title?: string, detail?: string, code?: string, request_id?: string,
 *   errors?: FieldError[]}} ProblemDetails
 */

const NO_ANSWER = "The server could not be reached. Check your connection and try again.";
const PASSING_FAULT = "This is a passing fault on our side. Nothing was lost; please try again.";

export class Problem extends Error {
  /**
   * @param {number} status the HTTP status, or 0 when no answer came
   * @param {ProblemDetails} details
   */
  constructor(status, details) {
    super(details.detail || details.title || `The server answered ${status}.`);
    this.name = "Problem";
    this.status = status;
    this.code = details.code ?? "unknown";
    this.requestId = details.request_id ?? "";
    /** @type {FieldError[]} */
    this.fields = details.errors ?? [];
  }

  /** Whether the same request may well succeed a little later. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/**
 * What to tell a person about a failure.
 * @param {unknown} error
 */
export function explain(error) {
  if (!(error instanceof Problem)) return "Something unexpected happened. Please reload the page.";
  const message = asSentence(error.message);
  return error.status >= 500 ? `${message} ${PASSING_FAULT}` : message;
}

/** @param {unknown} error */
export function isPassing(error) {
  return error instanceof Problem && error.passing;
}

/** @param {string} text */
function asSentence(text) {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/**
 * fetch that throws a `Problem` when no answer comes.
 * @param {string} url
 * @param {RequestInit} init
 */
export async function fetchAnswer(url, init) {
  try {
    return await fetch(url, { credentials: "same-origin", cache: "no-store", ...init });
  } catch {
    throw new Problem(0, { detail: NO_ANSWER, code: "no_answer" });
  }
}

/**
 * The JSON body of an answer, or null when it has none.
 * @param {Response} response
 * @returns {Promise<any>}
 */
export async function readJson(response) {
  const text = await response.text();
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    throw new Problem(response.ok ? 502 : response.status, {
      title: "The answer was not readable.",
    });
  }
}
