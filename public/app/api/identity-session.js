/**
 * The Netlify Identity session in localStorage. Key and form are those of gotrue-js, so that the
 * official widget and this app share one sign-in.
 *
 * @typedef {import("./identity.js").TokenResponse} TokenResponse
 * @typedef {TokenResponse & {expires_at: number}} StoredToken `expires_at` in epoch milliseconds
 * @typedef {{url: string, audience: string, token: StoredToken} & Record<string, unknown>} Stored
 */

import { Problem } from "../problem.js";
import { IDENTITY_URL, fetchUser, refreshGrant } from "./identity.js";

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
 * Stores a new session together with its user record.
 * @param {TokenResponse} token
 */
export async function startSession(token) {
  const user = await fetchUser(token.access_token);
  store({ ...user, url: location.origin + IDENTITY_URL, audience: "", token: withExpiry(token) });
}

export function clearStoredSession() {
  localStorage.removeItem(STORAGE_KEY);
}

/**
 * An access token that stays valid for at least a minute, or null without a session.
 * @returns {Promise<string | null>}
 */
export async function accessToken() {
  const token = storedSession()?.token;
  if (!token) return null;
  return expiresSoon(token) ? renewedToken(token.access_token) : token.access_token;
}

/**
 * An access token that replaces the given one, or null when the session is over.
 *
 * A refresh token works only once, so only one tab may use it: the other tabs wait for the lock and
 * then find the new pair in localStorage.
 * @param {string} replaced
 * @returns {Promise<string | null>}
 */
export function renewedToken(replaced) {
  return navigator.locks.request(REFRESH_LOCK, async () => {
    const session = storedSession();
    if (!session) return null;
    if (session.token.access_token !== replaced) return session.token.access_token;
    return refresh(session);
  });
}

/**
 * @param {Stored} session
 * @returns {Promise<string | null>}
 */
async function refresh(session) {
  try {
    const token = withExpiry(await refreshGrant(session.token.refresh_token));
    store({ ...session, token });
    return token.access_token;
  } catch (error) {
    if (error instanceof Problem && error.isTemporary) throw error;
    clearStoredSession();
    return null;
  }
}

/** @param {StoredToken} token */
function expiresSoon(token) {
  return token.expires_at - EXPIRY_MARGIN_MS < Date.now();
}

/**
 * Adds the time of expiry by this machine's clock, which may differ from the server's.
 * @param {TokenResponse} token
 * @returns {StoredToken}
 */
function withExpiry(token) {
  return { ...token, expires_at: Date.now() + token.expires_in * 1000 };
}

/** @param {Stored} session */
function store(session) {
  localStorage.setItem(STORAGE_KEY, JSON.stringify(session));
}
