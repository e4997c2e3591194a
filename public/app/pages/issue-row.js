/**
 * One issue on the board. A change shows at once and is undone if the server refuses it.
 *
 * @typedef {import("../api/issues.js").Issue} Issue
 * @typedef {import("../api/issues.js").Status} Status
 * @typedef {{onChange(row: IssueRow): void, onDelete(row: IssueRow): void}} Listener
 *   called after the server has confirmed the change
 */

import { deleteIssue, updateIssue } from "../api/issues.js";
import { confirmDeletion } from "../ui/confirm.js";
import { find, fromTemplate, setText } from "../ui/dom.js";
import { showAvatar, showTime } from "../ui/format.js";
import { announceFailure } from "../ui/toast.js";
import { RenameForm } from "./rename-form.js";

/** @type {Record<Status, string>} */
const STATUS_LABELS = { "to-do": "To do", "in progress": "In progress", done: "Done" };

export class IssueRow {
  /** @type {Listener} */
  #listener;

  /**
   * @param {Issue} issue
   * @param {Listener} listener
   */
  constructor(issue, listener) {
    this.issue = issue;
    this.#listener = listener;
    this.element = fromTemplate("issue-template");
    this.show(issue);
  }

  /** @param {Issue} issue */
  show(issue) {
    this.issue = issue;
    const name = issue.assignee_name || issue.assignee_email;
    this.element.dataset.status = issue.status;
    setText(this.element, "[data-title]", issue.title);
    setText(this.element, "[data-assignee]", name);
    setText(this.element, "[data-badge]", STATUS_LABELS[issue.status]);
    this.#select.value = issue.status;
    showAvatar(find(this.element, "[data-avatar]", HTMLElement), name);
    showTime(find(this.element, "time", HTMLTimeElement), issue.created_at);
    this.#setLabel("[data-select]", "Status of");
    this.#setLabel("[data-rename]", "Rename");
    this.#setLabel("[data-delete]", "Delete");
  }

  /** Shows the controls, which only the assignee and admins may use. */
  allowEditing() {
    this.element.dataset.editable = "";
    const rename = new RenameForm(this.element, (title) => this.#change({ title }));
    this.#select.addEventListener("change", () => {
      this.#change({ status: /** @type {Status} */ (this.#select.value) });
    });
    this.#button("[data-rename]").addEventListener("click", () => rename.open(this.issue.title));
    this.#button("[data-delete]").addEventListener("click", () => this.#askToDelete());
    return this;
  }

  get #select() {
    return find(this.element, "[data-select]", HTMLSelectElement);
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

  /** @param {{title?: string, status?: Status}} changes */
  async #change(changes) {
    const before = this.issue;
    this.show({ ...before, ...changes });
    this.element.ariaBusy = "true";
    try {
      this.show({ ...before, ...(await updateIssue(before, changes)) });
      this.#listener.onChange(this);
    } catch (error) {
      this.show(before);
      announceFailure(error, () => this.#change(changes));
    } finally {
      this.element.ariaBusy = "false";
    }
  }

  async #askToDelete() {
    if (await confirmDeletion(`Delete “${this.issue.title}”?`, "Delete issue"))
      await this.#delete();
  }

  async #delete() {
    this.element.hidden = true;
    try {
      await deleteIssue(this.issue);
      this.#listener.onDelete(this);
    } catch (error) {
      this.element.hidden = false;
      announceFailure(error, () => this.#delete());
    }
  }
}
