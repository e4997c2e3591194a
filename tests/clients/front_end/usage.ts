// What a project in TypeScript may write, and what it may not: tsc checks it, and nobody runs it.

import { Problem, call, rows, session } from "../../../public/latchkey.js";
import type { Schemas } from "../../../public/latchkey.js";

export async function allowed(): Promise<string[]> {
  const me = await session();
  const roles: string[] = me?.roles ?? [];
  const issue: Schemas["Issue"] = (await call("GET", "/issues/{id}", { path: { id: 7 } })).data;
  const { data, next } = await call("GET", "/issues", { query: { status: "done", limit: 5 } });
  const titles: string[] = data.map(({ title }) => title);
  await call("GET", "/issues", { query: next ?? "" });
  const added = await call("POST", "/issues", { body: { title: "Oil the hinges" } });
  const id: number = added.data.id;
  const nothing: null = (await call("DELETE", "/account")).data;
  for await (const user of rows("/users")) titles.push(user.email);
  return [...roles, issue.title, ...titles, `${id}${nothing}`];
}

export function fieldsOf(error: unknown): string[] {
  return error instanceof Problem ? error.errors.map(({ field }) => field) : [];
}

export async function refused(): Promise<void> {
  // @ts-expect-error: there is no such route
  await call("GET", "/tissues");
  // @ts-expect-error: the route has no such method
  await call("DELETE", "/issues");
  // @ts-expect-error: an issue has no such status
  await call("GET", "/issues", { query: { status: "lost" } });
  // @ts-expect-error: an issue has a title
  await call("POST", "/issues", { body: {} });
  // @ts-expect-error: a user has no title
  for await (const { title } of rows("/users")) console.log(title);
}
