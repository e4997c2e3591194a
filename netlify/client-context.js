"use strict";
/**
 * Who is calling, as Netlify says it, in the form that reaches a Python function: the runtime there
 * keeps `custom` of a client context and drops `identity` and `user`.
 */

const { GatewayError, PROBLEMS } = require("./problems");

/**
 * What Netlify hands to a function; the root copies are older than `custom.netlify`, which is
 * base64 of `{identity, user?, site_url}`.
 *
 * @typedef {object} NetlifyContext
 * @property {{ netlify?: string }} [custom]
 * @property {object} [identity]
 * @property {object} [user]
 */

// AWS Lambda API reference, Invoke, X-Amz-Client-Context: bytes of base64.
const LARGEST_CONTEXT = 3583;
// netlify-cli `lib/functions/server.ts`: a made-up instance, and a user whose token nobody verified.
const EMULATED_IDENTITY = "https://netlify-dev-locally-emulated-identity.netlify.app";

/**
 * The value of X-Amz-Client-Context, or undefined where Netlify vouches for nothing. Then the
 * function verifies the bearer token itself. Throws GatewayError when Lambda would not take it.
 *
 * @param {NetlifyContext | undefined} context
 */
function lambdaClientContext(context) {
  const netlify = context?.custom?.netlify ?? fromRoot(context);
  if (netlify === undefined || isEmulated(netlify)) {
    return undefined;
  }
  const encoded = base64(JSON.stringify({ custom: { netlify } }));
  if (encoded.length > LARGEST_CONTEXT) {
    throw new GatewayError(PROBLEMS.identityTooLarge, `client context of ${encoded.length} bytes`);
  }
  return encoded;
}

/** @param {NetlifyContext | undefined} context */
function fromRoot({ identity, user } = {}) {
  return identity || user ? base64(JSON.stringify({ identity, user })) : undefined;
}

/** @param {string} netlify */
function isEmulated(netlify) {
  return Buffer.from(netlify, "base64").includes(EMULATED_IDENTITY);
}

/** @param {string} text */
function base64(text) {
  return Buffer.from(text).toString("base64");
}

module.exports = { lambdaClientContext };
