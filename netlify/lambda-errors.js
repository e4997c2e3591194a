"use strict";
/** Turns what went wrong on AWS into an answer for the caller and a line for the log. */

const { GatewayError, PROBLEMS } = require("./problems");

/** @typedef {import("./http-exchange").HttpAnswer} HttpAnswer */

// AWS Lambda API reference, Invoke, section Errors. Any other status below 500 is a mistake of the
// site's operator: 403 for a bad signature or a missing permission, 404 for a missing function.
const PROBLEM_OF_STATUS = new Map([
  [413, PROBLEMS.bodyTooLarge],
  [429, PROBLEMS.tooManyRequests],
]);

/**
 * An invocation that never reached the function.
 *
 * @param {HttpAnswer} answer
 */
function refusedInvocation({ status, headers, body }) {
  const unavailable = status >= 500 ? PROBLEMS.functionUnavailable : PROBLEMS.functionRefused;
  const { message, Message = message } = parsedObject(body);
  const type = headers["x-amzn-errortype"] ?? "no error type";
  const problem = PROBLEM_OF_STATUS.get(status) ?? unavailable;
  return new GatewayError(problem, `Lambda answered ${status}, ${type}: ${Message}`);
}

/**
 * A function that ran and failed. Its error message may hold a secret, so it stays in its own log.
 *
 * @param {HttpAnswer} answer
 */
function failedFunction({ headers, body }) {
  const { errorType = "no error type", errorMessage } = parsedObject(body);
  const timedOut = errorType === "Sandbox.Timedout" || / Task timed out after /.test(errorMessage);
  const problem = timedOut ? PROBLEMS.functionTimedOut : PROBLEMS.functionFailed;
  const request = headers["x-amzn-requestid"];
  return new GatewayError(problem, `the function failed: ${errorType}, Lambda request ${request}`);
}

/**
 * @param {string} body
 * @returns {Record<string, any>} empty unless the body is a JSON object
 */
function parsedObject(body) {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}

module.exports = { failedFunction, refusedInvocation };
