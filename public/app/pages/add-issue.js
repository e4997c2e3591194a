/**
 * The form that adds an issue. Submitting it again after a lost answer adds no second issue.
 *
 * @typedef {import("../api/issues.js").Issue} Issue
 * @typedef {import("../api/session.js").Principal} Principal
 * @typedef {{showDraft(issue: Issue): HTMLElement, onAdded(issue: Issue): void}} Listener
 *   `showDraft` shows the new issue while it is sent
 */

import { createIssue } from "../api/issues.js";
import { handleSubmit } from "../ui/forms.js";

export class AddIssue {
  /** @type {{title: string, key: string} | null} the attempt that was sent and not confirmed */
  #attempt = null;

  /**
   * @param {() => Promise<Principal>} fetchedPrincipal
   * @param {Listener} listener
   */
  constructor(fetchedPrincipal, listener) {
    handleSubmit("add-form", async ({ title = "" }, form) => {
      const draft = listener.showDraft(draftOf(title, await fetchedPrincipal()));
      draft.ariaBusy = "true";
      try {
        const issue = await createIssue(title, this.#keyFor(title));
        this.#attempt = null;
        draft.remove();
        listener.onAdded(issue);
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
 * @param {string} title
 * @param {Principal} principal
 * @returns {Issue}
 */
function draftOf(title, principal) {
  const now = new Date().toISOString();
  return {
    id: "",
    title,
    assignee_id: principal.id,
    assignee_name: principal.name,
    assignee_email: principal.email,
    status: "to-do",
    created_at: now,
    updated_at: now,
  };
}
