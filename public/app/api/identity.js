/**
 * The Netlify Identity (GoTrue) endpoints that the app uses.
 *
 * @typedef {{access_token: string, token_type: string, expires_in: number,
 *   refresh_token: string}} TokenResponse
 * @typedef {{id: string, email: string} & Record<string, unknown>} IdentityUser
 */

import { Problem } from "../problem.js";
import { fetchResponse, readJson } from "./http.js";

export const IDENTITY_URL = "/.netlify/identity";

/**
 * @param {string} email
 * @param {string} password
 * @returns {Promise<TokenResponse>}
 */
export function passwordGrant(email, password) {
  return postForm("/token", { grant_type: "password", username: email, password });
}

/**
 * Gets a new pair of tokens. The given refresh token cannot be used again.
 * @param {string} refreshToken
 * @returns {Promise<TokenResponse>}
 */
export function refreshGrant(refreshToken) {
  return postForm("/token", { grant_type: "refresh_token", refresh_token: refreshToken });
}

/**
 * @param {string} name
 * @param {string} email
 * @param {string} password
 * @returns {Promise<IdentityUser & {confirmed_at?: string}>}
 */
export function signUp(name, email, password) {
  return sendJson("POST", "/signup", { email, password, data: { full_name: name } });
}

/** @param {string} email */
export function requestRecovery(email) {
  return sendJson("POST", "/recover", { email });
}

/**
 * Exchanges the token of a confirmation, invitation or recovery mail for a session.
 * @param {"signup" | "recovery"} type
 * @param {string} token
 * @param {string} [password] required for the token of an invitation
 * @returns {Promise<TokenResponse>}
 */
export function verify(type, token, password) {
  return sendJson("POST", "/verify", { type, token, password });
}

/**
 * @param {string} accessToken
 * @returns {Promise<IdentityUser>}
 */
export function fetchUser(accessToken) {
  return request("GET", "/user", { headers: bearer(accessToken) });
}

/**
 * @param {string} accessToken
 * @param {{password?: string, email_change_token?: string}} changes
 * @returns {Promise<IdentityUser>}
 */
export function updateUser(accessToken, changes) {
  return sendJson("PUT", "/user", changes, bearer(accessToken));
}

/**
 * Revokes every refresh token of the user.
 * @param {string} accessToken
 */
export function revokeSessions(accessToken) {
  return request("POST", "/logout", { headers: bearer(accessToken) });
}

/** @param {string} accessToken */
function bearer(accessToken) {
  return { Authorization: `Bearer ${accessToken}` };
}

/**
 * @param {string} path
 * @param {Record<string, string>} fields
 */
function postForm(path, fields) {
  return request("POST", path, { body: new URLSearchParams(fields) });
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} body
 * @param {Record<string, string>} [headers]
 */
function sendJson(method, path, body, headers) {
  return request(method, path, {
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", ...headers },
  });
}

/**
 * @param {string} method
 * @param {string} path
 * @param {RequestInit} init
 */
async function request(method, path, init) {
  const response = await fetchResponse(IDENTITY_URL + path, { method, ...init });
  const body = await readJson(response);
  if (!response.ok) throw identityProblem(response.status, body);
  return body;
}

/**
 * GoTrue has two forms of error: {code, msg} and OAuth's {error, error_description}
 * (RFC 6749, section 5.2).
 * @param {number} status
 * @param {any} body
 */
function identityProblem(status, body) {
  return new Problem(status, { detail: body?.msg ?? body?.error_description ?? body?.detail });
}
