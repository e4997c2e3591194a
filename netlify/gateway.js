"use strict";
/**
 * Netlify cannot run Python, so each file in `functions/` is two lines that use this gateway. It
 * calls the Python function of the same name on AWS Lambda and tells it, in the client context, who
 * is calling.
 *
 * The handlers are Lambda-compatible (v1), which get a clientContext. `web-gateway.mjs` makes modern
 * (v2) functions of the same.
 */

const { randomUUID } = require("node:crypto");
const { eventClientContext, lambdaClientContext } = require("./client-context");
const { functionResult } = require("./function-result");
const { invoke } = require("./lambda");
const { lambdaEvent } = require("./lambda-event");
const { GatewayError, PROBLEMS, problemResult } = require("./problems");
const { readSettings } = require("./settings");

/** @typedef {import("./lambda-event").NetlifyEvent} NetlifyEvent */
/** @typedef {import("./function-result").FunctionResult} FunctionResult */
/** @typedef {{ clientContext?: import("./client-context").NetlifyContext }} NetlifyCall */
/** @typedef {(event: NetlifyEvent, context: NetlifyCall) => Promise<FunctionResult>} Handler */
/** @typedef {import("./settings").Settings} Settings */

/**
 * What Netlify says of who is calling, as a client context of Lambda; undefined where it says nothing.
 *
 * @typedef {(settings: Settings, event: NetlifyEvent, context: NetlifyCall) => string | undefined} ContextReader
 */

// A GET of another function may change something: `authenticate` uses up a magic link.
const READ_ONLY_FUNCTION = "get";
const FUNCTION_OF_METHOD = new Map([
  ["GET", "get"],
  ["HEAD", "get"],
  ["POST", "create"],
  ["PATCH", "update"],
  ["DELETE", "delete"],
]);

// Identity's events go to one resource, whichever of the site's event functions was called.
const EVENT_FUNCTION = "webhook";
const EVENT_PATH = "/.netlify/functions/webhook/webhooks/identity";

/**
 * A handler that calls the function `name`.
 *
 * @param {string} name
 * @param {ContextReader} [readContext]
 */
function gateway(name, readContext = givenContext) {
  return handler(() => name, readContext);
}

/**
 * A handler that chooses the function by the HTTP method.
 *
 * @param {ContextReader} [readContext]
 */
function gatewayByMethod(readContext = givenContext) {
  return handler(functionOfMethod, readContext);
}

/**
 * A handler for an event function, which Identity calls when somebody signs up or in.
 *
 * @param {"request" | "hint"} identityEvent whether it is called with Identity's own request
 */
function gatewayOfEvents(identityEvent) {
  return answering((settings, event, { clientContext }) => {
    const context = eventClientContext(clientContext, identityEvent);
    return call(settings, EVENT_FUNCTION, { ...event, path: EVENT_PATH }, context);
  });
}

/**
 * @param {(event: NetlifyEvent) => string} choose the name of the function
 * @param {ContextReader} readContext
 */
function handler(choose, readContext) {
  return answering((settings, event, context) =>
    call(settings, choose(event), event, readContext(settings, event, context)),
  );
}

/** @type {ContextReader} */
function givenContext(_settings, _event, { clientContext }) {
  return lambdaClientContext(clientContext);
}

/**
 * @param {(settings: Settings, ...call: Parameters<Handler>) => Promise<FunctionResult>} handle
 * @returns {Handler}
 */
function answering(handle) {
  return async (event, context) => {
    try {
      return await handle(readSettings(process.env), event, context);
    } catch (error) {
      return errorResult(error, event);
    }
  };
}

/**
 * A CORS preflight goes to the same function as the request that it announces. A method that no
 * function serves is refused by one that knows all resources and changes nothing: 405 with `Allow`.
 *
 * @param {NetlifyEvent} event
 */
function functionOfMethod({ httpMethod, headers }) {
  const announcedMethod = headers["access-control-request-method"] ?? "";
  const method = httpMethod === "OPTIONS" ? announcedMethod : httpMethod;
  return FUNCTION_OF_METHOD.get(method) ?? READ_ONLY_FUNCTION;
}

/**
 * @param {Settings} settings
 * @param {string} name
 * @param {NetlifyEvent} event
 * @param {string | undefined} clientContext in the form of Lambda
 */
async function call(settings, name, event, clientContext) {
  const payload = await invoke(settings, {
    functionName: settings.lambdaName(name),
    payload: lambdaEvent(event),
    clientContext,
    repeatable: name === READ_ONLY_FUNCTION,
  });
  try {
    return functionResult(payload, event.httpMethod);
  } catch (error) {
    throw new GatewayError(PROBLEMS.functionFailed, `the function's result: ${error}`);
  }
}

/**
 * Turns an error into an answer. The cause is written to the log and not into the answer.
 *
 * @param {unknown} error
 * @param {NetlifyEvent} event
 */
function errorResult(error, { headers, httpMethod, path }) {
  const problem = error instanceof GatewayError ? error.problem : PROBLEMS.gatewayFailed;
  const requestId = headers["x-nf-request-id"] ?? randomUUID();
  const { status, code } = problem;
  console.error(
    JSON.stringify({ request_id: requestId, httpMethod, path, status, code, cause: String(error) }),
  );
  const result = problemResult(problem, requestId);
  return httpMethod === "HEAD" ? { ...result, body: "" } : result;
}

module.exports = { gateway, gatewayByMethod, gatewayOfEvents };
