/**
 * Whether somebody is signed in here, and who.
 *
 * A Stytch session lives in HttpOnly cookies that no script can see. A mark in localStorage says
 * that one was seen, so that a visitor who never signed in costs no function call.
 *
 * @typedef {{id: string, provider: string, email: string, name: string, roles: string[]}} Principal
 */

import { accessToken, forgetSession, storedSession } from "./identity-session.js";
import { revokeSessions } from "./identity.js";
import { call } from "./functions.js";

const COOKIE_MARK = "latchkey.cookie-session";

export function mayBeSignedIn() {
  return storedSession() !== null || localStorage.getItem(COOKIE_MARK) !== null;
}

/** @returns {Promise<Principal>} */
export async function fetchPrincipal() {
  const { data } = await call("GET", "/get/me");
  if (storedSession() === null) localStorage.setItem(COOKIE_MARK, "1");
  return data;
}

/** @param {Principal} principal */
export function isAdmin(principal) {
  return principal.roles.includes("admin");
}

/** Ends the session at its provider, then here. Throws when cookies would outlive the attempt. */
export async function signOut() {
  if (storedSession() === null) await call("POST", "/logout");
  else await Promise.allSettled([call("POST", "/logout"), revokeIdentitySessions()]);
  forget();
}

/** Drops what this browser keeps of the session. */
export function forget() {
  forgetSession();
  localStorage.removeItem(COOKIE_MARK);
}

/** @param {() => void} then runs when another tab of this browser ends the session */
export function onSignedOutElsewhere(then) {
  addEventListener("storage", () => mayBeSignedIn() || then());
}

async function revokeIdentitySessions() {
  const token = await accessToken();
  if (token) await revokeSessions(token);
}
