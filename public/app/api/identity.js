/**
 * The session of Netlify Identity (GoTrue) in this browser, and the endpoints that the app uses.
 *
 * @typedef {import("../../latchkey.js").Tokens} Tokens
 * @typedef {{id: string, email: string} & Record<string, unknown>} IdentityUser
 */

import { callIdentity } from "../../latchkey.js";

export { accessToken, startSession } from "../../latchkey.js";

/**
 * @param {string} email
 * @param {string} password
 * @returns {Promise<Tokens>}
 */
export function passwordGrant(email, password) {
  const form = { grant_type: "password", username: email, password };
  return callIdentity("POST", "/token", new URLSearchParams(form));
}

/**
 * @param {string} name
 * @param {string} email
 * @param {string} password
 * @returns {Promise<IdentityUser & {confirmed_at?: string}>}
 */
export function signUp(name, email, password) {
  return callIdentity("POST", "/signup", { email, password, data: { full_name: name } });
}

/** @param {string} email */
export function requestRecovery(email) {
  return callIdentity("POST", "/recover", { email });
}

/**
 * Exchanges the token of a confirmation, invitation or recovery mail for a session.
 * @param {"signup" | "recovery"} type
 * @param {string} token
 * @param {string} [password] required for the token of an invitation
 * @returns {Promise<Tokens>}
 */
export function verify(type, token, password) {
  return callIdentity("POST", "/verify", { type, token, password });
}

/**
 * @param {string} accessToken
 * @param {{password?: string, email_change_token?: string}} changes
 * @returns {Promise<IdentityUser>}
 */
export function updateUser(accessToken, changes) {
  return callIdentity("PUT", "/user", changes, accessToken);
}
