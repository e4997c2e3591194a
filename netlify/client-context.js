"use strict";
/**
 * Passes on who is calling, as Netlify has verified it. This goes into `custom`, because Lambda's
 * Python runtime drops `identity` and `user` from a client context.
 */

const { GatewayError, PROBLEMS } = require("./problems");

/**
 * The clientContext that Netlify gives to a function. `custom.netlify` is base64 of
 * `{identity, user?, site_url}`; `identity` and `user` at the root are an older form of the same.
 *
 * @typedef {object} NetlifyContext
 * @property {{ netlify?: string }} [custom]
 * @property {object} [identity]
 * @property {object} [user]
 */

// AWS Lambda API reference, Invoke, X-Amz-Client-Context: bytes of base64.
const LARGEST_CONTEXT = 3583;
// The Identity instance that `netlify dev` invents (netlify-cli, `lib/functions/server.ts`). Nobody
// has verified the token of its user.
const EMULATED_IDENTITY = "https://netlify-dev-locally-emulated-identity.netlify.app";

/**
 * The value of X-Amz-Client-Context, or undefined when Netlify has verified nobody: then the Python
 * function verifies the bearer token itself. Throws GatewayError when the value is too long.
 *
 * @param {NetlifyContext | undefined} context
 */
function lambdaClientContext(context) {
  const netlify = verified(context);
  return netlify && encoded({ netlify });
}

/**
 * The same for a call of one of the site's event functions: a caller of another function cannot say
 * this of themselves. With a `request` of Identity comes its signature, with a `hint` there is none.
 *
 * @param {NetlifyContext | undefined} context
 * @param {"request" | "hint"} identityEvent
 */
function eventClientContext(context, identityEvent) {
  return encoded({ netlify: verified(context), identity_event: identityEvent });
}

/** @param {NetlifyContext | undefined} context */
function verified(context) {
  const netlify = context?.custom?.netlify ?? fromRoot(context);
  return netlify === undefined || isEmulated(netlify) ? undefined : netlify;
}

/** @param {{ netlify?: string, identity_event?: string }} custom */
function encoded(custom) {
  const encoded = base64(JSON.stringify({ custom }));
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

module.exports = { eventClientContext, lambdaClientContext };
