/** Deleting one's own account, after typing one's address. */

import { find, setText } from "../ui/dom.js";
import { handleSubmit } from "../ui/forms.js";
import { leaveFor } from "./navigation.js";
import { Problem } from "../problem.js";
import { forget } from "../api/session.js";
import { deleteAccount } from "../api/users.js";

/** @param {import("../api/session.js").Principal} principal */
export function offerAccountDeletion({ email }) {
  const dialog = find(document, "#account-dialog", HTMLDialogElement);
  const open = find(document, "#delete-account", HTMLButtonElement);
  setText(dialog, "[data-email]", email);
  open.disabled = false;
  open.addEventListener("click", () => dialog.showModal());
  find(dialog, "[data-cancel]", HTMLButtonElement).addEventListener("click", () => dialog.close());
  handleSubmit("account-form", async ({ typed = "" }) => {
    if (typed !== email) throw mistyped(email);
    await deleteAccount();
    forget();
    leaveFor("/", "account_deleted");
  });
}

/** @param {string} email */
function mistyped(email) {
  const detail = `Type ${email} exactly.`;
  return new Problem(422, { detail, errors: [{ field: "typed", detail }] });
}
