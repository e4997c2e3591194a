/** The field that takes the place of a title while it is renamed. */

import { find } from "../ui/dom.js";

export class RenameForm {
  #before = "";

  /**
   * @param {HTMLElement} row
   * @param {(title: string) => void} save called only with a title that is new
   */
  constructor(row, save) {
    this.row = row;
    this.form = find(row, "[data-rename-form]", HTMLFormElement);
    this.input = find(row, "[data-rename-form] input", HTMLInputElement);
    this.save = save;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#finish();
      this.#focusButton();
    });
    this.input.addEventListener("blur", () => this.#finish());
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.#close();
      this.#focusButton();
    });
  }

  /** @param {string} title */
  open(title) {
    this.#before = title;
    this.input.value = title;
    this.row.dataset.renaming = "";
    this.input.focus();
    this.input.select();
  }

  #finish() {
    if (this.row.dataset.renaming === undefined) return;
    this.#close();
    const title = this.input.value.trim();
    if (title && title !== this.#before) this.save(title);
  }

  #close() {
    delete this.row.dataset.renaming;
  }

  #focusButton() {
    find(this.row, "[data-rename]", HTMLButtonElement).focus();
  }
}
