/**
 * The functions for the caller's sessions, of which Stytch keeps a list and Netlify Identity none.
 *
 * @typedef {{id: string, started_at: string, last_accessed_at: string, expires_at: string,
 *   ip_address: string | null, user_agent: string | null, current: boolean}} Session
 */

import { callFunction } from "./functions.js";
import { clearSession } from "./session.js";

/**
 * The sessions, newest first, and for how many seconds the JWT of an ended one may be believed.
 * @returns {Promise<{sessions: Session[], believedSeconds: number}>}
 */
export async function listSessions() {
  const { data, headers } = await callFunction("GET", "/get/sessions");
  return { sessions: data, believedSeconds: Number(headers.get("Session-JWT-Max-Age")) };
}

/** @param {Session} session */
export async function endSession(session) {
  await callFunction("DELETE", `/delete/sessions/${encodeURIComponent(session.id)}`);
}

/** Ends every session of the caller, on all devices, and what this browser knows of its own. */
export async function signOutEverywhere() {
  await callFunction("POST", "/logout", { body: { everywhere: true } });
  clearSession();
}
