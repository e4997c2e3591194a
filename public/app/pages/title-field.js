/** The field that covers the row of an issue while somebody edits its title. */

import { find } from "../ui/dom.js";

export class TitleField {
  #oldTitle = "";

  /**
   * @param {HTMLElement} row
   * @param {(title: string) => void} save called only when the title changed
   */
  constructor(row, save) {
    this.row = row;
    this.input = find(row, "[data-new-title]", HTMLTextAreaElement);
    this.save = save;
    this.input.addEventListener("blur", () => this.#submit());
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    // A title is one line, also one that was pasted.
    this.input.addEventListener("input", () => {
      if (/\n/.test(this.input.value)) this.input.value = this.input.value.replace(/\s*\n\s*/g, " ");
    });
  }

  /** @param {string} title */
  open(title) {
    this.#oldTitle = title;
    this.input.value = title;
    this.row.dataset.renaming = "";
    this.row.draggable = false; // a pointer in the field selects text
    this.input.focus();
    this.input.select();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "Enter") this.#submit();
    else this.#close();
    find(this.row, "[data-rename]", HTMLButtonElement).focus();
  }

  #submit() {
    if (this.row.dataset.renaming === undefined) return;
    this.#close();
    const title = this.input.value.trim();
    if (title && title !== this.#oldTitle) this.save(title);
  }

  #close() {
    delete this.row.dataset.renaming;
    this.row.draggable = this.row.dataset.movable !== undefined;
  }
}
