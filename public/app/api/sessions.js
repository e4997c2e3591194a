/**
 * The functions for the caller's sessions, of which Stytch keeps a list and Netlify Identity none.
 *
 * @typedef {import("../../latchkey.js").Schemas["Session"]} Session
 */

import { call, signOut } from "../../latchkey.js";

/**
 * The sessions, newest first, and for how many seconds the JWT of an ended one may be believed.
 * @returns {Promise<{sessions: Session[], believedSeconds: number}>}
 */
export async function listSessions() {
  const { data, headers } = await call("GET", "/sessions");
  return { sessions: data, believedSeconds: Number(headers.get("Session-JWT-Max-Age")) };
}

/** @param {Session} session */
export async function endSession({ id }) {
  await call("DELETE", "/sessions/{id}", { path: { id } });
}

/** Ends every session of the caller, on all devices, and what this browser knows of its own. */
export function signOutEverywhere() {
  return signOut({ everywhere: true });
}
