/**
 * The form that adds an issue. Submitting it again after a lost answer adds no second issue.
 *
 * @typedef {import("../api/issues.js").Issue} Issue
 * @typedef {import("../api/session.js").Principal} Principal
 */

import { createIssue } from "../api/issues.js";
import { handleSubmit } from "../ui/forms.js";
import { IssueRow } from "./issue-row.js";

export class AddIssue {
  /** @type {{title: string, key: string} | null} the attempt that was sent and not confirmed */
  #attempt = null;

  /**
   * @param {Promise<Principal>} principal
   * @param {HTMLElement} list shows the new issue while it is sent
   * @param {(issue: Issue) => Promise<void>} onAdded
   */
  constructor(principal, list, onAdded) {
    handleSubmit("add-form", async ({ title = "" }, form) => {
      const draft = showDraft(list, title, await principal);
      try {
        const issue = await createIssue(title, this.#keyFor(title));
        this.#attempt = null;
        await onAdded(issue);
        form.reset();
      } finally {
        draft.remove();
      }
    });
  }

  /**
   * The idempotency key: a new one for each title, the same one when that title is sent again.
   * @param {string} title
   */
  #keyFor(title) {
    if (this.#attempt?.title !== title) this.#attempt = { title, key: crypto.randomUUID() };
    return this.#attempt.key;
  }
}

/**
 * @param {HTMLElement} list
 * @param {string} title
 * @param {Principal} principal
 */
function showDraft(list, title, principal) {
  const now = new Date().toISOString();
  const draft = new IssueRow(
    {
      id: "",
      title,
      assignee_id: principal.id,
      assignee_name: principal.name,
      assignee_email: principal.email,
      status: "to-do",
      created_at: now,
      updated_at: now,
    },
    { onChange() {}, onDelete() {} },
  ).element;
  draft.ariaBusy = "true";
  list.prepend(draft);
  return draft;
}
