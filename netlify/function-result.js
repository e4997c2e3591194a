"use strict";
/** Turns a function's result into the form of Netlify (`HandlerResponse` of @netlify/functions). */

/**
 * @typedef {object} FunctionResult
 * @property {number} statusCode
 * @property {Record<string, string>} [headers]
 * @property {Record<string, string[]>} [multiValueHeaders] those that repeat, such as Set-Cookie
 * @property {string} [body]
 * @property {boolean} [isBase64Encoded]
 */

// RFC 9110, sections 5.6.2 (token) and 5.5 (a field value holds no control characters).
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
// Netlify sets these itself.
const FRAMING_HEADERS = new Set(["connection", "content-length", "keep-alive", "transfer-encoding"]);
const STATUSES_WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * Reads the result from the JSON text `payload`. Throws TypeError or SyntaxError if it is invalid.
 *
 * @param {string} payload
 * @param {string} method of the request; the answer to HEAD has no body
 * @returns {FunctionResult}
 */
function functionResult(payload, method) {
  const result = JSON.parse(payload);
  const { statusCode, body, isBase64Encoded } = Object(result);
  check(Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599, "statusCode");
  check(body == null || typeof body === "string", "body");
  const hasBody = body && method !== "HEAD" && !STATUSES_WITHOUT_BODY.has(statusCode);
  return {
    statusCode,
    ...headersOf(result),
    ...(hasBody ? { body, isBase64Encoded: isBase64Encoded === true } : { body: "" }),
  };
}

/**
 * Each name once, in lower case. For a name that stands in both, `multiValueHeaders` counts.
 *
 * @param {Record<string, any>} result
 */
function headersOf({ headers, multiValueHeaders }) {
  /** @type {Map<string, string[]>} */
  const named = new Map();
  for (const [name, value] of Object.entries(headers ?? {})) {
    named.set(name.toLowerCase(), [checkedHeader(name, value)]);
  }
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) {
    const checked = values.map((/** @type {unknown} */ value) => checkedHeader(name, value));
    named.set(name.toLowerCase(), checked);
  }
  const kept = [...named].filter(([name]) => !FRAMING_HEADERS.has(name));
  const single = kept.filter(([, values]) => values.length === 1);
  return {
    headers: Object.fromEntries(single.map(([name, values]) => [name, values.join()])),
    multiValueHeaders: Object.fromEntries(kept.filter(([, values]) => values.length > 1)),
  };
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function checkedHeader(name, value) {
  const text = String(value);
  check(HEADER_NAME.test(name) && HEADER_VALUE.test(text), `header ${name}`);
  return text;
}

/**
 * @param {boolean} isValid
 * @param {string} part
 */
function check(isValid, part) {
  if (!isValid) {
    throw new TypeError(`unusable ${part}`);
  }
}

module.exports = { functionResult };
