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
  #section;
  #loadCount = 0;
  #query = "";
  /** @type {string | null} */
  #next = null;
  #loadRows;

  /**
   * @param {string} id the id of the list; the messages stand in the same section
   * @param {(query: string) => Promise<RowPage>} loadRows
   */
  constructor(id, loadRows) {
    this.element = find(document, `#${id}`, HTMLElement);
    this.#section = find(document, `section:has(#${id})`, HTMLElement);
    this.#loadRows = loadRows;
    this.#more.addEventListener("click", () => this.#loadMore());
    this.#part("[data-failure] button").addEventListener("click", () => this.load(this.#query));
  }

  /**
   * Shows the first page, unless another load was started before it arrived.
   * @param {string} query
   */
  async load(query) {
    this.#query = query;
    const load = ++this.#loadCount;
    this.#setBusy(true);
    this.#part("[data-failure]").hidden = true;
    try {
      const page = await this.#loadRows(query);
      if (load === this.#loadCount) this.#show(page);
    } catch (error) {
      if (load === this.#loadCount) this.#showFailure(error);
    }
  }

  /**
   * Shows a new row on top. While the list loads, the answer may lack that row, so it loads again.
   * @param {HTMLElement} row
   */
  prepend(row) {
    if (this.#section.ariaBusy === "true") this.load(this.#query);
    else this.element.prepend(row);
  }

  /**
   * Removes a row and moves the focus to its neighbour, so that the keyboard keeps its place.
   * @param {HTMLElement} row
   */
  remove(row) {
    const neighbour = row.nextElementSibling ?? row.previousElementSibling ?? this.#section;
    const nextFocus = neighbour.querySelector("select, button, input");
    row.remove();
    if (nextFocus instanceof HTMLElement) nextFocus.focus();
  }

  async #loadMore() {
    if (this.#next === null || this.#more.disabled) return;
    const load = this.#loadCount;
    this.#more.disabled = true;
    try {
      const page = await this.#loadRows(this.#next);
      if (load === this.#loadCount) this.#append(page);
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
    this.element.append(...rows);
    this.#next = next;
    this.#more.hidden = next === null;
  }

  /** @param {unknown} error */
  #showFailure(error) {
    this.element.replaceChildren();
    this.#setBusy(false);
    this.#more.hidden = true;
    this.#part("[data-failure]").hidden = false;
    this.#part("[data-failure] p").textContent = explain(error);
  }

  /**
   * Rows that are about to be replaced cannot be clicked.
   * @param {boolean} busy
   */
  #setBusy(busy) {
    this.#section.ariaBusy = String(busy);
    this.element.inert = busy;
  }

  get #more() {
    return find(this.#section, "[data-more]", HTMLButtonElement);
  }

  /** @param {string} selector */
  #part(selector) {
    return find(this.#section, selector, HTMLElement);
  }
}
