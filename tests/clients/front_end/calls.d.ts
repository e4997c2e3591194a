// What a call of each route takes and answers, derived from `paths` above.

export type Schemas = components["schemas"];
export type Principal = Schemas["Principal"];

/** The methods that a route has, such as "GET" | "POST". */
export type MethodOf<Route extends keyof paths> = {
  [Verb in keyof paths[Route]]-?: paths[Route][Verb] extends { responses: unknown }
    ? Uppercase<Verb & string>
    : never;
}[keyof paths[Route]];

type Operation<Route extends keyof paths, Method> =
  Lowercase<Method & string> extends infer Verb extends keyof paths[Route]
    ? paths[Route][Verb]
    : never;
type Success<Op> = Op extends { responses: { 200: infer R } }
  ? R
  : Op extends { responses: { 201: infer R } }
    ? R
    : undefined;
type Query<Op> = Op extends { parameters: { query?: infer Q } } ? Q : never;
type Body<Op> = Op extends { requestBody?: { content: { "application/json": infer B } } }
  ? B
  : never;

/** What the function answers to a call; null where it answers no body. */
export type Data<Route extends keyof paths, Method> =
  Success<Operation<Route, Method>> extends { content: { "application/json": infer D } } ? D : null;

export interface CallOptions<Route extends keyof paths, Method> {
  /** The route's `{parameters}`. */
  path?: Record<string, string | number>;
  /** An object, or `next` of an earlier answer. */
  query?: Query<Operation<Route, Method>> | string;
  /** Sent as JSON. */
  body?: Body<Operation<Route, Method>>;
  /** Further headers, such as `If-Match`. */
  headers?: Record<string, string>;
  /** The same for each attempt at one thing. Without it, a route that takes a key gets a new one. */
  idempotencyKey?: string;
  /** How often a 503 with `Retry-After` is repeated, where that is safe; 2 unless given. */
  retries?: number;
  /** Whether the call goes on when its page is left. */
  keepalive?: boolean;
  /** Ends the call, which then throws the signal's reason. */
  signal?: AbortSignal;
}

export interface Answer<Route extends keyof paths, Method> {
  data: Data<Route, Method>;
  status: number;
  headers: Headers;
  /** The query of the next page; null where there is none. */
  next: string | null;
}

/** One row of a list. */
export type Row<Route extends keyof paths> = Data<Route, "GET"> extends (infer R)[] ? R : never;

/** What Netlify Identity answers to `POST /token` and `POST /verify`. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  /** In seconds. */
  expires_in: number;
}

/** What is in localStorage: a user's record, with the tokens. */
export interface StoredSession extends Record<string, unknown> {
  /** `expires_at` is in milliseconds since 1970, by the clock of this machine. */
  token: Tokens & { expires_at: number };
}

/** A response that has arrived. */
export interface Reply {
  ok: boolean;
  status: number;
  headers: Headers;
  text: string;
}
