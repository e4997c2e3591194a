/**
 * The Netlify Identity session that this page keeps, in the form and place that gotrue-js uses,
 * so that the official widget and this app share one sign-in.
 *
 * @typedef {import("./identity.js").TokenResponse} TokenResponse
 * @typedef {TokenResponse & {expires_at: number}} StoredToken `expires_at` in epoch milliseconds
 * @typedef {{url: string, audience: string, token: StoredToken} & Record<string, unknown>} Stored
 */

import { IDENTITY_URL, fetchUser, refreshGrant } from "./identity.js";
import { Problem } from "../problem.js";

const STORAGE_KEY = "gotrue.user";
const REFRESH_LOCK = "latchkey.refresh";
const EXPIRY_MARGIN_MS = 60_000;

/** @returns {Stored | null} */
export function storedSession() {
  try {
    const stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null");
    return stored?.token?.access_token ? stored : null;
  } catch {
    return null;
  }
}

/**
 * Keeps a new session, together with the user record that belongs to it.
 * @param {TokenResponse} token
 */
export async function startSession(token) {
  const user = await fetchUser(token.access_token);
  store({ ...user, url: location.origin + IDENTITY_URL, audience: "", token: stamped(token) });
}

export function forgetSession() {
  localStorage.removeItem(STORAGE_KEY);
}

/**
 * An access token that is good for at least a minute, or null without a session.
 * @returns {Promise<string | null>}
 */
export async function accessToken() {
  const token = storedSession()?.token;
  if (!token) return null;
  return expiresSoon(token) ? renewedToken(token.access_token) : token.access_token;
}

/**
 * A token other than the one that was refused, or null when the session is over.
 *
 * Refresh tokens rotate, so only one tab may spend one: the others wait for the lock and find the
 * new pair already stored.
 * @param {string} refused
 * @returns {Promise<string | null>}
 */
export function renewedToken(refused) {
  return navigator.locks.request(REFRESH_LOCK, async () => {
    const session = storedSession();
    if (!session) return null;
    if (session.token.access_token !== refused) return session.token.access_token;
    return refresh(session);
  });
}

/**
 * @param {Stored} session
 * @returns {Promise<string | null>}
 */
async function refresh(session) {
  try {
    const token = stamped(await refreshGrant(session.token.refresh_token));
    store({ ...session, token });
    return token.access_token;
  } catch (error) {
    if (error instanceof Problem && error.passing) throw error;
    forgetSession();
    return null;
  }
}

/** @param {StoredToken} token */
function expiresSoon(token) {
  return token.expires_at - EXPIRY_MARGIN_MS < Date.now();
}

/**
 * Expiry by this machine's own clock, which may differ from the server's.
 * @param {TokenResponse} token
 * @returns {StoredToken}
 */
function stamped(token) {
  return { ...token, expires_at: Date.now() + token.expires_in * 1000 };
}

/** @param {Stored} session */
function store(session) {
  localStorage.setItem(STORAGE_KEY, JSON.stringify(session));
}
