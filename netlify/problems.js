"use strict";
/**
 * The gateway's own answers, for when the function gave none: problem details (RFC 9457) with a
 * stable `code`. The cause goes to the log and never into the answer.
 */

const { STATUS_CODES } = require("node:http");

/**
 * @typedef {object} Problem
 * @property {number} status
 * @property {string} code
 * @property {string} detail
 * @property {Readonly<Record<string, string>>} [headers]
 */

/** Ends a request with `problem` as its answer; `message` is for the log only. */
class GatewayError extends Error {
  /**
   * @param {Problem} problem
   * @param {string} message
   */
  constructor(problem, message) {
    super(message);
    this.problem = problem;
  }
}

const RETRY_SOON = { "retry-after": "1" };

/** @satisfies {Record<string, Problem>} */
const PROBLEMS = {
  bodyTooLarge: {
    status: 413,
    code: "body_too_large",
    detail: "The request is larger than 6 MB.",
  },
  tooManyRequests: {
    status: 429,
    code: "too_many_requests",
    detail: "All copies of the function are busy.",
    headers: RETRY_SOON,
  },
  identityTooLarge: {
    status: 431,
    code: "identity_too_large",
    detail:
      "The user's metadata is too large to be passed to a function (about 1,600 bytes fit)." +
      " Remove some of it, then sign in again.",
  },
  gatewayFailed: {
    status: 500,
    code: "gateway_failed",
    detail: "The site cannot pass requests on; its log says why.",
  },
  functionFailed: {
    status: 502,
    code: "function_failed",
    detail: "The function failed.",
  },
  functionRefused: {
    status: 502,
    code: "function_refused",
    detail: "The site may not call the function, or there is none; its log says why.",
  },
  functionUnavailable: {
    status: 503,
    code: "function_unavailable",
    detail: "The function cannot be reached.",
    headers: RETRY_SOON,
  },
  functionTimedOut: {
    status: 504,
    code: "function_timed_out",
    detail: "The function took too long; it may still finish its work.",
  },
};

/**
 * The problem in the form of a function's result.
 *
 * @param {Problem} problem
 * @param {string} requestId
 */
function problemResult(problem, requestId) {
  const { status, code, detail, headers } = problem;
  const title = STATUS_CODES[status];
  return {
    statusCode: status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...headers,
    },
    body: JSON.stringify({
      type: "about:blank",
      status,
      title,
      detail,
      code,
      request_id: requestId,
    }),
  };
}

module.exports = { GatewayError, PROBLEMS, problemResult };
