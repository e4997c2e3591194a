/**
 * The issue board: a column for each status where there is room, else one list; the filters, and
 * the form that adds an issue.
 *
 * @typedef {import("../api/issues.js").Issue} Issue
 * @typedef {import("../api/issues.js").Status} Status
 * @typedef {import("../api/session.js").Principal} Principal
 * @typedef {import("./board-view.js").View} View
 */

import { listIssues } from "../api/issues.js";
import { fetchPrincipal, isAdmin } from "../api/session.js";
import { find, reveal, setText } from "../ui/dom.js";
import { say } from "../ui/spoken.js";
import { announce } from "../ui/toast.js";
import { AddIssue } from "./add-issue.js";
import { BoardFilters } from "./board-filters.js";
import { BoardLists } from "./board-lists.js";
import { STATUS_LABELS, addressOf, pagesFor, viewOf } from "./board-view.js";
import { describeNothing, describeView } from "./board-words.js";
import { IssueDeletion } from "./issue-deletion.js";
import { letMove } from "./issue-moving.js";
import { IssueRow } from "./issue-row.js";

const ROOM_FOR_COLUMNS = matchMedia("(min-width: 60rem)");

export function showBoard() {
  reveal("board");
  new Board().show();
}

class Board {
  #view = viewOf(new URLSearchParams(location.search));
  #principal = fetchPrincipal();
  #filters = new BoardFilters((view, isTyping) => this.#go(view, isTyping));
  #deletion = new IssueDeletion({
    hide: (row) => this.#lists.remove(row),
    bringBack: (row) => this.#settle(row),
  });
  #lists = new BoardLists({
    loadRows: (query) => this.#loadRows(query),
    onMore: (count) => this.#rememberPages(count),
  });

  constructor() {
    addEventListener("popstate", () => this.#reshow());
    ROOM_FOR_COLUMNS.addEventListener("change", () => this.show());
    find(document, "#show-all", HTMLButtonElement).addEventListener("click", () =>
      this.#go(viewOf(new URLSearchParams())),
    );
    new AddIssue(() => this.#fetchedPrincipal(), {
      showDraft: (issue) => this.#showDraft(issue),
      onAdded: (issue) => this.#onAdded(issue),
    });
  }

  show() {
    this.#filters.show(this.#view);
    setText(document, "#summary", describeView(this.#view));
    setText(document, "#nothing p", describeNothing(this.#view, this.#view.status));
    const isFiltered = addressOf({ ...this.#view, pages: 1 }) !== "/";
    find(document, "#show-all", HTMLButtonElement).hidden = !isFiltered;
    this.#lists.show(this.#view, ROOM_FOR_COLUMNS.matches && !this.#view.status);
  }

  /**
   * Another step in the history; what is typed without another step between is one.
   * @param {View} view
   * @param {boolean} [isTyping]
   */
  #go(view, isTyping = false) {
    const address = addressOf(view);
    if (address === addressOf({ ...this.#view, pages: 1 })) return;
    if (isTyping && history.state?.isTyping) history.replaceState({ isTyping }, "", address);
    else history.pushState({ isTyping }, "", address);
    this.#reshow();
  }

  #reshow() {
    this.#view = viewOf(new URLSearchParams(location.search));
    this.show();
  }

  /**
   * So that a reload, and the way back from another page, show as much.
   * @param {number} rowCount
   */
  #rememberPages(rowCount) {
    this.#view = { ...this.#view, pages: Math.max(this.#view.pages, pagesFor(rowCount)) };
    history.pushState(null, "", addressOf(this.#view));
  }

  /** @param {string} query */
  async #loadRows(query) {
    const [principal, page] = await Promise.all([this.#fetchedPrincipal(), listIssues(query)]);
    const shown = page.issues.filter((issue) => !this.#deletion.hides(issue));
    return { rows: shown.map((issue) => this.#row(issue, principal).element), next: page.next };
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
      onChange: (changed) => this.#onChange(changed),
      onDelete: (deleted) => this.#deletion.start(deleted),
    });
    this.#lists.know(row);
    if (isAdmin(principal) || issue.assignee_id === principal.id) {
      row.allowEditing();
      if (this.#lists.areColumns) letMove(row);
    }
    return row;
  }

  /** @param {Issue} issue */
  #showDraft(issue) {
    const draft = new IssueRow(issue, { onChange() {}, onDelete() {} });
    this.#lists.know(draft);
    this.#lists.showDraft(draft);
    return draft.element;
  }

  /** @param {Issue} issue */
  async #onAdded(issue) {
    const row = this.#row(issue, await this.#fetchedPrincipal());
    if (this.#settle(row)) return;
    announce("Added. It does not match the filter, so it is not in this list.");
  }

  /** @param {IssueRow} row */
  #onChange(row) {
    const { title, status } = row.issue;
    const hadFocus = row.element.contains(document.activeElement);
    const isInPlace = this.#lists.listOf(row) === this.#lists.listFor(status);
    if (isInPlace && !this.#view.title) return;
    if (!this.#settle(row)) {
      this.#lists.remove(row);
      announce(`“${title}” does not match the filter any more, so this list does not show it.`);
      return;
    }
    if (hadFocus) row.focus();
    if (!isInPlace) say(`“${title}” is now in “${STATUS_LABELS[status]}”.`);
  }

  /**
   * Shows a row where it belongs.
   * @param {IssueRow} row
   * @returns {boolean} whether it belongs anywhere in this view
   */
  #settle(row) {
    const { status, title } = row.issue;
    const isFound = title.toLowerCase().startsWith(this.#view.title.toLowerCase());
    const belongs = isFound && this.#lists.listFor(status) !== undefined;
    if (belongs) this.#lists.place(row);
    return belongs;
  }
}
