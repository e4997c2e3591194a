/**
 * A list that is read page by page, with its loading and failed states (the style sheet shows the
 * empty one).
 *
 * @typedef {{rows: HTMLElement[], next: string | null}} RowPage
 */

import { find } from "./dom.js";
import { explain } from "../problem.js";
import { announceFailure } from "./toast.js";

export class PagedList {
  #section;
  #loads = 0;
  #query = "";
  /** @type {string | null} */
  #next = null;
  #loadRows;

  /**
   * @param {string} id the id of the list; its states stand beside it in the same section
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
   * Shows the first page, unless another load has begun by the time it arrives.
   * @param {string} query
   */
  async load(query) {
    this.#query = query;
    const load = ++this.#loads;
    this.#setBusy(true);
    this.#part("[data-failure]").hidden = true;
    try {
      const page = await this.#loadRows(query);
      if (load === this.#loads) this.#show(page);
    } catch (error) {
      if (load === this.#loads) this.#showFailure(error);
    }
  }

  /**
   * Shows a new row on top; a page that is still on its way may lack it, so that is asked for again.
   * @param {HTMLElement} row
   */
  prepend(row) {
    if (this.#section.ariaBusy === "true") this.load(this.#query);
    else this.element.prepend(row);
  }

  /**
   * Takes a row away and moves the focus to the next one, so that it is not lost.
   * @param {HTMLElement} row
   */
  remove(row) {
    const heir = row.nextElementSibling ?? row.previousElementSibling ?? this.#section;
    const target = heir.querySelector("select, button, input");
    row.remove();
    if (target instanceof HTMLElement) target.focus();
  }

  async #loadMore() {
    if (this.#next === null || this.#more.disabled) return;
    const load = this.#loads;
    this.#more.disabled = true;
    try {
      const page = await this.#loadRows(this.#next);
      if (load === this.#loads) this.#append(page);
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
   * Rows that are about to be replaced take no clicks.
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
