/**
 * The issues, as the functions serve them.
 *
 * @typedef {"to-do" | "in progress" | "done"} Status
 * @typedef {{id: string | number, title: string, assignee_id: string, assignee_name: string,
 *   assignee_email: string, status: Status, created_at: string, updated_at: string}} Issue
 * @typedef {{issues: Issue[], next: string | null}} IssuePage
 */

import { call } from "./functions.js";

/**
 * @param {string} query the filters, or the query of a next page
 * @returns {Promise<IssuePage>}
 */
export async function listIssues(query) {
  const { data, next } = await call("GET", `/get${query}`);
  return { issues: data, next };
}

/**
 * @param {string} title
 * @param {string} idempotencyKey the same for every attempt to add this one issue
 * @returns {Promise<Issue>}
 */
export async function createIssue(title, idempotencyKey) {
  const { data } = await call("POST", "/create", { body: { title }, idempotencyKey });
  return data;
}

/**
 * @param {Issue} issue
 * @param {{title?: string, status?: Status}} changes
 * @returns {Promise<Issue>}
 */
export async function updateIssue(issue, changes) {
  const { data } = await call("PATCH", `/update/issues/${encodeURIComponent(issue.id)}`, {
    body: changes,
  });
  return data;
}

/** @param {Issue} issue */
export async function deleteIssue(issue) {
  await call("DELETE", `/delete/issues/${encodeURIComponent(issue.id)}`);
}
