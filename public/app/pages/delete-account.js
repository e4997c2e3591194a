/** Deleting one's own account, after typing its e-mail address. */

import { clearSession } from "../api/session.js";
import { deleteAccount } from "../api/users.js";
import { Problem } from "../problem.js";
import { find, setText } from "../ui/dom.js";
import { handleSubmit } from "../ui/forms.js";
import { goToPage } from "./navigation.js";

/** @param {import("../api/session.js").Principal} principal */
export function enableAccountDeletion({ email }) {
  const dialog = find(document, "#account-dialog", HTMLDialogElement);
  const open = find(document, "#delete-account", HTMLButtonElement);
  setText(dialog, "[data-email]", email);
  open.disabled = false;
  open.addEventListener("click", () => dialog.showModal());
  find(dialog, "[data-cancel]", HTMLButtonElement).addEventListener("click", () => dialog.close());
  handleSubmit("account-form", async ({ typed = "" }) => {
    if (typed !== email) throw wrongAddress(email);
    await deleteAccount();
    clearSession();
    goToPage("/", "account_deleted");
  });
}

/** @param {string} email */
function wrongAddress(email) {
  const detail = `Type ${email} exactly.`;
  return new Problem(422, { detail, errors: [{ field: "typed", detail }] });
}
