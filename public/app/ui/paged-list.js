/**
 * A list that is read page by page. It shows whether it is loading or has failed; the style sheet
 * shows that it is empty.
 *
 * @typedef {{rows: HTMLElement[], next: string | null}} RowPage `next` is the query string of the
 *   next page
 */

import { find } from "./dom.js";
import { explain } from "./explain.js";
import { announceFailure } from "./toast.js";

export class PagedList {
  #loadCount = 0;
  #query = "";
  #wanted = 1;
  /** @type {string | null} */
  #next = null;
  #loadRows;
  #onMore;

  /**
   * @param {HTMLElement} section holds the list, its messages and its button
   * @param {(query: string) => Promise<RowPage>} loadRows
   * @param {(rowCount: number) => void} [onMore] runs when a further page was asked for and is shown
   */
  constructor(section, loadRows, onMore = () => {}) {
    this.section = section;
    this.element = find(section, "[data-rows]", HTMLElement);
    this.#loadRows = loadRows;
    this.#onMore = onMore;
    this.#more.addEventListener("click", () => this.#loadMore());
    this.#part("[data-failure] button").addEventListener("click", () => this.retry());
  }

  /**
   * Shows the first rows, unless another load was started before they arrived.
   * @param {string} query
   * @param {number} [wanted] how many rows to read, page by page, if there are so many
   */
  async load(query, wanted = 1) {
    this.#query = query;
    this.#wanted = wanted;
    const load = ++this.#loadCount;
    this.#setBusy(true);
    this.#part("[data-failure]").hidden = true;
    try {
      const page = await this.#loadFirst(query, wanted);
      if (load === this.#loadCount) this.#show(page);
    } catch (error) {
      if (load === this.#loadCount) this.#showFailure(error);
    }
  }

  /** Loads again what could not be loaded. */
  retry() {
    if (!this.#part("[data-failure]").hidden) this.#reload();
  }

  /**
   * Shows a row at its place. While the list loads, the answer may lack that row, so it loads again.
   * @param {HTMLElement} row
   * @param {(other: HTMLElement) => boolean} comesBefore whether the row stands before that other one
   */
  place(row, comesBefore) {
    if (this.#isBusy) {
      this.#reload();
      return;
    }
    if (row.id) this.#find(row.id)?.remove();
    const others = /** @type {HTMLElement[]} */ ([...this.element.children]);
    this.element.insertBefore(row, others.find((other) => other !== row && comesBefore(other)) ?? null);
    this.#showCount();
  }

  /**
   * Removes a row, and says where the keyboard finds its neighbour.
   * @param {HTMLElement} row
   * @returns {HTMLElement | null}
   */
  remove(row) {
    const neighbour = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    this.#showCount();
    return neighbour instanceof HTMLElement ? neighbour : null;
  }

  #reload() {
    return this.load(this.#query, this.#wanted);
  }

  /**
   * @param {string} query
   * @param {number} wanted
   */
  async #loadFirst(query, wanted) {
    const page = await this.#loadRows(query);
    while (page.next !== null && page.rows.length < wanted) {
      const { rows, next } = await this.#loadRows(page.next);
      page.rows.push(...rows);
      page.next = next;
    }
    return page;
  }

  async #loadMore() {
    if (this.#next === null || this.#more.disabled) return;
    const load = this.#loadCount;
    this.#more.disabled = true;
    try {
      const page = await this.#loadRows(this.#next);
      if (load !== this.#loadCount) return;
      this.#append(page);
      this.#onMore(this.element.childElementCount);
    } catch (error) {
      announceFailure(error, () => this.#loadMore());
    } finally {
      this.#more.disabled = false;
    }
  }

  /** @param {RowPage} page */
  #show(page) {
    this.element.replaceChildren();
    this.#setBusy(false);
    this.#append(page);
  }

  /** @param {RowPage} page */
  #append({ rows, next }) {
    for (const row of rows) {
      if (!row.id || !this.#find(row.id)) this.element.append(row);
    }
    this.#next = next;
    this.#more.hidden = next === null;
    this.#showCount();
  }

  /** @param {unknown} error */
  #showFailure(error) {
    this.element.replaceChildren();
    this.#setBusy(false);
    this.#next = null;
    this.#more.hidden = true;
    this.#part("[data-failure]").hidden = false;
    this.#part("[data-failure] p").textContent = explain(error);
    this.#showCount();
  }

  /** @param {string} id */
  #find(id) {
    return this.element.querySelector(`#${CSS.escape(id)}`);
  }

  /** How many rows are shown, with a "+" where there are more. */
  #showCount() {
    const count = this.section.querySelector("[data-count]");
    if (count) count.textContent = `${this.element.childElementCount}${this.#next === null ? "" : "+"}`;
  }

  /**
   * Rows that are about to be replaced cannot be clicked.
   * @param {boolean} busy
   */
  #setBusy(busy) {
    this.section.ariaBusy = String(busy);
    this.element.inert = busy;
  }

  get #isBusy() {
    return this.section.ariaBusy === "true";
  }

  get #more() {
    return find(this.section, "[data-more]", HTMLButtonElement);
  }

  /** @param {string} selector */
  #part(selector) {
    return find(this.section, selector, HTMLElement);
  }
}
