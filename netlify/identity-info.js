"use strict";
/**
 * What a modern (v2) function is told of Identity. Netlify's bootstrap reads the header
 * `x-nf-identity-info`, base64 of `{url, token, user?}`, and checks nothing of it
 * (@netlify/serverless-functions-api 2.18.0 and 2.23.0). Netlify says nowhere that its edge removes
 * this header when a visitor sends it, and `netlify dev` passes it on. So it gives nothing that a
 * visitor could not have without it, unless the site's operator trusts it.
 */

const { lambdaClientContext } = require("./client-context");

/** @typedef {{ token?: string, user?: { sub?: string } }} IdentityInfo */

/**
 * The operator's token, which Identity itself will check, and the user, where the header is trusted.
 * Without a user, the Python function verifies the bearer.
 *
 * @type {import("./gateway").ContextReader}
 */
function identityInfoContext({ identityInfo }, { headers }) {
  if (identityInfo === "ignore") {
    return undefined;
  }
  const user = identityInfo === "trust" ? userOfBearer(headers.authorization) : undefined;
  return lambdaClientContext({ identity: operator(), user });
}

/**
 * Identity with the operator's token. Its address is that of this site: whoever could forge the
 * header would name a server of their own.
 */
function operator() {
  const { token } = info();
  const { URL: site } = process.env;
  return site && token ? { url: `${site}/.netlify/identity`, token } : undefined;
}

/**
 * The user, if the request's own bearer is theirs: a cookie would have come from any page that a
 * browser shows.
 *
 * @param {string | null} [authorization]
 */
function userOfBearer(authorization) {
  const { user } = info();
  return user?.sub && user.sub === subjectOf(authorization ?? "") ? user : undefined;
}

/** @param {string} authorization */
function subjectOf(authorization) {
  const [, payload = ""] = /^Bearer [^.]+\.([^.]+)\.[^.]+$/i.exec(authorization) ?? [];
  try {
    return JSON.parse(Buffer.from(payload, "base64url").toString()).sub;
  } catch {
    return undefined;
  }
}

/**
 * What the bootstrap has read, where `@netlify/identity` finds it, too.
 *
 * @returns {IdentityInfo}
 */
function info() {
  const { netlifyIdentityContext } =
    /** @type {{ netlifyIdentityContext?: IdentityInfo | null }} */ (globalThis);
  return netlifyIdentityContext ?? {};
}

module.exports = { identityInfoContext, operator };
