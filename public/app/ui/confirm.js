/** The dialog that asks before something is deleted. */

import { find, setText } from "./dom.js";

/**
 * @param {string} question
 * @param {string} action the label of the button that confirms
 * @returns {Promise<boolean>} whether that button was pressed
 */
export function confirmDeletion(question, action) {
  const dialog = find(document, "#confirm-dialog", HTMLDialogElement);
  setText(dialog, "[data-question]", question);
  setText(dialog, "[value=agree]", action);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "agree"), { once: true });
  });
}
