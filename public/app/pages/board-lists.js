/**
 * The lists of the board: one for each status side by side, or one alone.
 *
 * @typedef {import("../api/issues.js").Status} Status
 * @typedef {import("../ui/paged-list.js").RowPage} RowPage
 * @typedef {import("./board-view.js").View} View
 * @typedef {import("./issue-row.js").IssueRow} IssueRow
 * @typedef {{loadRows(query: string): Promise<RowPage>, onMore(rowCount: number): void}} Listener
 */

import { find, fromTemplate, setText } from "../ui/dom.js";
import { PagedList } from "../ui/paged-list.js";
import { STATUSES, STATUS_LABELS, listQuery, rowsOf } from "./board-view.js";
import { describeNothing } from "./board-words.js";
import { letDrop } from "./issue-moving.js";

export class BoardLists {
  #region = find(document, "#issues", HTMLElement);
  /** @type {Map<Status | "", PagedList>} "" is the list of every status */
  #lists = new Map();
  /** @type {WeakMap<HTMLElement, IssueRow>} */
  #rows = new WeakMap();
  #showCount = 0;
  #isSearch = false;
  #listener;
  areColumns = false;

  /** @param {Listener} listener */
  constructor(listener) {
    this.#listener = listener;
    this.#region.addEventListener("click", (event) => this.#retryEveryList(event));
  }

  /**
   * Loads what the view shows.
   * @param {View} view
   * @param {boolean} areColumns
   */
  async show(view, areColumns) {
    const show = ++this.#showCount;
    this.#region.ariaBusy = "true";
    this.#isSearch = view.title !== "";
    this.#arrange(areColumns ? STATUSES : [view.status]);
    await Promise.all(
      [...this.#lists].map(([status, list]) => {
        const nothing = areColumns ? describeNothing(view, status) : "";
        setText(list.section, "[data-empty]", nothing);
        return list.load(listQuery(view, status), rowsOf(view));
      }),
    );
    if (show === this.#showCount) this.#region.ariaBusy = "false";
  }

  /**
   * Remembers to which row an element of these lists belongs.
   * @param {IssueRow} row
   */
  know(row) {
    this.#rows.set(row.element, row);
  }

  /**
   * The list in which issues of this status are, if there is one.
   * @param {Status} status
   */
  listFor(status) {
    return this.#lists.get(status) ?? this.#lists.get("");
  }

  /** @param {IssueRow} row */
  listOf(row) {
    return [...this.#lists.values()].find(({ element }) => element.contains(row.element));
  }

  /** @param {IssueRow} row */
  place(row) {
    const list = this.listFor(row.issue.status);
    this.listOf(row)?.remove(row.element);
    const comesBefore = this.#isSearch ? hasLesserTitle : isNewer;
    list?.place(row.element, (other) => comesBefore(row, this.#rows.get(other)));
    row.element.scrollIntoView({ block: "nearest" });
  }

  /**
   * A draft is shown on top of what is there, also where the filter would not show it.
   * @param {IssueRow} draft
   */
  showDraft(draft) {
    const list = this.listFor(draft.issue.status) ?? [...this.#lists.values()][0];
    list?.element.prepend(draft.element);
  }

  /**
   * Removes a row and moves the focus to its neighbour, so that the keyboard keeps its place.
   * @param {IssueRow} row
   */
  remove(row) {
    const hadFocus = row.element.contains(document.activeElement);
    const neighbour = this.listOf(row)?.remove(row.element);
    if (!hadFocus) return;
    const next = neighbour?.querySelector("[data-editable] [data-select]");
    const target = next ?? find(document, "#new-title", HTMLInputElement);
    if (target instanceof HTMLElement) target.focus();
  }

  /**
   * The same lists stay, with their rows, until others are loaded.
   * @param {(Status | "")[]} statuses
   */
  #arrange(statuses) {
    this.areColumns = statuses.length > 1;
    this.#region.dataset.layout = this.areColumns ? "columns" : "list";
    if (JSON.stringify(statuses) === JSON.stringify([...this.#lists.keys()])) return;
    this.#lists = new Map(statuses.map((status) => [status, this.#newList(status)]));
    this.#region.replaceChildren(...[...this.#lists.values()].map(({ section }) => section));
  }

  /**
   * Columns fail together; one press is enough for all of them.
   * @param {MouseEvent} event
   */
  #retryEveryList({ target }) {
    if (!(target instanceof HTMLElement) || !target.closest("[data-failure] button")) return;
    for (const list of this.#lists.values()) list.retry();
  }

  /** @param {Status | ""} status */
  #newList(status) {
    const section = fromTemplate("issue-list-template");
    const heading = find(section, "h2", HTMLElement);
    heading.hidden = !this.areColumns;
    if (status && this.areColumns) {
      section.ariaLabel = STATUS_LABELS[status];
      section.dataset.status = status;
      setText(heading, "[data-name]", STATUS_LABELS[status]);
      letDrop(section, status);
    }
    return new PagedList(section, this.#listener.loadRows, this.#listener.onMore);
  }
}

/**
 * The order of lists.
 * @param {IssueRow} row
 * @param {IssueRow | undefined} other
 */
function isNewer({ issue }, other) {
  return other !== undefined && Number(issue.id) > Number(other.issue.id);
}

/**
 * The order of what was found by title.
 * @param {IssueRow} row
 * @param {IssueRow | undefined} other
 */
function hasLesserTitle(row, other) {
  if (!other) return false;
  const [title, otherTitle] = [row, other].map(({ issue }) => issue.title.toLowerCase());
  if (title !== otherTitle) return String(title) < String(otherTitle);
  return Number(row.issue.id) < Number(other.issue.id);
}
