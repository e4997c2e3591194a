/**
 * Links in the mails of Netlify Identity, such as `/#recovery_token=...`: confirmation, invitation,
 * recovery, change of address.
 *
 * @typedef {"confirmation" | "invite" | "recovery" | "email_change"} MailKind
 * @typedef {{kind: MailKind, token: string}} MailLink
 */

import { accessToken, startSession, updateUser, verify } from "../api/identity.js";
import { Problem } from "../problem.js";
import { find, reveal, setText } from "../ui/dom.js";
import { handleSubmit } from "../ui/forms.js";
import { goToPage } from "./navigation.js";

const MAIL_LINK = /^#(confirmation|invite|recovery|email_change)_token=/;

/** @param {string} hash */
export function isMailLink(hash) {
  return MAIL_LINK.test(hash);
}

/**
 * Reads the link with which this page was opened, and removes its token from the address.
 * @returns {MailLink | null}
 */
export function takeMailLink() {
  const kind = /** @type {MailKind | undefined} */ (location.hash.match(MAIL_LINK)?.[1]);
  const token = new URLSearchParams(location.hash.slice(1)).get(`${kind}_token`);
  if (!kind || !token) return null;
  history.replaceState(null, "", location.pathname + location.search);
  return { kind, token };
}

/**
 * Does what the link is for. Throws a `Problem` when Identity refuses its token.
 * @param {MailLink} link
 */
export async function followMailLink({ kind, token }) {
  if (kind === "invite") return askForPassword("Choose a password to accept the invitation", token);
  if (kind === "email_change") return confirmNewAddress(token);
  const session = await verify(kind === "recovery" ? "recovery" : "signup", token);
  await startSession(session);
  if (kind === "recovery") return askForPassword("Choose a new password");
  return goToPage("/", "confirmed");
}

/**
 * @param {string} heading
 * @param {string} [inviteToken] absent when a signed-in user sets a new password
 */
function askForPassword(heading, inviteToken) {
  setText(document, "#password-panel h1", heading);
  reveal("password-panel");
  find(document, "#password-panel input", HTMLInputElement).focus();
  handleSubmit("password-form", ({ password = "" }) =>
    inviteToken ? acceptInvite(inviteToken, password) : changePassword(password),
  );
}

/**
 * @param {string} token
 * @param {string} password
 */
async function acceptInvite(token, password) {
  await startSession(await verify("signup", token, password));
  goToPage("/", "welcome");
}

/** @param {string} password */
async function changePassword(password) {
  await updateUser(await currentToken(), { password });
  goToPage("/", "password_changed");
}

/** @param {string} token */
async function confirmNewAddress(token) {
  await updateUser(await currentToken(), { email_change_token: token });
  goToPage("/", "email_changed");
}

async function currentToken() {
  const token = await accessToken();
  if (token) return token;
  throw new Problem(401, { detail: "Sign in first, then open the link from the mail again." });
}
