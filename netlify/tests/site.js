"use strict";
/** A Netlify site for one test: its environment, its log, and the calls that reach its functions. */

const { FakeLambda } = require("./fake-lambda");
const { gateway, gatewayByMethod } = require("../gateway");

/** @typedef {Partial<import("../lambda-event").NetlifyEvent>} Request */
/** @typedef {import("../client-context").NetlifyContext} NetlifyContext */

class Site {
  lambda = new FakeLambda();
  /** @type {string[]} */
  log = [];

  /**
   * A site whose settings name a fake Lambda; both end with the test.
   *
   * @param {import("node:test").TestContext} t
   */
  static async start(t) {
    const site = new Site();
    await site.lambda.start();
    const environ = process.env;
    process.env = { LATCHKEY_LAMBDA_ENDPOINT: site.lambda.url };
    t.mock.method(console, "error", (/** @type {string} */ line) => site.log.push(line));
    t.after(async () => {
      process.env = environ;
      await site.lambda.stop();
    });
    return site;
  }

  /**
   * @param {string} name
   * @param {Request} [request]
   * @param {NetlifyContext} [clientContext]
   */
  call(name, request, clientContext) {
    return gateway(name)(netlifyEvent(request), { clientContext });
  }

  /** @param {Request} [request] */
  callByMethod(request) {
    return gatewayByMethod()(netlifyEvent(request), {});
  }
}

/**
 * @param {Request} [request]
 * @returns {import("../lambda-event").NetlifyEvent}
 */
function netlifyEvent(request) {
  return {
    httpMethod: "GET",
    path: "/.netlify/functions/get",
    rawUrl: "https://site.example/.netlify/functions/get",
    headers: {},
    ...request,
  };
}

/**
 * The members of a problem+json body.
 *
 * @param {import("../function-result").FunctionResult} result
 */
function problemOf({ body = "" }) {
  return JSON.parse(body);
}

module.exports = { Site, problemOf };
