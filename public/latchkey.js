/**
 * Latchkey for front ends: signing in, and calls of the functions. docs/front-ends.md says how to use
 * it. It needs a secure context (https, or localhost), and no other module.
 *
 * @import {Answer, CallOptions, MethodOf, Principal, Reply, Row, Schemas} from "./latchkey.d.ts"
 * @import {StoredSession, Tokens, paths} from "./latchkey.d.ts"
 */

const IDENTITY_KEY = "gotrue.user"; // with gotrue-js's form of value, so that the widget shares it
const COOKIE_FLAG = "latchkey.cookie-session"; // scripts cannot see the cookies themselves
const EXPIRY_MARGIN_MS = 60_000;
const STORAGE_MS = 50; // what another tab has stored is seen a moment later
const LONGEST_WAIT_S = 5; // of all retries of one call together
const NO_ANSWER = "The server could not be reached. Check your connection and try again.";
// `make routes` writes this list.
const POSTS_WITH_KEY = ["/issues", "/users"];

/** Where the functions and Netlify Identity are. A page may set others before its first call. */
export const addresses = { api: "/api", identity: "/.netlify/identity" };

/** Dispatches "ended" when a call is answered 401: nobody is signed in any more. */
export const sessionEvents = new EventTarget();

/** What went wrong: a problem document (RFC 9457), or status 0 when there was no answer. */
export class Problem extends Error {
  /** @param {number} status @param {Partial<Schemas["Problem"]>} [members] */
  constructor(status, { title, detail, code, errors, request_id } = {}) {
    super(detail || title || `The server answered ${status}.`);
    this.name = "Problem";
    this.status = status;
    this.code = code ?? "";
    this.detail = this.message;
    this.errors = errors ?? []; // one for each field that was refused
    this.requestId = request_id ?? "";
  }

