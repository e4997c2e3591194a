"use strict";
/**
 * Calls AWS Lambda's Invoke, signed with SigV4. A call is repeated only if running the function
 * twice does no harm.
 * Source: AWS Lambda API reference, Invoke; "Understanding retry behavior in Lambda".
 */

const { setTimeout: sleep } = require("node:timers/promises");
const aws4 = require("aws4");
const { post } = require("./http-exchange");
const { failedFunction, refusedInvocation } = require("./lambda-errors");
const { GatewayError, PROBLEMS } = require("./problems");

/**
 * @typedef {object} Invocation
 * @property {string} functionName name, partial ARN or ARN
 * @property {string} payload JSON text
 * @property {string | undefined} clientContext base64
 * @property {boolean} repeatable whether running the function twice does no harm
 */

/** @typedef {import("./settings").Settings} Settings */
/** @typedef {import("./http-exchange").HttpAnswer} HttpAnswer */
/** @typedef {{ answer: HttpAnswer, error?: undefined } | { answer?: undefined, error: Error & { code?: string } }} Attempt */

// Lambda quotas, "Invocation payload", synchronous.
const LARGEST_PAYLOAD = 6 * 1024 * 1024;
const PAUSES_MS = [100, 400];
// There was no connection, so the function cannot have run.
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/**
 * Runs a function and returns its result as JSON text. Throws GatewayError.
 *
 * @param {Settings} settings
 * @param {Invocation} invocation
 */
async function invoke(settings, invocation) {
  if (Buffer.byteLength(invocation.payload) > LARGEST_PAYLOAD) {
    throw new GatewayError(PROBLEMS.bodyTooLarge, "the event exceeds 6 MB");
  }
  const signal = AbortSignal.timeout(settings.timeoutMs);
  let attempt = await attemptOnce(settings, invocation, signal);
  for (const pause of PAUSES_MS) {
    if (signal.aborted || !mayRepeat(attempt, invocation)) {
      break;
    }
    await sleep(pause);
    attempt = await attemptOnce(settings, invocation, signal);
  }
  return payloadOf(attempt, signal);
}

/**
 * Netlify freezes this process between requests. An open connection may break meanwhile, which
 * shows only after the next request was sent on it. So only a repeatable request reuses one.
 *
 * @param {Settings} settings
 * @param {Invocation} invocation
 * @param {AbortSignal} signal
 * @returns {Promise<Attempt>}
 */
async function attemptOnce(settings, invocation, signal) {
  const { payload: body, repeatable: reuseConnection } = invocation;
  const request = { ...sign(settings, invocation), body, reuseConnection };
  return post(request, signal).then(
    (answer) => ({ answer }),
    (error) => ({ error }),
  );
}

/**
 * @param {Settings} settings
 * @param {Invocation} invocation
 */
function sign({ endpoint, region, credentials }, { functionName, payload, clientContext }) {
  const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
  const headers = {
    "Content-Type": "application/json",
    ...(clientContext && { "X-Amz-Client-Context": clientContext }),
  };
  const request = { method: "POST", host: endpoint.host, path, headers, body: payload };
  const sent = aws4.sign({ ...request, service: "lambda", region }, credentials);
  return { url: new URL(path, endpoint), headers: { ...sent.headers } };
}

/**
 * @param {Attempt} attempt
 * @param {Invocation} invocation
 */
function mayRepeat({ answer, error }, { repeatable }) {
  if (error) {
    return repeatable || NEVER_SENT.has(error.code ?? "");
  }
  return repeatable && (answer.status === 429 || answer.status >= 500);
}

/**
 * @param {Attempt} attempt
 * @param {AbortSignal} signal
 */
function payloadOf({ answer, error }, signal) {
  if (error && signal.aborted) {
    throw new GatewayError(PROBLEMS.functionTimedOut, "Lambda did not answer in time");
  }
  if (error) {
    throw new GatewayError(PROBLEMS.functionUnavailable, `no answer from Lambda: ${error.message}`);
  }
  if (answer.status !== 200) {
    throw refusedInvocation(answer);
  }
  if (answer.headers["x-amz-function-error"]) {
    throw failedFunction(answer);
  }
  return answer.body;
}

module.exports = { invoke };
