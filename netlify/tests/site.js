"use strict";
/** A Netlify site for one test: its environment, its log, and the calls that reach its functions. */

const { isUtf8 } = require("node:buffer");
const { test } = require("node:test");
const { FakeLambda } = require("./fake-lambda");
const { gateway, gatewayByMethod } = require("../gateway");

/** @typedef {Partial<import("../lambda-event").NetlifyEvent>} Call */
/** @typedef {import("../lambda-event").NetlifyEvent} NetlifyEvent */
/** @typedef {import("../client-context").NetlifyContext} NetlifyContext */
/** @typedef {import("../function-result").FunctionResult} FunctionResult */
/** @typedef {import("node:test").TestContext} TestContext */

/**
 * The two forms of Netlify's functions: Lambda-compatible, and modern.
 *
 * @typedef {object} Form
 * @property {typeof gateway} named
 * @property {typeof gatewayByMethod} byMethod
 */

/** @type {Form} */
const V1 = { named: gateway, byMethod: gatewayByMethod };

/** @type {Form} */
const V2 = {
  named: (name) => asHandler(async () => (await webGateways()).webGateway(name)),
  byMethod: () => asHandler(async () => (await webGateways()).webGatewayByMethod()),
};

class Site {
  lambda = new FakeLambda();
  /** @type {string[]} */
  log = [];

  /** @param {Form} form of the site's functions */
  constructor(form) {
    this.form = form;
  }

  /**
   * A site whose settings name a fake Lambda; both end with the test.
   *
   * @param {TestContext} t
   * @param {Form} [form]
   */
  static async start(t, form = V1) {
    const site = new Site(form);
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
   * @param {Call} [request]
   * @param {NetlifyContext} [clientContext]
   */
  call(name, request, clientContext) {
    return this.form.named(name)(netlifyEvent(request), { clientContext });
  }

  /** @param {Call} [request] */
  callByMethod(request) {
    return this.form.byMethod()(netlifyEvent(request), {});
  }
}

/**
 * A test of what the functions of both forms do.
 *
 * @param {string} name
 * @param {(site: Site) => Promise<void>} run
 */
function testBoth(name, run) {
  test(`v1 ${name}`, async (t) => run(await Site.start(t, V1)));
  test(`v2 ${name}`, async (t) => run(await Site.start(t, V2)));
}

function webGateways() {
  return import("../web-gateway.mjs");
}

/**
 * A modern handler, called with the request of an event, and its answer as a result.
 *
 * @param {() => Promise<(request: Request) => Promise<Response>>} load
 * @returns {import("../gateway").Handler}
 */
function asHandler(load) {
  return async (event) => {
    const handle = await load();
    return resultOf(await handle(webRequest(event)));
  };
}

/** @param {NetlifyEvent} event */
function webRequest({ httpMethod, rawUrl, headers, body, isBase64Encoded }) {
  const content = body ? Buffer.from(body, isBase64Encoded ? "base64" : "utf8") : null;
  const sent = /** @type {Record<string, string>} */ (headers);
  return new Request(rawUrl, { method: httpMethod, headers: sent, body: content });
}

/**
 * @param {Response} response
 * @returns {Promise<FunctionResult>}
 */
async function resultOf(response) {
  const content = Buffer.from(await response.arrayBuffer());
  const cookies = response.headers.getSetCookie();
  const headers = [...response.headers].filter(([name]) => name !== "set-cookie");
  const isBase64Encoded = !isUtf8(content);
  return {
    statusCode: response.status,
    headers: Object.fromEntries(headers),
    multiValueHeaders: cookies.length > 0 ? { "set-cookie": cookies } : {},
    body: content.toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded,
  };
}

/**
 * @param {Call} [request]
 * @returns {NetlifyEvent}
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
 * @param {FunctionResult} result
 */
function problemOf({ body = "" }) {
  return JSON.parse(body);
}

module.exports = { Site, V2, problemOf, testBoth };
