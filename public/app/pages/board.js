/**
 * The issue board: the list of issues with its filters, and the form that adds one.
 *
 * @typedef {import("../api/issues.js").Issue} Issue
 * @typedef {import("../api/session.js").Principal} Principal
 */

import { listIssues } from "../api/issues.js";
import { fetchPrincipal, isAdmin } from "../api/session.js";
import { find, reveal } from "../ui/dom.js";
import { PagedList } from "../ui/paged-list.js";
import { announce } from "../ui/toast.js";
import { AddIssue } from "./add-issue.js";
import { IssueRow } from "./issue-row.js";

const ADDED_OUTSIDE_FILTER =
  "Added. It does not match the filter, so it is hidden when the list loads again.";

export function showBoard() {
  reveal("board");
  new Board().reload();
}

class Board {
  #filters = find(document, "#filters", HTMLFormElement);
  #list = new PagedList("issues", (query) => this.#loadRows(query));
  #principal = fetchPrincipal();

  constructor() {
    this.#filters.addEventListener("change", () => this.reload());
    new AddIssue(this.#principal, this.#list.element, (issue) => this.#onAdded(issue));
  }

  reload() {
    this.#list.load(this.#query());
  }

  #query() {
    const values = new FormData(this.#filters);
    const query = new URLSearchParams({ limit: "25" });
    for (const name of ["status", "assignee"]) {
      const value = values.get(name);
      if (value) query.set(name, String(value));
    }
    return `?${query}`;
  }

  /** @param {string} query */
  async #loadRows(query) {
    const [principal, page] = await Promise.all([this.#fetchedPrincipal(), listIssues(query)]);
    return { rows: page.issues.map((issue) => this.#row(issue, principal)), next: page.next };
  }

  /** Fetched once, and again only if that failed. */
  #fetchedPrincipal() {
    this.#principal = this.#principal.catch(fetchPrincipal);
    return this.#principal;
  }

  /**
   * @param {Issue} issue
   * @param {Principal} principal
   */
  #row(issue, principal) {
    const row = new IssueRow(issue, {
      onChange: (changed) => this.#onChanged(changed),
      onDelete: (deleted) => this.#onDeleted(deleted),
    });
    const mayEdit = isAdmin(principal) || issue.assignee_id === principal.id;
    return mayEdit ? row.allowEditing().element : row.element;
  }

  /** @param {Issue} issue */
  async #onAdded(issue) {
    this.#list.prepend(this.#row(issue, await this.#principal));
    if (!this.#matchesFilter(issue)) announce(ADDED_OUTSIDE_FILTER);
  }

  /** @param {IssueRow} row */
  #onChanged(row) {
    if (this.#matchesFilter(row.issue)) return;
    announce(`“${row.issue.title}” does not match the filter any more.`);
    this.#list.remove(row.element);
  }

  /** @param {IssueRow} row */
  #onDeleted(row) {
    announce(`“${row.issue.title}” was deleted.`);
    this.#list.remove(row.element);
  }

  /** @param {Issue} issue */
  #matchesFilter(issue) {
    const status = new FormData(this.#filters).get("status");
    return !status || status === issue.status;
  }
}
