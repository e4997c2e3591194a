/**
 * Whether someone is signed in with this browser, and who it is.
 *
 * Scripts cannot see the HttpOnly cookies of a Stytch session, so a flag in localStorage says that
 * there may be some. Of a visitor who never signed in, it has no flag, and nobody is asked who it is.
 *
 * @typedef {{id: string, provider: string, email: string, name: string, roles: string[]}} Principal
 */

import { callFunction } from "./functions.js";
import { accessToken, clearStoredSession, storedSession } from "./identity-session.js";
import { revokeSessions } from "./identity.js";

const COOKIE_FLAG = "latchkey.cookie-session";

export function mayBeSignedIn() {
  return storedSession() !== null || localStorage.getItem(COOKIE_FLAG) !== null;
}

/** @returns {Promise<Principal>} */
export async function fetchPrincipal() {
  const { data } = await callFunction("GET", "/get/me");
  if (storedSession() === null) localStorage.setItem(COOKIE_FLAG, "1");
  return data;
}

/** @param {Principal} principal */
export function isAdmin(principal) {
  return principal.roles.includes("admin");
}

/**
 * Ends the session at its provider, then in this browser. Throws a `Problem` when a cookie session
 * could not be ended: only the server can delete its cookies.
 */
export async function signOut() {
  if (storedSession() === null) await callFunction("POST", "/logout");
  else await Promise.allSettled([callFunction("POST", "/logout"), revokeIdentitySessions()]);
  clearSession();
}

/** Removes what localStorage holds about the session. */
export function clearSession() {
  clearStoredSession();
  localStorage.removeItem(COOKIE_FLAG);
}

/** @param {() => void} then runs when another tab of this browser ends the session */
export function onSignedOutElsewhere(then) {
  addEventListener("storage", () => mayBeSignedIn() || then());
}

async function revokeIdentitySessions() {
  const token = await accessToken();
  if (token) await revokeSessions(token);
}
