/**
 * The links of Identity's mails: confirmation, invitation, recovery, change of address.
 *
 * @typedef {import("./navigation.js").MailLink} MailLink
 */

import { find, reveal, setText } from "../ui/dom.js";
import { handleSubmit } from "../ui/forms.js";
import { accessToken, startSession } from "../api/identity-session.js";
import { updateUser, verify } from "../api/identity.js";
import { leaveFor } from "./navigation.js";
import { Problem } from "../problem.js";

/**
 * Follows the link. Throws a `Problem` when its token is refused.
 * @param {MailLink} link
 */
export async function followMailLink({ kind, token }) {
  if (kind === "invite") return askForPassword("Choose a password to accept the invitation", token);
  if (kind === "email_change") return confirmNewAddress(token);
  const session = await verify(kind === "recovery" ? "recovery" : "signup", token);
  await startSession(session);
  if (kind === "recovery") return askForPassword("Choose a new password");
  return leaveFor("/", "confirmed");
}

/**
 * @param {string} heading
 * @param {string} [inviteToken] absent when somebody who is signed in sets a new password
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
  leaveFor("/", "welcome");
}

/** @param {string} password */
async function changePassword(password) {
  await updateUser(await ownToken(), { password });
  leaveFor("/", "password_changed");
}

/** @param {string} token */
async function confirmNewAddress(token) {
  await updateUser(await ownToken(), { email_change_token: token });
  leaveFor("/", "email_changed");
}

async function ownToken() {
  const token = await accessToken();
  if (token) return token;
  throw new Problem(401, { detail: "Sign in first, then open the link from the mail once more." });
}
