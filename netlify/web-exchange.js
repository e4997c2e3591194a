"use strict";
/** A web Request as the event of a v1 function, and the result of one as a web Response. */

const { isUtf8 } = require("node:buffer");

/** @typedef {import("./lambda-event").NetlifyEvent} NetlifyEvent */
/** @typedef {import("./function-result").FunctionResult} FunctionResult */

/**
 * The event that Netlify gives a v1 function for the same request. Its body is read whole.
 *
 * @param {Request} request
 * @returns {Promise<NetlifyEvent>}
 */
async function netlifyEvent(request) {
  const { pathname, search, searchParams } = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  const query = repeated(searchParams);
  return {
    httpMethod: request.method,
    path: pathname,
    rawUrl: request.url,
    rawQuery: search.slice(1),
    headers,
    multiValueHeaders: mapped(headers, (value) => [value]),
    queryStringParameters: mapped(query, (values) => values.join(", ")),
    multiValueQueryStringParameters: query,
    ...bodyOf(Buffer.from(await request.arrayBuffer())),
  };
}

/**
 * @param {FunctionResult} result
 * @returns {Response}
 */
function webResponse({ statusCode, headers, multiValueHeaders = {}, body, isBase64Encoded }) {
  // Of a text, Response would guess the type of the content.
  const content = body ? Buffer.from(body, isBase64Encoded ? "base64" : "utf8") : null;
  const response = new Response(content, { status: statusCode, headers });
  for (const [name, values] of Object.entries(multiValueHeaders)) {
    values.forEach((value) => response.headers.append(name, value));
  }
  return response;
}

/** @param {URLSearchParams} parameters */
function repeated(parameters) {
  const names = [...new Set(parameters.keys())];
  return Object.fromEntries(names.map((name) => [name, parameters.getAll(name)]));
}

/**
 * @template T, U
 * @param {Record<string, T>} values
 * @param {(value: T) => U} change
 */
function mapped(values, change) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

/** @param {Buffer} content */
function bodyOf(content) {
  const isBase64Encoded = !isUtf8(content);
  return { body: content.toString(isBase64Encoded ? "base64" : "utf8") || null, isBase64Encoded };
}

module.exports = { netlifyEvent, webResponse };
