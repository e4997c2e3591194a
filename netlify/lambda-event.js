"use strict";
/**
 * The event for Lambda: the parts of Netlify's event that the function needs, without the headers
 * that a caller could use to pretend to be Netlify or AWS.
 */

/**
 * Netlify's event for a Lambda-compatible function (`HandlerEvent` of @netlify/functions). The CLI
 * puts nulls among the header values.
 *
 * @typedef {object} NetlifyEvent
 * @property {string} httpMethod
 * @property {string} path
 * @property {string} rawUrl
 * @property {string} [rawQuery]
 * @property {Record<string, string | null | undefined>} headers
 * @property {Record<string, (string | null)[] | undefined>} [multiValueHeaders]
 * @property {Record<string, string | undefined> | null} [queryStringParameters]
 * @property {Record<string, string[] | undefined> | null} [multiValueQueryStringParameters]
 * @property {string | null} [body]
 * @property {boolean} [isBase64Encoded]
 */

// Netlify's edge sets these and overwrites what the caller sent.
const EDGE_HEADERS = new Set(["x-nf-client-connection-ip", "x-nf-request-id"]);
const PLATFORM_HEADER = /^x-(nf|amz|amzn)-/;
const UNTRUSTED_HEADERS = new Set([
  "forwarded",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-real-ip",
  // RFC 9110, section 7.6.1: these concern one connection only.
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * The event for the Python function, as JSON text.
 *
 * @param {NetlifyEvent} event
 */
function lambdaEvent(event) {
  return JSON.stringify({
    httpMethod: event.httpMethod,
    path: event.path,
    rawUrl: event.rawUrl,
    rawQuery: event.rawQuery,
    headers: headers(event.headers),
    multiValueHeaders: multiValueHeaders(event.multiValueHeaders ?? {}),
    queryStringParameters: event.queryStringParameters,
    multiValueQueryStringParameters: event.multiValueQueryStringParameters,
    body: event.body ?? null,
    isBase64Encoded: Boolean(event.body && event.isBase64Encoded),
  });
}

/** @param {NetlifyEvent["headers"]} all */
function headers(all) {
  const kept = lowerCase(all).filter(([name, value]) => isPassedOn(name) && value != null);
  return Object.fromEntries(kept);
}

/** @param {NonNullable<NetlifyEvent["multiValueHeaders"]>} all */
function multiValueHeaders(all) {
  const kept = lowerCase(all)
    .filter(([name]) => isPassedOn(name))
    .map(([name, values]) => [name, values?.filter((value) => value !== null) ?? []]);
  return Object.fromEntries(kept);
}

/**
 * @template T
 * @param {Record<string, T>} all
 * @returns {[string, T][]}
 */
function lowerCase(all) {
  return Object.entries(all).map(([name, value]) => [name.toLowerCase(), value]);
}

/** @param {string} name in lower case */
function isPassedOn(name) {
  return EDGE_HEADERS.has(name) || !(PLATFORM_HEADER.test(name) || UNTRUSTED_HEADERS.has(name));
}

module.exports = { lambdaEvent };
