/**
 * Short messages at the bottom of the page, announced to screen readers. There is one at a time: a
 * new one takes the place of the one before.
 *
 * @typedef {{label: string, run: () => void, keys?: string}} Action a button, and its `aria-keyshortcuts`
 * @typedef {{kind?: "notice" | "failure", action?: Action, shownMs?: number,
 *   onGone?: () => Promise<void>}} Options `onGone` runs when the message goes and its action was
 *   not taken
 */

import { Problem } from "../problem.js";
import { find, fromTemplate, setText } from "./dom.js";
import { explain } from "./explain.js";

const NOTICE_MS = 6000;
const UNDO_MS = 10_000;

/** @type {() => Promise<void>} takes away what is shown */
let dismiss = async () => {};

/** Takes the message away, and waits for what was to happen when it goes. */
export function dismissToast() {
  return dismiss();
}

/** @param {string} message */
export function announce(message) {
  show(message, { shownMs: NOTICE_MS });
}

/**
 * Says what was done, and lets it be taken back for a while. Ctrl+Z (⌘Z) takes it back as well.
 * @param {string} message
 * @param {() => void} undo
 * @param {() => Promise<void>} onGone runs when it was not taken back
 */
export function announceUndoable(message, undo, onGone) {
  const action = { label: "Undo", run: undo, keys: "Control+Z Meta+Z" };
  show(message, { action, shownMs: UNDO_MS, onGone });
}

/**
 * Shows a failure until it is dismissed, and for a temporary problem a button to retry.
 * @param {unknown} error
 * @param {(() => void) | null} [retry]
 * @param {string} [consequence] a sentence that says what the failure means here
 */
export function announceFailure(error, retry, consequence = "") {
  if (error instanceof Problem && error.status === 401) return; // the page goes to the sign-in card
  const isWorthARetry = retry && error instanceof Problem && error.isTemporary;
  show(`${consequence} ${explain(error)}`.trim(), {
    kind: "failure",
    action: isWorthARetry ? { label: "Try again", run: retry } : undefined,
  });
}

/**
 * @param {string} message
 * @param {Options} options
 */
function show(message, { kind = "notice", action, shownMs, onGone = async () => {} }) {
  dismiss();
  const toast = fromTemplate("toast-template");
  const shown = new AbortController();
  const remove = () => {
    shown.abort();
    toast.remove();
    dismiss = async () => {};
  };
  dismiss = () => {
    remove();
    return onGone();
  };
  toast.dataset.kind = kind;
  if (kind === "failure") toast.setAttribute("role", "alert");
  setText(toast, "[data-message]", message);
  find(toast, "[data-dismiss]", HTMLButtonElement).addEventListener("click", () => dismissToast());
  if (action) offer(toast, action, remove, shown.signal);
  find(document, "#toasts", HTMLElement).append(toast);
  if (shownMs) goLater(toast, shownMs, shown.signal);
}

/**
 * @param {HTMLElement} toast
 * @param {Action} action
 * @param {() => void} remove
 * @param {AbortSignal} signal
 */
function offer(toast, { label, run, keys }, remove, signal) {
  const button = find(toast, "[data-action]", HTMLButtonElement);
  button.textContent = label;
  button.hidden = false;
  button.addEventListener("click", () => {
    remove();
    run();
  });
  if (!keys) return;
  button.setAttribute("aria-keyshortcuts", keys);
  button.title = "Ctrl+Z";
  document.addEventListener("keydown", (event) => clickOnUndo(event, button), { signal });
}

/**
 * The browser would take back what was typed last in some field.
 * @param {KeyboardEvent} event
 * @param {HTMLButtonElement} button
 */
function clickOnUndo(event, button) {
  if (!isUndo(event)) return;
  event.preventDefault();
  button.click();
}

/**
 * Whoever points at the message, or is in it, still reads it.
 * @param {HTMLElement} toast
 * @param {number} shownMs
 * @param {AbortSignal} signal
 */
function goLater(toast, shownMs, signal) {
  let timer = setTimeout(dismissToast, shownMs);
  const stop = () => clearTimeout(timer);
  const restart = () => {
    stop();
    timer = setTimeout(dismissToast, shownMs);
  };
  for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, stop, { signal });
  for (const event of ["pointerleave", "focusout"]) {
    toast.addEventListener(event, restart, { signal });
  }
  signal.addEventListener("abort", stop);
}

/** @param {KeyboardEvent} event */
function isUndo({ key, ctrlKey, metaKey, shiftKey, target }) {
  const isInText = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return key.toLowerCase() === "z" && (ctrlKey || metaKey) && !shiftKey && !isInText;
}
