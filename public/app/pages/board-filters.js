/**
 * The filters of the board: which issues it shows.
 *
 * @typedef {import("./board-view.js").View} View
 */

import { find } from "../ui/dom.js";
import { viewOf } from "./board-view.js";

export class BoardFilters {
  #form = find(document, "#filters", HTMLFormElement);

  /** @param {(view: View) => void} onChange */
  constructor(onChange) {
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("change", () => onChange(this.#chosen()));
  }

  /** @param {View} view */
  show({ status, mine }) {
    find(this.#form, `[name=status][value="${status}"]`, HTMLInputElement).checked = true;
    find(this.#form, "[name=assignee]", HTMLInputElement).checked = mine;
  }

  #chosen() {
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) values.set(name, String(value));
    return viewOf(values);
  }
}
