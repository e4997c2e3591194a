"use strict";
/**
 * Reads from the site's environment variables where the functions are and which AWS key calls them.
 * No name begins with AWS_: Netlify reserves those (docs.netlify.com, "Environment variables and
 * functions").
 */

/**
 * @typedef {object} Settings
 * @property {URL} endpoint of the Lambda API
 * @property {string} region
 * @property {(name: string) => string} lambdaName the name on Lambda of `create`, `get`, …
 * @property {number} timeoutMs how long a call may take, retries included
 * @property {{ accessKeyId: string, secretAccessKey: string }} credentials
 * @property {IdentityInfo} identityInfo
 */

/**
 * What a modern (v2) function does with the header `x-nf-identity-info`: `ignore` it, let the Python
 * function `verify` the bearer of its user, or `trust` that nobody but Netlify can have sent it.
 *
 * @typedef {"ignore" | "verify" | "trust"} IdentityInfo
 */

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/** A setting is missing or wrong. The message names it and never contains a secret. */
class SettingsError extends Error {}

// Netlify stops a function after 60 s, `netlify dev` after 30. The gateway has to answer earlier.
const DEFAULT_TIMEOUT_SECONDS = 26;
const LONGEST_TIMEOUT_SECONDS = 58;
const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The settings of this site. Throws SettingsError.
 *
 * @param {Environment} environ
 * @returns {Settings}
 */
function readSettings(environ) {
  const local = environ.LATCHKEY_LAMBDA_ENDPOINT;
  return {
    ...(local ? localCloud(local) : aws(environ)),
    timeoutMs: timeoutSeconds(environ) * 1000,
  };
}

/**
 * @param {Environment} environ
 * @returns {Omit<Settings, "timeoutMs">}
 */
function aws(environ) {
  const region = required(environ, "LATCHKEY_AWS_REGION");
  if (!/^[a-z0-9-]+$/.test(region)) {
    throw new SettingsError("LATCHKEY_AWS_REGION is not the name of an AWS region");
  }
  const functions = functionMap(required(environ, "LATCHKEY_FUNCTIONS"));
  return {
    endpoint: new URL(`https://lambda.${region}.amazonaws.com`),
    region,
    credentials: {
      accessKeyId: required(environ, "LATCHKEY_AWS_ACCESS_KEY_ID"),
      secretAccessKey: required(environ, "LATCHKEY_AWS_SECRET_ACCESS_KEY"),
    },
    lambdaName: (/** @type {string} */ name) => required(functions, name, "LATCHKEY_FUNCTIONS: "),
    identityInfo: identityInfo(environ),
  };
}

/**
 * @param {Environment} environ
 * @returns {IdentityInfo}
 */
function identityInfo({ LATCHKEY_IDENTITY_INFO: choice = "verify" }) {
  if (choice !== "verify" && choice !== "trust") {
    throw new SettingsError("LATCHKEY_IDENTITY_INFO is neither verify nor trust");
  }
  return choice;
}

/**
 * The value of LATCHKEY_FUNCTIONS: a JSON object from our names to those on Lambda, or to ARNs.
 *
 * @param {string} text
 * @returns {Environment}
 */
function functionMap(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new SettingsError("LATCHKEY_FUNCTIONS is not JSON");
  }
}

/**
 * The local cloud accepts any signature, so it gets no real credentials. In front of it is no edge of
 * Netlify's, so only a visitor can have sent `x-nf-identity-info`.
 *
 * @param {string} address
 * @returns {Omit<Settings, "timeoutMs">}
 */
function localCloud(address) {
  const endpoint = URL.canParse(address) ? new URL(address) : null;
  if (endpoint?.protocol !== "http:" || !LOOPBACK_HOSTS.has(endpoint.hostname)) {
    throw new SettingsError("LATCHKEY_LAMBDA_ENDPOINT may only be http on this machine");
  }
  return {
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    lambdaName: (/** @type {string} */ name) => name,
    identityInfo: "ignore",
  };
}

/** @param {Environment} environ */
function timeoutSeconds(environ) {
  const seconds = Number(environ.LATCHKEY_TIMEOUT_SECONDS ?? DEFAULT_TIMEOUT_SECONDS);
  if (!(seconds > 0 && seconds <= LONGEST_TIMEOUT_SECONDS)) {
    throw new SettingsError(
      `LATCHKEY_TIMEOUT_SECONDS is not a number up to ${LONGEST_TIMEOUT_SECONDS}`,
    );
  }
  return seconds;
}

/**
 * @param {Environment} values
 * @param {string} name
 * @param {string} [where] what comes before the name in the message
 */
function required(values, name, where = "") {
  const value = values[name];
  if (!value) {
    throw new SettingsError(`${where}${name} is not set`);
  }
  return value;
}

module.exports = { SettingsError, readSettings };
