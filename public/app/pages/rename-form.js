/** The field that replaces the title of a row while somebody renames it. */

import { find } from "../ui/dom.js";

export class RenameForm {
  #oldTitle = "";

  /**
   * @param {HTMLElement} row
   * @param {(title: string) => void} save called only when the title changed
   */
  constructor(row, save) {
    this.row = row;
    this.form = find(row, "[data-rename-form]", HTMLFormElement);
    this.input = find(row, "[data-rename-form] input", HTMLInputElement);
    this.save = save;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
      this.#focusButton();
    });
    this.input.addEventListener("blur", () => this.#submit());
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.#close();
      this.#focusButton();
    });
  }

  /** @param {string} title */
  open(title) {
    this.#oldTitle = title;
    this.input.value = title;
    this.row.dataset.renaming = "";
    this.input.focus();
    this.input.select();
  }

  #submit() {
    if (this.row.dataset.renaming === undefined) return;
    this.#close();
    const title = this.input.value.trim();
    if (title && title !== this.#oldTitle) this.save(title);
  }

  #close() {
    delete this.row.dataset.renaming;
  }

  #focusButton() {
    find(this.row, "[data-rename]", HTMLButtonElement).focus();
  }
}
