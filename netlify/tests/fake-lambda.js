"use strict";
/** A Lambda endpoint on loopback that answers what a test tells it to, and remembers its requests. */

const { once } = require("node:events");
const { createServer } = require("node:http");
const { text } = require("node:stream/consumers");

/** @typedef {{ method: string, url: string, headers: Record<string, any>, body: string, port: number }} SeenRequest */
/** @typedef {(response: import("node:http").ServerResponse) => void} Answer */

/**
 * An answer of the Invoke API.
 *
 * @param {number} status
 * @param {unknown} body
 * @param {Record<string, string>} [headers]
 * @returns {Answer}
 */
function answer(status, body, headers = {}) {
  return (response) => response.writeHead(status, headers).end(JSON.stringify(body));
}

/**
 * The answer to a function that gave back `result`.
 *
 * @param {unknown} result
 */
function returned(result) {
  return answer(200, result);
}

/**
 * The answer to a function that failed.
 *
 * @param {{ errorType?: string, errorMessage: string }} error
 */
function raised(error) {
  return answer(200, error, { "X-Amz-Function-Error": "Unhandled", "X-Amzn-RequestId": "lambda-1" });
}

/**
 * A refusal by Lambda itself.
 *
 * @param {number} status
 * @param {string} type
 */
function refused(status, type) {
  return answer(status, { Message: `about ${type}` }, { "X-Amzn-ErrorType": type });
}

/** @type {Answer} */
function cutConnection(response) {
  response.socket?.destroy();
}

/** @type {Answer} */
function silence() {}

class FakeLambda {
  /** @type {SeenRequest[]} */
  requests = [];
  /** @type {Answer[]} to the next requests; the last one stays */
  answers = [returned({ statusCode: 200, body: "" })];

  constructor() {
    this.server = createServer(async (request, response) => {
      const { method = "", url = "", headers, socket } = request;
      const body = await text(request);
      this.requests.push({ method, url, headers, body, port: Number(socket.remotePort) });
      const [next = silence] = this.answers.length > 1 ? this.answers.splice(0, 1) : this.answers;
      next(response);
    });
  }

  async start() {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
  }

  async stop() {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }

  get url() {
    const address = /** @type {import("node:net").AddressInfo} */ (this.server.address());
    return `http://127.0.0.1:${address.port}`;
  }

  /** The only request that came; what it asked for is of no account unless there was one. */
  get request() {
    const [request, ...more] = this.requests;
    if (request === undefined || more.length > 0) {
      throw new Error(`${this.requests.length} requests instead of one`);
    }
    return request;
  }

  /** The event of the only request. */
  get event() {
    return JSON.parse(this.request.body);
  }

  /** The client context of the only request, or undefined. */
  get clientContext() {
    const encoded = this.request.headers["x-amz-client-context"];
    return encoded && JSON.parse(Buffer.from(encoded, "base64").toString());
  }
}

module.exports = { FakeLambda, answer, cutConnection, raised, refused, returned, silence };
