/**
 * Whether someone is signed in with this browser, and who it is. Of a visitor who never signed in,
 * nobody is asked.
 *
 * @typedef {import("../../latchkey.js").Principal} Principal
 */

import { Problem, mayBeSignedIn, session, sessionEvents } from "../../latchkey.js";

export { clearSession, mayBeSignedIn, sessionEvents, signOut } from "../../latchkey.js";

/**
 * Throws a `Problem` with status 401, and dispatches "ended", if it is nobody.
 * @returns {Promise<Principal>}
 */
export async function fetchPrincipal() {
  const principal = await session();
  if (principal) return principal;
  sessionEvents.dispatchEvent(new Event("ended"));
  throw new Problem(401, { detail: "You are not signed in." });
}

/** @param {Principal} principal */
export function isAdmin(principal) {
  return principal.roles.includes("admin");
}

/** @param {() => void} then runs when another tab of this browser ends the session */
export function onSignedOutElsewhere(then) {
  addEventListener("storage", () => mayBeSignedIn() || then());
}
