/**
 * The filters of the board: which issues it shows.
 *
 * @typedef {import("./board-view.js").View} View
 */

import { find } from "../ui/dom.js";
import { viewOf } from "./board-view.js";

const TYPING_PAUSE_MS = 250;

export class BoardFilters {
  #form = find(document, "#filters", HTMLFormElement);
  #title = find(document, "#filters [name=title]", HTMLInputElement);
  #typing = 0;
  #onChange;

  /** @param {(view: View, isTyping: boolean) => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#change(true);
    });
    this.#form.addEventListener("change", ({ target }) => this.#change(target === this.#title));
    this.#title.addEventListener("input", () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#change(true), TYPING_PAUSE_MS);
    });
  }

  /** @param {View} view */
  show({ status, mine, title }) {
    find(this.#form, `[name=status][value="${status}"]`, HTMLInputElement).checked = true;
    find(this.#form, "[name=assignee]", HTMLInputElement).checked = mine;
    if (this.#title.value.trim() !== title) this.#title.value = title; // else somebody is typing
  }

  /** @param {boolean} isTyping */
  #change(isTyping) {
    clearTimeout(this.#typing);
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) values.set(name, String(value));
    this.#onChange(viewOf(values), isTyping);
  }
}
