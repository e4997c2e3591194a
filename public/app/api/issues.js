/**
 * The functions for issues.
 *
 * @typedef {import("../../latchkey.js").Schemas} Schemas
 * @typedef {Schemas["Status"]} Status
 * @typedef {Omit<Schemas["Issue"], "id"> & {id: string | number}} Issue a draft has no id yet: ""
 * @typedef {{issues: Issue[], next: string | null}} IssuePage
 */

import { call } from "../../latchkey.js";

/**
 * @param {string} query the filters, or the query string of a next page
 * @returns {Promise<IssuePage>}
 */
export async function listIssues(query) {
  const { data, next } = await call("GET", "/issues", { query });
  return { issues: data, next };
}

/**
 * @param {string} title
 * @param {string} idempotencyKey the same for every attempt to add this one issue
 * @returns {Promise<Issue>}
 */
export async function createIssue(title, idempotencyKey) {
  const { data } = await call("POST", "/issues", { body: { title }, idempotencyKey });
  return data;
}

/**
 * @param {Issue} issue
 * @param {Schemas["IssueChanges"]} changes
 * @returns {Promise<Issue>}
 */
export async function updateIssue({ id }, changes) {
  const { data } = await call("PATCH", "/issues/{id}", { path: { id }, body: changes });
  return data;
}

/**
 * Also while the page is left.
 * @param {Issue} issue
 */
export async function deleteIssue({ id }) {
  await call("DELETE", "/issues/{id}", { path: { id }, keepalive: true });
}
