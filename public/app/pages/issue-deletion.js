/**
 * Deleting an issue, with a way back: the issue is gone from the board at once, and the deletion is
 * sent when the message that offers to undo it goes. So nothing has to be made again, and what was
 * not sent is not lost: until then, the issue is stored as it was.
 *
 * @typedef {import("../api/issues.js").Issue} Issue
 * @typedef {{hide(row: IssueRow): void, bringBack(row: IssueRow): void}} Listener
 * @typedef {import("./issue-row.js").IssueRow} IssueRow
 */

import { deleteIssue } from "../api/issues.js";
import { announceFailure, announceUndoable, dismissToast } from "../ui/toast.js";

export class IssueDeletion {
  /** @type {Set<Issue["id"]>} what is hidden, and perhaps still stored */
  #hidden = new Set();
  #listener;

  /** @param {Listener} listener */
  constructor(listener) {
    this.#listener = listener;
    // Whoever leaves the page has not undone it.
    addEventListener("pagehide", () => dismissToast());
  }

  /** @param {Issue} issue */
  hides({ id }) {
    return this.#hidden.has(id);
  }

  /** @param {IssueRow} row */
  start(row) {
    this.#hidden.add(row.issue.id);
    this.#listener.hide(row);
    announceUndoable(
      `“${row.issue.title}” was deleted.`,
      () => this.#undo(row),
      () => this.#send(row),
    );
  }

  /**
   * The focus goes along: the button that had it is gone.
   * @param {IssueRow} row
   */
  #undo(row) {
    this.#bringBack(row);
    row.focus();
  }

  /** @param {IssueRow} row */
  async #send(row) {
    try {
      await deleteIssue(row.issue);
    } catch (error) {
      this.#bringBack(row);
      const consequence = `“${row.issue.title}” was not deleted.`;
      announceFailure(error, () => this.start(row), consequence);
    }
  }

  /** @param {IssueRow} row */
  #bringBack(row) {
    this.#hidden.delete(row.issue.id);
    this.#listener.bringBack(row);
  }
}
