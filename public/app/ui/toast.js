/** Short messages at the edge of the page, announced to screen readers. */

import { Problem } from "../problem.js";
import { find, fromTemplate, setText } from "./dom.js";
import { explain } from "./explain.js";

const SHOWN_MS = 6000;

/** @param {string} message */
export function announce(message) {
  const toast = show(message, "notice");
  setTimeout(() => toast.remove(), SHOWN_MS);
}

/**
 * Shows a failure until it is dismissed, and for a temporary problem a button to retry.
 * @param {unknown} error
 * @param {() => void} [retry]
 */
export function announceFailure(error, retry) {
  if (error instanceof Problem && error.status === 401) return; // the page goes to the sign-in card
  const toast = show(explain(error), "failure");
  toast.setAttribute("role", "alert");
  if (!retry || !(error instanceof Problem && error.isTemporary)) return;
  const button = find(toast, "[data-retry]", HTMLButtonElement);
  button.hidden = false;
  button.addEventListener("click", () => {
    toast.remove();
    retry();
  });
}

/**
 * @param {string} message
 * @param {"notice" | "failure"} kind
 */
function show(message, kind) {
  const toast = fromTemplate("toast-template");
  toast.dataset.kind = kind;
  setText(toast, "[data-message]", message);
  find(toast, "[data-dismiss]", HTMLButtonElement).addEventListener("click", () => toast.remove());
  find(document, "#toasts", HTMLElement).append(toast);
  return toast;
}
