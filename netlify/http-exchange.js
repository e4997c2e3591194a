"use strict";
/** Sends one HTTP request and reads its answer. Both are held in memory as text. */

const http = require("node:http");
const https = require("node:https");
const { text } = require("node:stream/consumers");

/**
 * @typedef {object} HttpRequest
 * @property {URL} url
 * @property {import("node:http").OutgoingHttpHeaders} headers
 * @property {string} body
 * @property {boolean} reuseConnection whether a connection of an earlier request may be used
 */

/** @typedef {{ status: number, headers: import("node:http").IncomingHttpHeaders, body: string }} HttpAnswer */

/**
 * Sends a POST request and waits for the whole answer. Rejects with an error of Node, which has a
 * `code`.
 *
 * @param {HttpRequest} request
 * @param {AbortSignal} signal
 * @returns {Promise<HttpAnswer>}
 */
function post({ url, headers, body, reuseConnection }, signal) {
  const { request } = url.protocol === "https:" ? https : http;
  const agent = reuseConnection ? undefined : false;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: "POST", headers, agent, signal });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => readAnswer(incoming).then(resolve, reject));
    outgoing.end(body);
  });
}

/**
 * @param {import("node:http").IncomingMessage} incoming
 * @returns {Promise<HttpAnswer>}
 */
async function readAnswer(incoming) {
  const body = await text(incoming);
  return { status: Number(incoming.statusCode), headers: incoming.headers, body };
}

module.exports = { post };
