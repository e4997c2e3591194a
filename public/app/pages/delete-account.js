/** Deleting one's own account, after typing its e-mail address. */

import { clearSession } from "../api/session.js";
import { deleteAccount } from "../api/users.js";
import { Problem } from "../problem.js";
import { find, setText } from "../ui/dom.js";
import { handleSubmit } from "../ui/forms.js";
import { goToPage } from "./navigation.js";
import { knownProviders } from "./ways-in.js";

const NAMES = new Map([
  ["netlify", "Netlify Identity"],
  ["stytch", "Stytch"],
]);

/** @param {import("../api/session.js").Principal} principal */
export async function enableAccountDeletion({ email, provider }) {
  const dialog = find(document, "#account-dialog", HTMLDialogElement);
  const open = find(document, "#delete-account", HTMLButtonElement);
  setText(dialog, "[data-email]", email);
  setText(dialog, "[data-provider]", NAMES.get(provider) ?? provider);
  find(dialog, "[data-cancel]", HTMLButtonElement).addEventListener("click", () => dialog.close());
  handleSubmit("account-form", async ({ typed = "" }) => {
    if (typed !== email) throw wrongAddress(email);
    await deleteAccount((sentence) => setText(dialog, "[data-left]", sentence));
    clearSession();
    goToPage("/", "account_deleted");
  });
  await explainOtherAccount(dialog, email, provider);
  open.addEventListener("click", () => dialog.showModal());
  open.disabled = false;
}

/**
 * The same address at the other provider is another account, with issues of its own.
 * @param {HTMLDialogElement} dialog
 * @param {string} email
 * @param {string} provider
 */
async function explainOtherAccount(dialog, email, provider) {
  const { netlify, stytch } = await knownProviders();
  if (!netlify || !stytch) return;
  const other =
    provider === "netlify" ? "a magic link (Stytch)" : "a password (Netlify Identity)";
  const sentence =
    `If you also sign in as ${email} with ${other}, that is another account: ` +
    "it stays, with its issues.";
  setText(dialog, "[data-other-account]", sentence);
  find(dialog, "[data-other-account]", HTMLElement).hidden = false;
}

/** @param {string} email */
function wrongAddress(email) {
  const detail = `Type ${email} exactly.`;
  return new Problem(422, { detail, errors: [{ field: "typed", detail }] });
}
