/**
 * One issue on the board. A change shows at once, and is taken back if the server refuses it.
 *
 * @typedef {import("../api/issues.js").Issue} Issue
 * @typedef {import("../api/issues.js").Status} Status
 * @typedef {{title?: string, status?: Status}} Changes
 * @typedef {{onChange(row: IssueRow): void, onDelete(row: IssueRow): void}} Listener `onChange` is
 *   called for what is shown now: also before the server has agreed, and when a change is taken back
 */

import { updateIssue } from "../api/issues.js";
import { find, fromTemplate, setText } from "../ui/dom.js";
import { showAvatar, showTime } from "../ui/format.js";
import { announceFailure } from "../ui/toast.js";
import { STATUS_LABELS } from "./board-view.js";
import { TitleField } from "./title-field.js";

export class IssueRow {
  #listener;
  /** The issue as the server knows it. */
  #stored;
  /** One change is sent after the other, so that the last one wins. */
  #saving = Promise.resolve();
  #unsaved = 0;

  /**
   * @param {Issue} issue
   * @param {Listener} listener
   */
  constructor(issue, listener) {
    this.issue = issue;
    this.#stored = issue;
    this.#listener = listener;
    this.element = fromTemplate("issue-template");
    if (issue.id) this.element.id = `issue-${issue.id}`;
    this.#show(issue);
  }

  /** Shows the controls, which only the assignee and admins may use. */
  allowEditing() {
    this.element.dataset.editable = "";
    const field = new TitleField(this.element, (title) => this.change({ title }));
    this.select.addEventListener("change", () => {
      this.change({ status: /** @type {Status} */ (this.select.value) });
    });
    this.#button("[data-rename]").addEventListener("click", () => field.open(this.issue.title));
    this.#button("[data-delete]").addEventListener("click", () => this.#listener.onDelete(this));
  }

  /** @param {Changes} changes */
  change(changes) {
    this.#unsaved += 1;
    this.element.ariaBusy = "true";
    this.#show({ ...this.issue, ...changes });
    this.#listener.onChange(this);
    this.#saving = this.#saving.then(() => this.#save(changes));
  }

  focus() {
    const control = this.element.querySelector("[data-editable] [data-select]");
    if (control instanceof HTMLElement) control.focus();
  }

  get select() {
    return find(this.element, "[data-select]", HTMLSelectElement);
  }

  /** @param {Changes} changes */
  async #save(changes) {
    try {
      this.#stored = { ...this.#stored, ...(await updateIssue(this.#stored, changes)) };
      if (this.#unsaved === 1) this.#show(this.#stored);
    } catch (error) {
      this.#takeBack(changes, error);
    } finally {
      this.#unsaved -= 1;
      this.element.ariaBusy = String(this.#unsaved > 0);
    }
  }

  /**
   * @param {Changes} changes
   * @param {unknown} error
   */
  #takeBack(changes, error) {
    const { title, status } = this.#stored;
    this.#show({ ...this.issue, ...("title" in changes ? { title } : { status }) });
    this.#listener.onChange(this);
    const consequence =
      "title" in changes
        ? `“${title}” keeps its title.`
        : `“${title}” is back in “${STATUS_LABELS[status]}”.`;
    announceFailure(error, () => this.change(changes), consequence);
  }

  /** @param {Issue} issue */
  #show(issue) {
    this.issue = issue;
    const name = issue.assignee_name || issue.assignee_email;
    this.element.dataset.status = issue.status;
    setText(this.element, "[data-title]", issue.title);
    setText(this.element, "[data-rename]", issue.title);
    setText(this.element, "[data-assignee]", name);
    setText(this.element, "[data-badge]", STATUS_LABELS[issue.status]);
    this.select.value = issue.status;
    showAvatar(find(this.element, "[data-avatar]", HTMLElement), name);
    showTime(find(this.element, "time", HTMLTimeElement), issue.created_at);
    this.#setLabel("[data-select]", "Status of");
    this.#setLabel("[data-rename]", "Rename");
    this.#setLabel("[data-delete]", "Delete");
  }

  /** @param {string} selector */
  #button(selector) {
    return find(this.element, selector, HTMLButtonElement);
  }

  /**
   * @param {string} selector
   * @param {string} verb
   */
  #setLabel(selector, verb) {
    find(this.element, selector, HTMLElement).ariaLabel = `${verb} “${this.issue.title}”`;
  }
}
