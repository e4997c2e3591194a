/**
 * The functions for issues.
 *
 * @typedef {"to-do" | "in progress" | "done"} Status
 * @typedef {{id: string | number, title: string, assignee_id: string, assignee_name: string,
 *   assignee_email: string, status: Status, created_at: string, updated_at: string}} Issue
 * @typedef {{issues: Issue[], next: string | null}} IssuePage
 */

import { callFunction } from "./functions.js";

/**
 * @param {string} query the filters, or the query string of a next page
 * @returns {Promise<IssuePage>}
 */
export async function listIssues(query) {
  const { data, next } = await callFunction("GET", `/get${query}`);
  return { issues: data, next };
}

/**
 * @param {string} title
 * @param {string} idempotencyKey the same for every attempt to add this one issue
 * @returns {Promise<Issue>}
 */
export async function createIssue(title, idempotencyKey) {
  const { data } = await callFunction("POST", "/create", { body: { title }, idempotencyKey });
  return data;
}

/**
 * @param {Issue} issue
 * @param {{title?: string, status?: Status}} changes
 * @returns {Promise<Issue>}
 */
export async function updateIssue(issue, changes) {
  const { data } = await callFunction("PATCH", `/update/issues/${encodeURIComponent(issue.id)}`, {
    body: changes,
  });
  return data;
}

/** @param {Issue} issue */
export async function deleteIssue(issue) {
  await callFunction("DELETE", `/delete/issues/${encodeURIComponent(issue.id)}`);
}
