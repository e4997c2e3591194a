"use strict";
/** One HTTP request and its answer, both small enough to be held as text. */

const http = require("node:http");
const https = require("node:https");
const { text } = require("node:stream/consumers");

/**
 * @typedef {object} HttpRequest
 * @property {URL} url
 * @property {import("node:http").OutgoingHttpHeaders} headers
 * @property {string} body
 * @property {boolean} onKeptConnection whether a connection of an earlier request may be used
 */

/** @typedef {{ status: number, headers: import("node:http").IncomingHttpHeaders, body: string }} HttpAnswer */

/**
 * POST and await the whole answer; rejects with Node's own error, which carries its `code`.
 *
 * @param {HttpRequest} request
 * @param {AbortSignal} signal
 * @returns {Promise<HttpAnswer>}
 */
function post({ url, headers, body, onKeptConnection }, signal) {
  const { request } = url.protocol === "https:" ? https : http;
  const agent = onKeptConnection ? undefined : false;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: "POST", headers, agent, signal });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => answerOf(incoming).then(resolve, reject));
    outgoing.end(body);
  });
}

/**
 * @param {import("node:http").IncomingMessage} incoming
 * @returns {Promise<HttpAnswer>}
 */
async function answerOf(incoming) {
  const body = await text(incoming);
  return { status: Number(incoming.statusCode), headers: incoming.headers, body };
}

module.exports = { post };
