/**
 * What both peers do besides the check of the token: run the statement, answer, write a line.
 *
 * The statements are Latchkey's own (`statements.json`), so that the database does the same work for
 * everybody.
 */

import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createConnection } from "mysql2/promise";

const NEWEST = "18446744073709551615";
const statements = readStatements();
const connection = await connect();

/**
 * A handler for events of an HTTP API, payload format 2.0.
 * @param {(token: string) => Promise<object> | object} who makes the person of a token, or throws
 */
export function handlerFor(who) {
  return async (event, context) => {
    const begun = performance.now();
    const { method } = event.requestContext.http;
    const person = await who(event.headers.authorization.replace("Bearer ", ""));
    const [status, answer] = await act(method, event, person);
    log(context.awsRequestId, method, event.rawPath, status, person, begun);
    return {
      statusCode: status,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(answer),
    };
  };
}

/** A person as the other peers have it. */
export function person(provider, subject, email, name, roles = []) {
  return { id: `${provider}:${subject}`, provider, email, name: name || email, roles };
}

async function act(method, event, person) {
  if (event.rawPath === "/api/me") return [200, await noteVisit(person)];
  if (method === "POST") return [201, await createIssue(person, JSON.parse(event.body).title)];
  return [200, await findIssues(person, event.queryStringParameters)];
}

async function findIssues(person, { status, limit }) {
  const values = { caller: person.id, status, before_id: NEWEST, rows: Number(limit) };
  const [rows] = await connection.query(statements.list, values);
  return rows.map(withTimes);
}

async function createIssue(person, title) {
  const [results] = await connection.query(statements.create, {
    ...actor(person),
    owner: person.id,
    title,
    status: "to-do",
    key: randomBytes(32).toString("hex"),
    request_hash: createHash("sha256").update(`to-do\n${title}`).digest("hex"),
  });
  const { request_hash: _, ...row } = results.findLast(Array.isArray)[0];
  return { ...withTimes(row), message: "Issue created" };
}

async function noteVisit(person) {
  await connection.query(statements.see, { ...actor(person), caller: person.id });
  return person;
}

function actor({ id, provider, email, name }) {
  return { actor: id, provider, email, name };
}

function withTimes(row) {
  return { ...row, created_at: rfc3339(row.created_at), updated_at: rfc3339(row.updated_at) };
}

function rfc3339(text) {
  return `${text.replace(" ", "T")}Z`;
}

function log(requestId, method, route, status, person, begun) {
  const line = {
    level: "INFO",
    request_id: requestId,
    function: "peer",
    method,
    route,
    status,
    principal: person.id,
    provider: person.provider,
    ms: Math.round((performance.now() - begun) * 10) / 10,
  };
  console.log(JSON.stringify(line));
}

/** mysql2 writes a value as `:name` where PyMySQL writes it as `%(name)s`. */
function readStatements() {
  const text = readFileSync(new URL("../statements.json", import.meta.url), "utf8");
  return JSON.parse(text.replaceAll(/%\((\w+)\)s/g, ":$1"));
}

function connect() {
  const url = new URL(process.env.DATABASE_URL);
  const socketPath = url.searchParams.get("unix_socket") ?? undefined;
  return createConnection({
    host: url.hostname,
    port: Number(url.port || 3306),
    socketPath,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    charset: "utf8mb4",
    dateStrings: true,
    multipleStatements: true,
    namedPlaceholders: true,
    ssl: socketPath ? undefined : {},
  });
}