  /** Whether the same request may succeed a little later. */
  get isTemporary() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/**
 * Calls a function: `call("GET", "/issues/{id}", { path: { id: 7 } })`. Throws a `Problem`.
 * @template {keyof paths} Route
 * @template {MethodOf<Route>} Method
 * @param {Method} method
 * @param {Route} route
 * @param {CallOptions<Route, Method>} [options]
 * @returns {Promise<Answer<Route, Method>>}
 */
export async function call(method, route, options) {
  const reply = await send(method, route, options);
  if (reply.status === 401) sessionEvents.dispatchEvent(new Event("ended"));
  return answerOf(reply);
}

/**
 * Each row of a list, page after page: `for await (const issue of rows("/issues"))`.
 * @template {keyof paths} Route
 * @param {Route} route
 * @param {CallOptions<Route, "GET">} [options]
 * @returns {AsyncGenerator<Row<Route>>}
 */
export async function* rows(route, options) {
  const callAny = /** @type {any} */ (call);
  let page = await callAny("GET", route, options);
  yield* page.data;
  while (page.next) {
    page = await callAny("GET", route, { ...options, query: page.next });
    yield* page.data;
  }
}

/** Whether this browser may be signed in, by what it remembers. */
export function mayBeSignedIn() {
  return storedSession() !== null || localStorage.getItem(COOKIE_FLAG) !== null;
}

/**
 * Asks the server who is signed in; null if nobody is.
 * @returns {Promise<Principal | null>}
 */
export async function session() {
  const reply = await send("GET", "/me");
  if (reply.status === 401) return null;
  const { data } = answerOf(reply);
  if (storedSession() === null) localStorage.setItem(COOKIE_FLAG, "1");
  return data;
}

/** Signs in at Netlify Identity. @param {string} email @param {string} password */
export async function signInWithPassword(email, password) {
  const form = { grant_type: "password", username: email, password };
  await startSession(await callIdentity("POST", "/token", new URLSearchParams(form)));
}

/** Has Stytch mail a link, which signs in this browser and opens /profile. @param {string} email */
export async function signInWithLink(email) {
  await call("POST", "/login", { body: { email } });
}

/** Signs in with tokens of Netlify Identity, as `POST /verify` answers them. @param {Tokens} tokens */
export async function startSession(tokens) {
  const user = await callIdentity("GET", "/user", undefined, tokens.access_token);
  store({ ...user, url: new URL(addresses.identity, location.href).href, audience: "" }, tokens);
}

/**
 * Ends the session at its provider, then here. Throws a `Problem` where its cookies are left.
 * @param {{everywhere?: boolean}} [options] `everywhere`: on all devices
 */
export async function signOut({ everywhere = false } = {}) {
  const atServer = call("POST", "/logout", everywhere ? { body: { everywhere } } : {});
  const revoke = (/** @type {string | null} */ token) => callIdentity("POST", "/logout", {}, token);
  if (everywhere || storedSession() === null) await atServer;
  else await Promise.allSettled([atServer, accessToken().then(revoke)]);
  clearSession();
}

/** Forgets what this browser knows of the session. */
export function clearSession() {
  for (const key of [IDENTITY_KEY, COOKIE_FLAG]) localStorage.removeItem(key);
}

/** An Identity access token that is valid for at least a minute, or null. */
export async function accessToken() {
  const token = storedSession()?.token;
  if (!token) return null;
  const expiresSoon = token.expires_at - EXPIRY_MARGIN_MS < Date.now();
  return expiresSoon ? renewedToken(token.access_token) : token.access_token;
}

/**
 * Calls an endpoint of Netlify Identity (GoTrue), such as `/signup`. Throws a `Problem`.
 * @param {string} method
 * @param {string} path
 * @param {object} [body] sent as JSON, or as a form if it is a URLSearchParams
 * @param {string | null} [token]
 */
export async function callIdentity(method, path, body, token = null) {
  const sent = body instanceof URLSearchParams ? body : JSON.stringify(body);
  return answerOf(await request(addresses.identity + path, token, { method, body: sent })).data;
}

/** @returns {StoredSession | null} */
function storedSession() {
  try {
    const stored = JSON.parse(localStorage.getItem(IDENTITY_KEY) ?? "null");
    return stored?.token?.access_token ? stored : null;
  } catch {
    return null;
  }
}

/** @type {(record: object, tokens: Tokens) => void} */
function store(record, tokens) {
  const token = { ...tokens, expires_at: Date.now() + tokens.expires_in * 1000 };
  localStorage.setItem(IDENTITY_KEY, JSON.stringify({ ...record, token }));
}

/**
 * What replaces the token, or null when the session is over. A refresh token works once: one tab uses
 * it, and the others, which wait for the lock, find the new tokens in localStorage.
 * @type {(replaced: string) => Promise<string | null>}
 */
async function renewedToken(replaced) {
  return navigator.locks.request("latchkey.refresh", async () => {
    await new Promise((resolve) => setTimeout(resolve, STORAGE_MS));
    const stored = storedSession();
    if (stored?.token.access_token !== replaced) return stored?.token.access_token ?? null;
    const form = { grant_type: "refresh_token", refresh_token: stored.token.refresh_token };
    try {
      const tokens = await callIdentity("POST", "/token", new URLSearchParams(form));
      store(stored, tokens);
      return tokens.access_token;
    } catch (error) {
      if (error instanceof Problem && error.isTemporary) throw error;
      localStorage.removeItem(IDENTITY_KEY);
      return null;
    }
  });
}

/** @type {(method: string, route: string, options?: CallOptions<any, any>) => Promise<Reply>} */
async function send(method, route, { path, query, body, retries = 2, ...options } = {}) {
  const makesKey = method === "POST" && POSTS_WITH_KEY.includes(route);
  const key = options.idempotencyKey ?? (makesKey ? crypto.randomUUID() : "");
  const most = key || method === "GET" || method === "HEAD" ? retries : 0;
  const headers = { ...options.headers, ...(key && { "Idempotency-Key": key }) };
  const { signal, keepalive } = options;
  const init = { method, headers, signal, keepalive, body: JSON.stringify(body) };
  const url = addressOf(route, path, query);
  const token = await accessToken();
  const reply = await repeat(() => request(url, token, init), most);
  const renewed = reply.status === 401 && token ? await renewedToken(token) : null;
  return renewed ? repeat(() => request(url, renewed, init), most) : reply;
}

/** @type {(attempt: () => Promise<Reply>, retries: number, wait?: number) => Promise<Reply>} */
async function repeat(attempt, retries, longestWait = LONGEST_WAIT_S) {
  const reply = await attempt();
  const seconds = Number(reply.headers.get("Retry-After") ?? NaN);
  if (reply.status !== 503 || retries < 1 || !(seconds <= longestWait)) return reply;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return repeat(attempt, retries - 1, longestWait - seconds);
}

/** @type {(url: string, token: string | null, init: RequestInit) => Promise<Reply>} */
async function request(url, token, init) {
  const headers = new Headers({ Accept: "application/json", ...init.headers });
  if (typeof init.body === "string") headers.set("Content-Type", "application/json");
  if (token) headers.set("Authorization", `Bearer ${token}`);
  try {
    const response = await fetch(url, { cache: "no-store", ...init, headers });
    const { ok, status } = response;
    return { ok, status, headers: response.headers, text: await response.text() };
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Problem(0, { detail: NO_ANSWER });
  }
}

/** @type {(reply: Reply) => Answer<any, any> & {data: any}} */
function answerOf({ ok, status, headers, text }) {
  let data;
  try {
    data = text ? JSON.parse(text) : null;
  } catch {
    throw new Problem(ok ? 502 : status, { title: "The server's answer could not be read." });
  }
  const next = headers.get("Link")?.match(/<([^>]*)>\s*;[^,]*\brel="?next"?/)?.[1]; // RFC 8288
  if (ok) return { data, status, headers, next: next ? new URL(next, location.href).search : null };
  // Identity answers {code, msg} with a number, or {error, error_description}; API Gateway {message}.
  const { msg, error, error_description, message, code = error, ...members } = data ?? {};
  const detail = msg ?? error_description ?? message;
  throw new Problem(status, { detail, ...members, code: msg ? "" : code });
}

/** @type {(route: string, path?: Record<string, any>, query?: any) => string} */
function addressOf(route, path = {}, query = {}) {
  const resource = route.replace(/\{(\w+)\}/g, (_, name) => {
    if ((path[name] ?? "") === "") throw new TypeError(`${route} needs ${name} in path.`);
    return encodeURIComponent(path[name]);
  });
  const isGiven = (/** @type {[string, unknown]} */ [, value]) => value !== undefined;
  const pairs = typeof query === "string" ? query : Object.entries(query).filter(isGiven);
  return `${addresses.api}${resource}?${new URLSearchParams(pairs)}`.replace(/\?$/, "");
}
