/**
 * The issue board: the list with its filters and pages.
 *
 * @typedef {import("../api/issues.js").Issue} Issue
 * @typedef {import("../api/session.js").Principal} Principal
 */

import { AddIssue } from "./add-issue.js";
import { find, reveal } from "../ui/dom.js";
import { IssueRow } from "./issue-row.js";
import { listIssues } from "../api/issues.js";
import { PagedList } from "../ui/paged-list.js";
import { fetchPrincipal, isAdmin } from "../api/session.js";
import { announce } from "../ui/toast.js";

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
    new AddIssue(this.#principal, this.#list.element, (issue) => this.#added(issue));
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
    const [principal, page] = await Promise.all([this.#whoAmI(), listIssues(query)]);
    return { rows: page.issues.map((issue) => this.#row(issue, principal)), next: page.next };
  }

  /** Asks again after a failure, else once. */
  #whoAmI() {
    this.#principal = this.#principal.catch(fetchPrincipal);
    return this.#principal;
  }

  /**
   * @param {Issue} issue
   * @param {Principal} principal
   */
  #row(issue, principal) {
    const row = new IssueRow(issue, {
      onChange: (changed) => this.#changed(changed),
      onDelete: (deleted) => this.#deleted(deleted),
    });
    const mayEdit = isAdmin(principal) || issue.assignee_id === principal.id;
    return mayEdit ? row.allowEditing().element : row.element;
  }

  /** @param {Issue} issue */
  async #added(issue) {
    this.#list.prepend(this.#row(issue, await this.#principal));
    if (!this.#matches(issue)) announce("Added. The filter above hides it once the list reloads.");
  }

  /** @param {IssueRow} row */
  #changed(row) {
    if (this.#matches(row.issue)) return;
    announce(`“${row.issue.title}” moved out of this view.`);
    this.#list.remove(row.element);
  }

  /** @param {IssueRow} row */
  #deleted(row) {
    announce(`“${row.issue.title}” was deleted.`);
    this.#list.remove(row.element);
  }

  /** @param {Issue} issue */
  #matches(issue) {
    const status = new FormData(this.#filters).get("status");
    return !status || status === issue.status;
  }
}
